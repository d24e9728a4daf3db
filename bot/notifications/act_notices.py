"""Tells each admin about the other admins' manual actions, gathered over some minutes.

The journal is followed by a cursor, so that no source is missed: every manual action in the chat or on the shell is a
row there. The cursor moves with the messages, in one transaction.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.outbox import Priority
from engine.queries.audit import Act
from engine.store.driver import Connection

CURSOR: Final = "acts"
GATHER_MS: Final = 3 * 60_000
SETTLE_MS: Final = 1_000
"""Delay before a look, so that many changes are one look: acts are gathered for minutes anyway."""
LOOK_AGAIN_MS: Final = 15_000
"""Polling interval: another process on the same store cannot wake this one, so its actions may be told this late."""
ACTS_MAX: Final = 5_000
"""Number of acts that are told without waiting for more."""
ROWS_MAX: Final = 1_000
"""Number of rows without an act after which the cursor is stored, so that a restart does not read them again."""


class Journal(Protocol):
    """Reads acts from the engine's journal."""

    async def journal_end(self) -> int:
        """Returns the number of the journal's last row."""

    async def acts_after(self, seq: int) -> tuple[list[Act], int]:
        """Returns a page of the acts after a journal row, and the row up to which the page is complete."""


class ActWords(Protocol):
    """Selects the acts that are told, and renders them."""

    async def wanted(self, acts: Sequence[Act]) -> list[Act]:
        """Returns the acts that were done by hand for others."""

    async def say(self, acts: Sequence[Act], to: Person) -> Sequence[Outgoing]:
        """Returns the messages for this admin; none where all acts were their own."""


class ActNotices:
    """Relays acts to the admins. `books_changed` is set when there may be acts."""

    def __init__(
        self, services: OutboxServices, journal: Journal, words: ActWords, *, books_changed: asyncio.Event
    ) -> None:
        self._journal = journal
        self._books_changed = books_changed
        self._people = services.people
        self._outbox = services.outbox
        self._writer = services.writer
        self._words = words
        self._clock = services.clock
        self._outbox_changed = services.signals.outbox_changed
        self._from: int | None = None  # the cursor
        self._seen = 0  # the last journal row read
        self._waiting: list[Act] = []
        self._due = 0  # in monotonic ticks

    async def run(self) -> None:
        """Runs until cancelled. Starts with the acts left by an earlier run."""
        await in_rounds(
            self._go_on, self._books_changed, self._clock, subject="admin act notices", retry_ms=LOOK_AGAIN_MS
        )

    async def _go_on(self) -> int:
        await self._clock.wait(asyncio.Event(), SETTLE_MS)
        await self.step()
        if not self._waiting:
            return LOOK_AGAIN_MS
        return max(1, min(LOOK_AGAIN_MS, self._due - self._clock.ticks()))

    async def step(self) -> None:
        """Reads new acts, and tells those that have waited long enough."""
        while await self._read_page():
            if len(self._waiting) >= ACTS_MAX:
                await self._tell()
        if self._waiting and self._clock.ticks() >= self._due:
            await self._tell()
        elif not self._waiting and self._from is not None and self._seen - self._from >= ROWS_MAX:
            await self._move([])

    async def _read_page(self) -> bool:
        """Reads a page of the journal. Returns whether it held new acts."""
        if self._from is None:
            self._from = self._seen = await self._outbox.cursor(CURSOR)
        if not self._seen:
            await self._begin_at_the_end()
            return True
        acts, end = await self._journal.acts_after(self._seen)
        wanted = await self._words.wanted(acts)
        if wanted and not self._waiting:
            self._due = self._clock.ticks() + GATHER_MS
        self._waiting += wanted
        is_new, self._seen = end > self._seen, end
        return is_new

    async def _begin_at_the_end(self) -> None:
        """Starts the cursor at the journal's end: acts older than this feature are not told."""
        self._seen = await self._journal.journal_end()
        await self._move([])

    async def _tell(self) -> None:
        acts = self._waiting
        cause = f"acts:{acts[0].seq}-{acts[-1].seq}"
        admins = await self._people.admins()
        await self._move([(f"{cause}/{each.id}", await self._words.say(acts, each)) for each in admins])
        self._outbox_changed.set()

    async def _move(self, letters: Sequence[tuple[str, Sequence[Outgoing]]]) -> None:
        def write(connection: Connection) -> None:
            self._outbox.post(connection, letters, Priority.NOTICE, self._clock.now())
            self._outbox.move_cursor(connection, CURSOR, self._seen)

        await self._writer.run(write)
        self._from, self._waiting = self._seen, []
