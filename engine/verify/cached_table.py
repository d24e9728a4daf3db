"""Keeps records in a table of the replayed state: those in use in memory, all of them in the file."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, Generic, TypeVar

from engine.store.driver import Connection

Key = TypeVar("Key", str, int)
Record = TypeVar("Record")

KNOWN_MAX: Final = 20_000
"""The most records of one table that are kept in memory beside the changed ones, some megabytes."""


class CachedTable(Generic[Key, Record]):
    """Reads records by key and collects changed ones; `write` puts these into the table.

    Of the others, up to `keep` stay in memory. Watched, it also notes the keys of changed records in the temporary
    table `touched_NAME`, to be compared with the books.
    """

    def __init__(
        self,
        connection: Connection,
        name: str,
        key: str,
        row_of: Callable[[Record], tuple[Any, ...]],
        record_of: Callable[[Any], Record],
        *,
        watched: bool,
        keep: int = KNOWN_MAX,
    ) -> None:
        self.changed: dict[Key, Record] = {}
        self._known: dict[Key, Record] = {}
        self._connection = connection
        self._row_of, self._record_of, self._keep = row_of, record_of, keep
        columns = connection.execute("SELECT COUNT(*) FROM pragma_table_info(?)", (name,)).fetchone()[0]
        self._select = f"SELECT * FROM {name} WHERE {key} = ?"  # noqa: S608
        self._put = f"INSERT OR REPLACE INTO {name} VALUES ({', '.join('?' * columns)})"  # noqa: S608
        self._touch = f"INSERT OR IGNORE INTO temp.touched_{name} VALUES (?)" if watched else None  # noqa: S608
        if watched:
            connection.execute(f"CREATE TEMP TABLE touched_{name} (key PRIMARY KEY) WITHOUT ROWID")

    def get(self, key: Key, /) -> Record | None:
        """Returns the record as it is after the last event."""
        found = self.changed.get(key) or self._known.get(key)
        if found is None and (row := self._connection.execute(self._select, (key,)).fetchone()) is not None:
            found = self._record_of(row)
            if len(self._known) < self._keep:
                self._known[key] = found
        return found

    def put(self, records: Mapping[Key, Record]) -> None:
        """Takes records as an event has left them."""
        self.changed.update(records)

    def touch(self, keys: Iterable[Key]) -> None:
        """Notes keys of rows that were changed otherwise; they are read anew."""
        self._known.clear()
        if self._touch is not None:
            self._connection.executemany(self._touch, ((key,) for key in keys))

    def write(self) -> None:
        """Puts the changed records into the table."""
        if not self.changed:
            return
        self._connection.executemany(self._put, map(self._row_of, self.changed.values()))
        if self._touch is not None:
            self._connection.executemany(self._touch, ((key,) for key in self.changed))
        self._known |= self.changed
        self.changed.clear()
        if len(self._known) > self._keep:
            self._known.clear()
