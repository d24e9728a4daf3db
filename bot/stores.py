"""The store of one process: its tables brought up to date, one writer, and readers beside it."""

from dataclasses import dataclass
from pathlib import Path

from bot.store import MIGRATIONS
from engine.store.migrate import apply as migrate
from engine.store.reader import Reader
from engine.store.sqlite import SqliteStore
from engine.store.sqlite_file import connect
from engine.store.writer import Writer


@dataclass(frozen=True, slots=True)
class Stores:
    """The way to the file. The books and the machine read through connections of their own, side by side."""

    path: Path
    writer: Writer
    books: Reader
    machine: Reader

    @classmethod
    async def open(cls, path: Path) -> "Stores":
        """Makes the file where it is missing, and updates its tables. Raises StoreError, sqlite3.Error."""
        connection = connect(path)
        try:
            SqliteStore.prepare(connection)
            migrate(connection, "machine", MIGRATIONS)
        finally:
            connection.close()
        return cls(path, Writer(path), await Reader.open(path), await Reader.open(path))

    async def close(self) -> None:
        """Finishes what waits to be written."""
        await self.books.close()
        await self.machine.close()
        self.writer.close()
