"""Defines the tables that `moaref export` writes: columns, rows, and the format of cells."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final, TextIO

from engine.events.codec import iso_time, lines_from_json
from engine.exchange import decimal_of
from engine.money import Currency
from engine.store.driver import Connection, Row

_FORMULA: Final = re.compile(r"^(?=[=+\-@＝＋－＠\t\r\n\0])|(?<=;)(?=[=+\-@＝＋－＠])")
"""Characters that make a cell a formula, at its start or, where semicolons separate cells, after one."""

_NUMBER: Final = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)

Cell = str | int | None
Show = Callable[[Any, Currency], Cell]


@dataclass(frozen=True, slots=True)
class ExportTable:
    """Holds a file's columns and rows. Each column has a name and formats its value."""

    title: str
    help: str
    sql: str
    columns: dict[str, Show]
    rows: Callable[[Iterable[Row]], Iterable[Iterable[Any]]] = iter


def write(table: ExportTable, connection: Connection, currency: Currency, file: TextIO) -> int:
    """Writes the header and all rows as CSV, in order; returns the number of rows."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(table.columns)
    shows = tuple(table.columns.values())
    number = 0
    for row in table.rows(connection.execute(table.sql)):
        writer.writerow([harmless(show(value, currency)) for show, value in zip(shows, row, strict=True)])
        number += 1
    return number


def harmless(cell: Cell) -> Cell:
    """Returns the cell, with an apostrophe before a text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and not _NUMBER.fullmatch(cell):
        return _FORMULA.sub("'", cell)
    return cell


def _plain(value: Cell, _currency: Currency) -> Cell:
    return value


def _major(value: int | None, currency: Currency) -> Cell:
    return None if value is None else decimal_of(value, currency)


def _time(value: int | None, _currency: Currency) -> Cell:
    return None if value is None else iso_time(value)


def _with_lines(rows: Iterable[Row]) -> Iterator[Iterable[Any]]:
    """Yields a row for each line of an order."""
    for row in rows:
        order, buyer, at, content, seller, refunded = row
        for line in lines_from_json(content):
            yield order, buyer, line.amount, at, line.product, line.category, line.quantity, seller, refunded


TABLES: Final = (
    ExportTable(
        "orders",
        "Write the orders as CSV, a row for each line; amounts in the major unit.",
        "SELECT id, buyer, at, content, seller, refunded FROM orders ORDER BY at, id",
        {
            "order": _plain,
            "buyer": _plain,
            "amount": _major,
            "at": _time,
            "product": _plain,
            "category": _plain,
            "quantity": _plain,
            "seller": _plain,
            "refunded_of_order": _major,
        },
        _with_lines,
    ),
    ExportTable(
        "commissions",
        "Write the commissions as CSV.",
        """
        SELECT number, member, source, kind, level, amount, reversed, state, credited, matures, "order", blocker
        FROM commissions ORDER BY number
        """,
        {
            "number": _plain,
            "member": _plain,
            "source": _plain,
            "kind": _plain,
            "level": _plain,
            "amount": _major,
            "reversed": _major,
            "state": _plain,
            "credited": _time,
            "matures": _time,
            "order": _plain,
            "held_up_by": _plain,
        },
    ),
    ExportTable(
        "transfers",
        "Write the transfers, from which all balances follow, as CSV.",
        "SELECT seq, leg, at, debit, credit, amount, currency, member, commission FROM transfers ORDER BY seq, leg",
        {
            "event": _plain,
            "leg": _plain,
            "at": _time,
            "debit": _plain,
            "credit": _plain,
            "amount": _major,
            "currency": _plain,
            "member": _plain,
            "commission": _plain,
        },
    ),
    ExportTable(
        "members",
        "Write the members with their balances as CSV.",
        """
        SELECT
            m.id, p.name, p.username, m.number, m.sponsor, m.parent, m.slot, m.rank, m.joined, m.suspended,
            m.recruits, m.sales, m.earnings, m.held, m.pending, m.available, m.reserved, m.paid
        FROM members AS m LEFT JOIN profiles AS p ON p.person = m.id ORDER BY m.number
        """,
        {
            "member": _plain,
            "name": _plain,
            "username": _plain,
            "number": _plain,
            "sponsor": _plain,
            "parent": _plain,
            "slot": _plain,
            "rank": _plain,
            "joined": _time,
            "suspended": _plain,
            "recruits": _plain,
            "sales": _major,
            "earnings": _major,
            "held": _major,
            "pending": _major,
            "available": _major,
            "reserved": _major,
            "paid": _major,
        },
    ),
)
