"""Tells members that the rate of their rank has changed, when the programme in force has.

The journal's programmes are followed by a cursor; each changed rank is a row, whose members are told page by page. The
messages, the page's end and who waits for the end of quiet hours are one transaction.
"""

import asyncio
from collections.abc import Sequence
from typing import Final, Protocol

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.outbox import Priority
from bot.store.rate_changes import NewRate, RateChange, RateChanges
from engine.programme.model import Programme
from engine.queries.reads import DatedProgramme
from engine.store.driver import Connection

CURSOR: Final = "programmes"
PAGE_SIZE: Final = 100
LOOK_AGAIN_MS: Final = 20_000
"""Polling interval: programmes change by hand, and a purchase must not ask for them."""
LOOKS_MAX: Final = 45
"""Looks in a row, a quarter of an hour, that ask the store nothing while the programme is the same and nobody waits."""


class Programmes(Protocol):
    """Reads programmes and their members from the engine."""

    @property
    def programme(self) -> Programme:
        """Returns the programme in force."""

    async def programme_at(self, seq: int) -> DatedProgramme | None:
        """Returns the last programme up to a journal row; None before the first."""

    async def programme_after(self, seq: int) -> DatedProgramme | None:
        """Returns the next programme after a journal row; None where it is the last."""

    async def members_ranked(self, rank: str, *, joined_by: int, after: str, size: int) -> list[str]:
        """Returns active members of a rank who had joined by a moment (ms, UTC), by id after `after`."""


class RateWords(Protocol):
    """Decides who is told when, and in which words."""

    async def due(self, person: Person, now: int) -> int | None:
        """Returns when the person may be told (ms, UTC); None where they do not want to be."""

    def say(self, change: RateChange, to: Person) -> Outgoing:
        """Returns the message."""


class RateNotices:
    """Moves news of rates to the outbox."""

    def __init__(self, services: OutboxServices, engine: Programmes, changes: RateChanges, words: RateWords) -> None:
        self._people = services.people
        self._outbox = services.outbox
        self._writer = services.writer
        self._clock = services.clock
        self._outbox_changed = services.signals.outbox_changed
        self._engine = engine
        self._changes = changes
        self._words = words
        self._seen: Programme | None = None  # the programme up to which all has been told
        self._looks = 0

    async def run(self) -> None:
        """Runs until cancelled. Starts with what an earlier run left."""
        await in_rounds(self._go_on, asyncio.Event(), self._clock, subject="news of rates", retry_ms=LOOK_AGAIN_MS)

    async def _go_on(self) -> int:
        self._looks += 1
        if self._engine.programme is self._seen and self._looks < LOOKS_MAX:
            return LOOK_AGAIN_MS
        programme, self._looks = self._engine.programme, 0
        while await self.step():
            pass
        self._seen = None if await self._changes.any_held() else programme
        return LOOK_AGAIN_MS

    async def step(self) -> bool:
        """Takes a new programme, or tells a page of members. Returns whether there may be more."""
        if await self._take_programme():
            return True
        change = await self._changes.unfinished()
        if change is not None:
            await self._tell_page(change)
            return True
        return await self._tell_held()

    async def _take_programme(self) -> bool:
        cursor = await self._outbox.cursor(CURSOR)
        if not cursor:
            return await self._begin_here()
        before, after = await self._engine.programme_at(cursor), await self._engine.programme_after(cursor)
        if before is None or after is None:
            return False
        rates = changed_rates(before.programme, after.programme)

        def write(connection: Connection) -> None:
            if self._outbox.advance_cursor(connection, CURSOR, cursor, after.seq):
                self._changes.add(connection, after.seq, after.at, rates)

        await self._writer.run(write)
        return True

    async def _begin_here(self) -> bool:
        """Starts at the programme in force: what changed before this feature is not told."""
        latest = await self._engine.programme_at(2**62)
        if latest is not None:
            await self._writer.run(lambda connection: self._outbox.move_cursor(connection, CURSOR, latest.seq))
        return False

    async def _tell_page(self, change: RateChange) -> None:
        """Tells a page of the rank's members, unless its rate is another one by now."""
        page: list[str] = []
        rank = self._engine.programme.rank_by_id.get(change.rank)
        if rank is not None and rank.commission.text == change.after:
            page = await self._engine.members_ranked(
                change.rank, joined_by=change.at, after=change.told_until, size=PAGE_SIZE
            )
        until = page[-1] if len(page) == PAGE_SIZE else None
        await self._tell([(member, change) for member in page], lambda db: self._changes.told(db, change, until))

    async def _tell_held(self) -> bool:
        due = await self._changes.due(self._clock.now(), PAGE_SIZE)
        if due:
            await self._tell(due, lambda _: None)
        return len(due) == PAGE_SIZE

    async def _tell(self, whom: Sequence[tuple[str, RateChange]], mark: "Mark") -> None:
        now, letters, later = self._clock.now(), list[tuple[str, list[Outgoing]]](), list[tuple[str, int, int]]()
        for id, change in whom:
            person = await self._people.get(id)
            due_at = None if person is None else await self._words.due(person, now)
            if person is not None and due_at is not None and due_at <= now:
                letters.append((f"rate:{change.id}/{id}", [self._words.say(change, person)]))
            elif due_at is not None:
                later.append((id, change.id, due_at))

        def write(connection: Connection) -> None:
            for id, change in whom:
                self._changes.let_go(connection, id, change.id)
            for id, change_id, due_at in later:
                self._changes.hold(connection, id, change_id, due_at)
            self._outbox.post(connection, letters, Priority.NOTICE, now)
            mark(connection)

        await self._writer.run(write)
        if letters:
            self._outbox_changed.set()


class Mark(Protocol):
    """Marks in the messages' transaction how far people have been told."""

    def __call__(self, connection: Connection, /) -> None: ...


def changed_rates(before: Programme, after: Programme) -> list[NewRate]:
    """Returns the ranks of both programmes whose own rate differs. Offers, rates of products and links are no part of
    it: they are temporary, or for some purchases alone.
    """
    old = {each.id: each.commission.text for each in before.ranks}
    return [
        NewRate(each.id, old[each.id], each.commission.text)
        for each in after.ranks
        if each.id in old and old[each.id] != each.commission.text
    ]
