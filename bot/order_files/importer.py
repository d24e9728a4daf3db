"""Processes the order files that admins send: dry run, recording, progress."""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Final, Protocol
from zoneinfo import ZoneInfo

from telegram.error import BadRequest, TelegramError

from bot.kit.effects import Outgoing
from bot.kit.formatting import Term
from bot.kit.imports import Import
from bot.kit.person import Person
from bot.order_files import messages as telling
from bot.order_files.dry_run import DryRun, survey
from bot.order_files.lookup import Known
from bot.order_files.problems import UnreadableFile
from bot.order_files.reading import OrderFile
from bot.order_files.recording import Recorded, record
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.imports import Imports
from engine.service import Engine
from engine.store.connection import connect
from engine.store.driver import DriverError

PAUSE_MS: Final = 5_000
"""The wait while the store or Telegram is unavailable, and between two progress messages."""

Fetch = Callable[[str], Awaitable[bytes]]
"""Returns a document's content by Telegram's id. Raises TelegramError."""


class ImportTexts(Protocol):
    """Renders messages to the admin. `lines` are messages of the catalogue."""

    def found(self, admin: Person, each: Import, orders: int, lines: tuple[Term, ...]) -> Outgoing:
        """Returns the dry run's result, with a button to record it if it would bring anything."""

    def progress(self, admin: Person, each: Import, lines: tuple[Term, ...], share: float) -> Outgoing:
        """Returns the recording's progress, from 0 to 1."""

    def done(self, admin: Person, each: Import, lines: tuple[Term, ...]) -> Outgoing:
        """Returns the result, or why there is none."""


class Importer:
    """Processes one file after the other. A kill loses nothing: an import resumes where its orders are not recorded
    yet.
    """

    def __init__(
        self,
        services: OutboxServices,
        imports: Imports,
        engine: Engine,
        path: Path,
        fetch: Fetch,
        words: ImportTexts,
        *,
        shops: Iterable[str] = (),
    ) -> None:
        """Builds it; `path` is the store's; `shops` are connected. New files and decisions on them come by updates."""
        self._imports = imports
        self._people = services.people
        self._engine = engine
        self._path = path
        self._fetch = fetch
        self._words = words
        self._clock = services.clock
        self._outbox_changed = services.signals.outbox_changed
        self._shops = shops
        self._woken = services.signals.import_changed.subscribe()

    async def run(self) -> None:
        """Runs until cancelled. Begins with an earlier run's leftovers."""
        passing = (DriverError, OSError, TelegramError)
        await in_rounds(
            self._see_to_all, self._woken, self._clock, subject="a file of orders", retry_ms=PAUSE_MS, passing=passing
        )

    async def _see_to_all(self) -> None:
        while (each := await self._imports.next()) is not None:
            await self._see_to(each)

    async def _see_to(self, each: Import) -> None:
        admin = await self._people.get(each.author)
        assert admin is not None  # the table refers to existing persons
        try:
            content = await self._fetch(each.file)
            with tempfile.TemporaryDirectory(prefix="orders-") as folder:
                path = Path(folder) / "orders.csv"
                await asyncio.to_thread(path.write_bytes, content)
                await (self._look(each, admin, path) if each.state == "new" else self._record(each, admin, path))
        except (UnreadableFile, BadRequest) as problem:
            why = telling.unreadable(problem) if isinstance(problem, UnreadableFile) else Term("import-file-gone")
            message = self._words.done(admin, each, (why,))
            await self._imports.move(each, "failed", "failed", message, self._clock.now())
        self._outbox_changed.set()

    async def _look(self, each: Import, admin: Person, path: Path) -> None:
        found = await asyncio.to_thread(self._survey, path)
        lines = telling.found(found, self._engine.programme.currency)
        state = "looked" if found.orders else "done"
        message = self._words.found(admin, each, found.orders, lines)
        await self._imports.move(each, state, "found", message, self._clock.now())

    def _survey(self, path: Path) -> DryRun:
        with closing(connect(self._path, create=False)) as connection:
            return survey(self._file(path), Known(connection, self._shops))

    async def _record(self, each: Import, admin: Person, path: Path) -> None:
        file, currency, told_at = self._file(path), self._engine.programme.currency, self._clock.ticks()

        async def progress(so_far: Recorded) -> None:
            nonlocal told_at
            if self._clock.ticks() - told_at >= PAUSE_MS:
                told_at, now = self._clock.ticks(), self._clock.now()
                message = self._words.progress(admin, each, telling.done(so_far, currency), file.read)
                await self._imports.tell(each, f"progress/{now}", message, now)
                self._outbox_changed.set()

        with closing(connect(self._path, create=False)) as connection:
            known = Known(connection, self._shops)
            done = await record(file, known, self._engine, actor=each.author, progress=progress)
        message = self._words.done(admin, each, telling.done(done, currency))
        await self._imports.move(each, "done", "done", message, self._clock.now())

    def _file(self, path: Path) -> OrderFile:
        programme = self._engine.programme
        return OrderFile(path, programme.currency, ZoneInfo(programme.program.timezone))
