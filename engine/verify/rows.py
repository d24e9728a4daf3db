"""Compares rows as they are read: each column, and its type, with the row that the replay would write."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from engine.store.driver import Connection, Cursor
from engine.store.rows import compact

Row = tuple[Any, ...]


def plain(connection: Connection, sql: str, values: Row = ()) -> Cursor:
    """Returns a query's rows as tuples, one by one."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values)


def compare_tables(
    what: str, found: Cursor, expected: Cursor, met: Callable[[Row], Row | None], pace: Callable[[], None]
) -> Iterator[str]:
    """Compares two queries of the same columns, both ordered by the first, which is the key.

    `met` returns what a row must be that is in the books alone, None where no row may be. `pace` is called for each
    row.
    """
    names = tuple(column for column, *_ in found.description)
    row, wanted = found.fetchone(), expected.fetchone()
    while row is not None or wanted is not None:
        pace()
        if wanted is None or (row is not None and row[0] < wanted[0]):
            yield from _compare_alone(what, row, met(row), names)
            row = found.fetchone()
        elif row is None or wanted[0] < row[0]:
            yield f"{what} {wanted[0]}: follows from the journal, but is not in the tables"
            wanted = expected.fetchone()
        else:
            yield from compare_row(f"{what} {row[0]}", row, wanted, names)
            row, wanted = found.fetchone(), expected.fetchone()


def _compare_alone(what: str, row: Row, wanted: Row | None, names: tuple[str, ...]) -> Iterator[str]:
    if wanted is None:
        yield f"{what} {row[0]}: is in the tables, but follows from no event"
    else:
        yield from compare_row(f"{what} {row[0]}", row, wanted, names)


def compare_row(what: str, found: Row, expected: Row, names: tuple[str, ...]) -> Iterator[str]:
    """Yields a line where a column is not as expected; JSON that differs only in order is equal."""
    if found == expected:
        return
    differing = [
        name
        for name, one, other in zip(names, found, expected, strict=True)
        if one != other and not (name in ("content", "trace") and _says_the_same(one, other))
    ]
    if differing:
        yield f"{what}: {', '.join(differing)} differ from the journal"


def _says_the_same(found: Any, expected: str) -> bool:
    """Returns whether JSON of an earlier version, with its own order, says what is expected: nothing added or
    doubled.
    """
    try:
        content = json.loads(found)
    except (ValueError, TypeError, RecursionError):
        return False
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return len(written) == len(found) and compact(content) == expected
