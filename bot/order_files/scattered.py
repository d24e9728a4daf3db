"""Collects scattered rows of one order: noticed in a first pass, and gathered where the order begins.

In a temporary database, so that memory does not grow with the file.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Final

from engine.store.driver import connect_scratch

Row = tuple[int, list[str]]
"""The line where a row begins, and its cells."""

_TOGETHER: Final = 0
_SCATTERED: Final = 1
_TAKEN: Final = 2
_SEE: Final = "INSERT OR IGNORE INTO seen (id) VALUES (?)"


class ScatteredRows:
    """Holds the orders with scattered rows, and those rows."""

    def __init__(self) -> None:
        self._db = connect_scratch()
        self._db.execute("CREATE TABLE seen (id TEXT PRIMARY KEY, scattered INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID")
        self._db.execute("CREATE TABLE rows (id TEXT, line INTEGER, cells TEXT, PRIMARY KEY (id, line)) WITHOUT ROWID")
        self._db.execute("BEGIN")
        self.count = 0

    def close(self) -> None:
        """Deletes all of it."""
        self._db.close()

    def note(self, ids: Iterable[str]) -> None:
        """Records the order id of each row, in the file's order."""
        before = ""
        for id in ids:
            is_new = id in ("", before) or self._db.execute(_SEE, (id,)).rowcount
            if not is_new:
                self._db.execute("UPDATE seen SET scattered = ? WHERE id = ?", (_SCATTERED, id))
                self.count += 1
            before = id

    def keep(self, id: str, row: Row) -> None:
        """Keeps the row if its order has scattered rows."""
        if self.has(id):
            self._db.execute("INSERT OR IGNORE INTO rows VALUES (?, ?, ?)", (id, row[0], json.dumps(row[1])))

    def has(self, id: str) -> bool:
        """Returns whether the order's rows are scattered."""
        return self._state(id) != _TOGETHER

    def take(self, id: str) -> bool:
        """Returns whether the order's rows are taken for the first time."""
        is_first = self._state(id) == _SCATTERED
        self._db.execute("UPDATE seen SET scattered = ? WHERE id = ?", (_TAKEN, id))
        return is_first

    def rows_of(self, id: str) -> Iterator[Row]:
        """Yields the rows of that order, the first one first."""
        for line, cells in self._db.execute("SELECT line, cells FROM rows WHERE id = ? ORDER BY line", (id,)):
            yield line, json.loads(cells)

    def _state(self, id: str) -> int:
        if not self.count or not id:
            return _TOGETHER
        found = self._db.execute("SELECT scattered FROM seen WHERE id = ?", (id,)).fetchone()
        return int(found[0]) if found is not None else _TOGETHER
