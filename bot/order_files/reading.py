"""Builds orders from rows: all rows of one order id are its lines, wherever they stand."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from bot.order_files import cells
from bot.order_files.cells import WrongCell
from bot.order_files.csv_rows import CsvRows
from bot.order_files.problems import RowProblem, column_letter
from bot.order_files.row_checks import cell_of_lost_letters, is_total, split_amount, unnamed_cell
from bot.order_files.scattered import Row, ScatteredRows
from engine.events.model import Line
from engine.money import Currency

T = TypeVar("T")

PRODUCT: Final = "purchase"
"""The product's name if the file has none."""
LINES_MAX: Final = 500
_ECHO_LENGTH_MAX: Final = 40


@dataclass(frozen=True, slots=True)
class FileOrder:
    """Holds an order of the file.

    `line` is where it begins; `buyer` as written; `at` is ISO 8601 with its offset, empty if the file has none.
    """

    line: int
    id: str
    buyer: str
    at: str
    lines: tuple[Line, ...]

    @property
    def total(self) -> int:
        """Returns the total in minor units."""
        return sum(line.amount for line in self.lines)


@dataclass(frozen=True, slots=True)
class _ReadRow:
    line: int
    order: str
    buyer: str
    at: str
    bought: Line


class OrderFile:
    """Holds an order file. Amounts are in the currency's major unit; times without an offset are the zone's.

    Each iteration reads it once more, a row at a time, in constant memory. An order with a problem is replaced by the
    problem.
    """

    def __init__(self, path: Path, currency: Currency, zone: ZoneInfo) -> None:
        """Opens the file. Raises UnreadableFile for anything but such a file, OSError."""
        self.path = path
        self.rows = 0
        """The rows read by the latest iteration, without the headings and empty ones."""
        self._currency = currency
        self._zone = zone
        self._file = CsvRows(path)

    @property
    def read(self) -> float:
        """Returns the latest iteration's progress, from 0 to 1."""
        return self._file.read

    def __iter__(self) -> Iterator[FileOrder | RowProblem]:
        """Yields the orders and problems, in the file's order, each order where its first row stands.

        Raises UnreadableFile before the first one for a row whose quotation mark is not closed or a file that is no
        text.
        """
        self._file.check()
        self.rows = 0
        with closing(ScatteredRows()) as scattered:
            self._look_ahead(scattered)
            self._file.read = 0.0
            for id, group in groupby(self._counted(), key=lambda each: each[0]):
                if not scattered.has(id):
                    yield from self._orders(id, (row for _, row in group))
                elif scattered.take(id):
                    yield from self._orders(id, scattered.rows_of(id))

    def _counted(self) -> Iterator[tuple[str, Row]]:
        for each in self._identified():
            self.rows += 1
            yield each

    def _look_ahead(self, scattered: ScatteredRows) -> None:
        """Finds the orders with scattered rows, and reads the file once more for those rows if there are any."""
        scattered.note(id for id, _ in self._identified())
        if scattered.count:
            for id, row in self._identified():
                scattered.keep(id, row)

    def _identified(self) -> Iterator[tuple[str, Row]]:
        """Yields each row with its order's id, empty if unknown.

        A row right below an order's rows whose order cannot be read may be one of them, with its cell merged with the
        one above or its number cut: unless it names another buyer it counts as the order's and invalidates it, so that
        no order is recorded in part.
        """
        columns, before, buyer, expected = self._file.headings.columns, "", "", 0
        for line, row in self._file:
            try:
                id = cells.needed(_cell(row, columns.order))
            except WrongCell:
                is_below = line == expected and not is_total(row)
                id = before if is_below and _cell(row, columns.buyer).strip() in ("", buyer) else ""
            yield id, (line, row)
            before, expected = id, line + 1 + max(map("".join(row).count, "\r\n"))
            buyer = _cell(row, columns.buyer).strip() or buyer

    def _orders(self, id: str, rows: Iterable[Row]) -> Iterator[FileOrder | RowProblem]:
        return _together(self._row(line, row, id) for line, row in rows)

    def _row(self, line: int, row: list[str], id: str) -> _ReadRow | RowProblem:
        headings, columns = self._file.headings, self._file.headings.columns
        column, at = "order", columns.order

        def read(name: str, place: int | None, how: Callable[[str], T]) -> T:
            nonlocal column, at
            column, at = name, place if place is not None else at
            return how(_cell(row, place) if place is not None else "")

        try:
            if (split := split_amount(row, headings)) is not None:
                column, at = "amount", columns.amount
                raise WrongCell("split_amount", split)
            if (unnamed := unnamed_cell(row, headings)) is not None:
                at = unnamed
                raise WrongCell("too_many_cells", row[unnamed])
            if (lost := cell_of_lost_letters(row, narrow=self._file.narrow)) is not None:
                at = lost
                raise WrongCell("lost_letters", row[lost])
            return _ReadRow(
                line,
                read("order", columns.order, cells.needed),
                read("buyer", columns.buyer, cells.person),
                read("at", columns.at, lambda cell: cells.time(cell, self._zone)),
                Line(
                    read("product", columns.product, cells.name) or PRODUCT,
                    read("amount", columns.amount, lambda cell: cells.amount(cell, self._currency)),
                    read("category", columns.category, cells.name) or None,
                    read("quantity", columns.quantity, cells.quantity),
                ),
            )
        except WrongCell as wrong:
            spoils = "" if wrong.code == "too_many_cells" else id  # the order of a shifted cell may be wrong as well
            return RowProblem(line, wrong.code, column, wrong.value[:_ECHO_LENGTH_MAX], spoils, column_letter(at))


def _cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _together(rows: Iterable[_ReadRow | RowProblem]) -> Iterator[FileOrder | RowProblem]:
    """Returns the order of these rows, or its problem. Every row names the same buyer; the first one's time counts.

    A repeated row is the same line: a file that was concatenated twice counts once.
    """
    first: _ReadRow | None = None
    bought: dict[tuple[str, Line], None] = {}
    problems: list[RowProblem] = []
    for row in rows:
        if isinstance(row, RowProblem):
            problems.append(row)
        elif first is not None and row.buyer != first.buyer:
            problems.append(RowProblem(row.line, "other_buyer", "buyer", row.buyer, row.order))
        elif (row.at, row.bought) in bought:
            continue
        elif len(bought) == LINES_MAX:
            problems.append(RowProblem(row.line, "too_many_lines", "order", row.order, row.order))
        else:
            first = first or row
            bought[row.at, row.bought] = None
    if problems:
        yield from problems
    elif first is not None:
        yield FileOrder(first.line, first.order, first.buyer, first.at, tuple(line for _, line in bought))
