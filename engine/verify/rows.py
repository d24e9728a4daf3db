"""Compares rows as they are read: each column, and its type, with the row that the replay would write."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.store.driver import Connection, Cursor
from engine.store.rows import compact

Row = tuple[Any, ...]


def plain(connection: Connection, sql: str, values: Row = ()) -> Cursor:
    """Returns a query's rows as tuples, one by one."""
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(sql, values)


def compare_rows(
    what: str,
    found: Iterable[Row],
    row_of: Callable[[Any], Row],
    expected: Mapping[Any, Any],
    names: tuple[str, ...],
) -> Iterator[str]:
    """Compares the rows, whose first column is a record's key, with those of the replayed records."""
    met = 0
    for row in found:
        wanted = expected.get(row[0])
        if wanted is None:
            yield f"{what} {row[0]}: is in the tables, but follows from no event"
            continue
        met += 1
        yield from compare_row(f"{what} {row[0]}", row, row_of(wanted), names)
    if met < len(expected):
        yield f"{what}s: {len(expected) - met} follow from the journal, but are not in the tables"


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
