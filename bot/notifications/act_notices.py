"""Tells each admin what the others did by hand, gathered over some minutes.

The journal is followed by a cursor, so that no road is forgotten: whatever somebody did in the chat or on the shell is
a row there. The cursor moves with the messages, in one transaction.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final, Protocol

from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.runtime.clock import Clock
from bot.runtime.loop import in_rounds
from bot.store.outbox import Outbox, Priority
from engine.queries.audit import Act
from engine.store.writer import Writer

CURSOR: Final = "acts"
GATHER_MS: Final = 3 * 60_000
LOOK_AGAIN_MS: Final = 15_000
"""Another process on the same store cannot wake us; this is how late its acts may be seen."""
ACTS_MAX: Final = 5_000
"""So many are told without waiting for more."""
ROWS_MAX: Final = 1_000
"""So many rows without an act are not read again after a restart."""


class Journal(Protocol):
    """The engine's side."""

    async def journal_end(self) -> int:
        """The number of the journal's last row."""

    async def acts_after(self, seq: int) -> tuple[list[Act], int]:
        """A page of the acts behind a row of the journal, and the row up to which that is all."""


class ActWords(Protocol):
    """Who knows which acts are told, and in which words."""

    async def wanted(self, acts: Sequence[Act]) -> list[Act]:
        """Those that were done by hand for others."""

    async def say(self, acts: Sequence[Act], to: Person) -> Sequence[Outgoing]:
        """The messages that this admin gets of them; none where all were their own."""


class ActNotices:
    """`watch` is set when something may have happened; `written` is called when there are new messages."""

    def __init__(
        self,
        journal: Journal,
        watch: asyncio.Event,
        people: People,
        outbox: Outbox,
        writer: Writer,
        words: ActWords,
        *,
        clock: Clock,
        written: Callable[[], None],
    ) -> None:
        self._journal = journal
        self._watch = watch
        self._people = people
        self._outbox = outbox
        self._writer = writer
        self._words = words
        self._clock = clock
        self._written = written
        self._from: int | None = None  # where the cursor stands
        self._seen = 0  # the row up to which the journal was read
        self._waiting: list[Act] = []
        self._due = 0  # in ticks, which nobody sets

    async def run(self) -> None:
        """Until cancelled. Begins with what an earlier run left."""
        await in_rounds(self._go_on, self._watch, self._clock, subject="what was done by hand", retry_ms=LOOK_AGAIN_MS)

    async def _go_on(self) -> int:
        await self.step()
        if not self._waiting:
            return LOOK_AGAIN_MS
        return max(1, min(LOOK_AGAIN_MS, self._due - self._clock.ticks()))

    async def step(self) -> None:
        """Reads what is new, and tells what has waited long enough."""
        while await self._read_page():
            if len(self._waiting) >= ACTS_MAX:
                await self._tell()
        if self._waiting and self._clock.ticks() >= self._due:
            await self._tell()
        elif not self._waiting and self._from is not None and self._seen - self._from >= ROWS_MAX:
            await self._move([])

    async def _read_page(self) -> bool:
        """Whether there was anything new."""
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
        """What was done before the programme told of it is not told any more."""
        self._seen = await self._journal.journal_end()
        await self._move([])

    async def _tell(self) -> None:
        acts = self._waiting
        cause = f"acts:{acts[0].seq}-{acts[-1].seq}"
        admins = await self._people.admins()
        await self._move([(f"{cause}/{each.id}", await self._words.say(acts, each)) for each in admins])
        self._written()

    async def _move(self, letters: Sequence[tuple[str, Sequence[Outgoing]]]) -> None:
        def write(connection: sqlite3.Connection) -> None:
            self._outbox.post(connection, letters, Priority.NOTICE, self._clock.now())
            self._outbox.move_cursor(connection, CURSOR, self._seen)

        await self._writer.run(write)
        self._from, self._waiting = self._seen, []
