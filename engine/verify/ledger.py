"""Verifies the books: the journal replayed through a fresh engine must give exactly the tables' content.

Every row of every table of the books is compared as it is read, or its seal is; SQLite checks the file itself, and the
network is rebuilt from the tables. Each problem is one line; no line means that the books are right. An incomplete
verification is a line, too, and counts as failed.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import islice
from operator import methodcaller
from pathlib import Path
from typing import Any

from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Record, Withdrawal
from engine.store import rows
from engine.store.connection import connect
from engine.store.driver import Connection, DriverError
from engine.store.memory import MemoryStore
from engine.store.write_buffer import DETAILS
from engine.vault import Vault
from engine.verify.counts import compare_counts
from engine.verify.journal import Replay, add_up, replay
from engine.verify.network import compare_network
from engine.verify.rows import Row, compare_row, compare_rows, plain
from engine.verify.schema import check_file, compare_schema, compare_types
from engine.verify.seals import compare_seals

PROBLEMS_MAX = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """Holds the extent of a verification, and the problems found."""

    events: int
    transfers: int
    members: int
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.problems

    @classmethod
    def failed(cls, reason: str) -> "Verdict":
        """Returns the verdict of a verification that did not finish."""
        return cls(0, 0, 0, (f"verification did not finish: {reason}",))


def verify(connection: Connection, vault: Vault | None = None) -> Verdict:
    """Verifies one consistent state of the store, in a transaction of its own.

    With a vault also signatures are checked, and every destination is opened. Problems of the store never raise.
    """
    done = Replay()
    problems = list(islice(_problems(connection, vault, done), PROBLEMS_MAX))
    with suppress(DriverError):
        connection.execute("ROLLBACK")
    return Verdict(done.events, done.transfers, len(done.store.all_members), tuple(map(_printable, problems)))


def verify_file(path: Path, vault: Vault | None = None) -> Verdict:
    """Verifies a SQLite store's file, through a connection of its own."""
    try:
        with closing(connect(path, create=False)) as connection:
            return verify(connection, vault)
    except Exception as problem:  # noqa: BLE001 - a store that cannot be opened fails verification
        return Verdict.failed(_printable(f"{type(problem).__name__}: {problem}"))


def _problems(connection: Connection, vault: Vault | None, done: Replay) -> Iterator[str]:
    yield from _ended("the file", lambda: _begun(connection))
    yield from _ended("the file", lambda: check_file(connection))
    yield from _ended("the file", lambda: compare_schema(connection))
    yield from _ended("types", lambda: compare_types(connection))
    yield from _ended("the journal", lambda: replay(connection, done))
    yield from _ended("seals", lambda: compare_seals(connection, vault))
    if not done.whole:  # the tables cannot be compared with half of a history
        return
    for what, compare in _comparisons(connection, done):
        yield from _ended(what, compare)


def _begun(connection: Connection) -> Iterator[str]:
    connection.execute("BEGIN")
    return iter(())


def _ended(what: str, prove: Callable[[], Iterable[str]]) -> Iterator[str]:
    """Yields the problems that a part of the verification finds, and the error that stops it."""
    try:
        yield from prove()
    except Exception as problem:  # noqa: BLE001 - an unfinished verification must not count as passed
        yield f"{what}: verification did not finish: {type(problem).__name__}: {problem}"


def _comparisons(connection: Connection, done: Replay) -> Iterator[tuple[str, Callable[[], Iterable[str]]]]:
    replayed = done.store
    as_row: Callable[[Any], Row] = methodcaller("as_row")
    tables: tuple[tuple[str, str, type[Record], Callable[[Any], Row], Mapping[Any, Any]], ...] = (
        ("member", "members", Member, rows.member_row, replayed.all_members),
        ("order", "orders", OrderRecord, rows.order_row, replayed.orders),
        ("commission", "commissions", Commission, rows.commission_row, replayed.commissions),
        ("withdrawal", "withdrawals", Withdrawal, as_row, replayed.withdrawals),
        ("adjustment", "adjustments", Adjustment, as_row, replayed.adjustments),
    )
    for what, table, kind, row_of, expected in tables:
        found = plain(connection, f"SELECT * FROM {table}")  # noqa: S608
        names = tuple(_COLUMNS.get(name, name) for name in kind.__struct_fields__)
        yield (
            table,
            lambda what=what, found=found, row_of=row_of, expected=expected, names=names: compare_rows(  # type: ignore[misc]
                what, found, row_of, expected, names
            ),
        )
    yield "persons", lambda: _compare_persons(connection, replayed)
    yield "counts", lambda: compare_counts(connection, replayed)
    yield "details", lambda: _compare_details(connection)
    members = (dict(row) for row in connection.execute("SELECT * FROM members"))
    yield "balances", lambda: add_up(members, done.totals)
    yield "the network", lambda: compare_network(connection, replayed)


_COLUMNS = {"lines": "content", "why": "trace"}
"""The names in the tables of some fields of records."""


def _compare_persons(connection: Connection, replayed: MemoryStore) -> Iterator[str]:
    """Compares persons. Those whom the bot has only met are in no event, and have only an id."""
    met = 0
    for row in plain(connection, "SELECT * FROM persons"):
        known = replayed.persons.get(row[0])
        met += known is not None
        expected = known or PersonRecord(row[0])
        yield from compare_row(f"person {row[0]}", row, expected.as_row(), PersonRecord.__struct_fields__)
    if met < len(replayed.persons):
        yield f"persons: {len(replayed.persons) - met} follow from the journal, but are not in the tables"


def _compare_details(connection: Connection) -> Iterator[str]:
    """Compares withdrawals' destinations and notes with the details of their events."""
    noted: dict[str, Row] = {}
    kinds = "type IN ('withdraw', 'settle') AND refusal IS NULL"
    for seq, *texts in plain(connection, f"SELECT seq, content, details FROM journal WHERE {kinds} ORDER BY seq"):  # noqa: S608
        try:
            event, said = map(json.loads, texts)
            id, (destination, *words) = event["id"], (said.get(name) for name in DETAILS)
        except (ValueError, LookupError, TypeError, AttributeError):
            yield f"journal row {seq}: its details cannot be read"
            continue
        first, *before = noted.get(id, (destination, None, None))
        noted[id] = first, *(old if new is None else new for old, new in zip(before, words, strict=True))
    for id, *found in plain(connection, "SELECT * FROM withdrawal_details"):
        if noted.pop(id, None) != tuple(found):
            yield f"withdrawal {id}: its destination or notes differ from the details of its events"
    for id in noted:
        yield f"withdrawal {id}: its details follow from the journal, but are not in the tables"


def _printable(line: str) -> str:
    """Strips what neither a terminal nor a store accepts: lone surrogates, and control characters that move
    the cursor.
    """
    text = line.encode("utf-8", "backslashreplace").decode()
    return "".join(letter if letter.isprintable() else ascii(letter)[1:-1] for letter in text)
