"""Compares old rows in slices, some at each proof, so that every row has its turn at a cost that stays the same."""

from collections.abc import Iterator
from typing import Any, Final

from engine.store.driver import Connection
from engine.vault import Vault
from engine.verify.pace import at_full_speed
from engine.verify.replay_tables import TABLES, ReplayTable, only_met
from engine.verify.rows import compare_tables, plain
from engine.verify.seals import compare_seal_slice

SLICE_ROWS: Final = 2_000


def compare_slices(
    books: Connection, replayed: Connection, sliced: dict[str, list[Any]], vault: Vault | None
) -> Iterator[str]:
    """Yields a line for each row of the next slices that differs. `sliced` holds the last key of each table's last
    slice, and is moved on.
    """
    for table in TABLES:
        yield from _compare_slice(table, books, replayed, sliced)
    for name in ("identities", "destinations"):
        sliced[name] = yield from compare_seal_slice(books, name, sliced.get(name, []), vault, SLICE_ROWS)


def _compare_slice(
    table: ReplayTable, books: Connection, replayed: Connection, sliced: dict[str, list[Any]]
) -> Iterator[str]:
    after = sliced.get(table.name, [])
    upto = _end_of_slice(table, books, after)
    bounds = [f"{table.key} > ?"] * bool(after) + [f"{table.key} <= ?"] * bool(upto)
    where = f" WHERE {' AND '.join(bounds)}" if bounds else ""
    query, values = f"SELECT * FROM {table.name}{where} ORDER BY {table.key}", (*after, *upto)  # noqa: S608
    found, expected = plain(books, query, values), plain(replayed, query, values)
    yield from compare_tables(table.what, found, expected, only_met(table), at_full_speed)
    sliced[table.name] = upto


def _end_of_slice(table: ReplayTable, books: Connection, after: list[Any]) -> list[Any]:
    """Returns the key of the slice's last row; nothing where the table ends before."""
    where = f" WHERE {table.key} > ?" if after else ""
    query = f"SELECT {table.key} FROM {table.name}{where} ORDER BY {table.key} LIMIT 1 OFFSET {SLICE_ROWS - 1}"  # noqa: S608
    return list(plain(books, query, tuple(after)).fetchone() or ())
