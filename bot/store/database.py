"""Opens one process's store: its tables migrated, one writer, and readers beside it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import SystemRandom
from typing import Any

from bot.runtime.clock import Clock
from bot.store import MIGRATIONS
from bot.store.admins import added_admins, former_admins
from bot.store.names import expect_full_text_search, fold_names
from bot.store.trusted_clock import ClockRefused, trusted_clock_on
from engine.codes import new_code
from engine.errors import StoreError
from engine.service import Engine
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.store.reader import Reader
from engine.store.sqlite import SqliteStore
from engine.store.writer import Writer
from engine.vault import Vault


@dataclass(frozen=True, slots=True)
class Database:
    """Holds the connections to the file. The engine, the bot and the admins' figures, whose sums take longer, read
    through connections of their own.

    A damaged name must not keep others from their messages; the books are read strictly.
    """

    path: Path
    writer: Writer
    books: Reader
    machine: Reader
    figures: Reader
    added_admins: frozenset[int] = frozenset()
    """The Telegram ids of the admins who had been added in the chat when the file was opened."""
    former_admins: frozenset[int] = frozenset()
    """Those of people who had lost that role by then."""

    @classmethod
    async def open(cls, path: Path) -> "Database":
        """Creates the file if missing, and migrates its tables. Raises StoreError, sqlite3.Error."""
        connection = connect(path)
        try:
            SqliteStore.prepare(connection)
            expect_full_text_search(connection)
            migrate(connection, "machine", MIGRATIONS)
            admins = frozenset(each.telegram_id for each in added_admins(connection)), former_admins(connection)
            fold_names(connection)
        finally:
            connection.close()
        books, machine, figures = [await Reader.open(path, lenient=lenient) for lenient in (False, True, False)]
        return cls(path, Writer(path), books, machine, figures, *admins)

    @classmethod
    @asynccontextmanager
    async def with_engine(
        cls, path: Path, clock: Clock, tables: Mapping[str, Any] | None = None, *, key: str = ""
    ) -> AsyncIterator[tuple["Database", Engine]]:
        """Opens the file with an engine for as long as the block lasts; without the key it creates no persons.

        For work beside a running bot. `tables` is the programme that a store without one begins with; without them a
        missing file is not created. Raises as `open`, StoreError where there is no programme at all, and ClockRefused
        if the clock is far ahead.
        """
        if tables is None:
            _expect(path)
        stores, random = await cls.open(path), SystemRandom()
        try:
            trusted = await stores.writer.run(lambda db: trusted_clock_on(db, clock))
            if (doubt := trusted.doubt()) is not None and doubt.is_ahead:
                raise ClockRefused(str(doubt))
            yield (
                stores,
                await Engine.open(
                    stores.writer,
                    stores.books,
                    vault=Vault([key]) if key else None,
                    now=trusted.now,
                    new_code=lambda: new_code(random),
                    tables=tables,
                ),
            )
        finally:
            await stores.close()

    @property
    def is_held(self) -> bool:
        """Returns whether nothing is read or written until an operator confirms that this is the right store."""
        return self.machine.is_held

    def hold(self, problem: str) -> None:
        """Refuses all reading and writing: shops are answered 503, users wait."""
        for each in (self.writer, self.books, self.machine, self.figures):
            each.hold(problem)

    def release(self) -> None:
        """Resumes reading and writing."""
        for each in (self.writer, self.books, self.machine, self.figures):
            each.hold(None)

    def check(self) -> None:
        """Raises StoreAway while the file is deleted, moved or replaced; nothing is read or written then."""
        self.machine.check()

    async def close(self) -> None:
        """Finishes waiting writes, then closes."""
        await self.books.close()
        await self.machine.close()
        await self.figures.close()
        self.writer.close()


def _expect(path: Path) -> None:
    if not path.exists():
        raise StoreError(f"{path}: there is no store yet; `moaref run` makes it")
