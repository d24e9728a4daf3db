"""Comparing rows as they are read: each column, its type too, with the row that the replay would write."""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.store.rows import compact

Row = tuple[Any, ...]


def plain(connection: sqlite3.Connection, sql: str, values: Row = ()) -> sqlite3.Cursor:
    """A query's rows as tuples, one by one."""
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
    """The rows, whose first column is what a record goes by, against those of the records that the replay has made."""
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
    """A line where a column is not as expected; JSON that says the same in another order is the same."""
    if found == expected:
        return
    differing = [
        name
        for name, one, other in zip(names, found, expected, strict=True)
        if one != other and not (name in ("content", "trace") and _says_the_same(one, other))
    ]
    if differing:
        yield f"{what}: {', '.join(differing)} not as the journal says"


def _says_the_same(found: Any, expected: str) -> bool:
    """Whether JSON of an earlier version, which had its own order, says what is expected: nothing added or doubled."""
    try:
        content = json.loads(found)
    except (ValueError, TypeError, RecursionError):
        return False
    written = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return len(written) == len(found) and compact(content) == expected
