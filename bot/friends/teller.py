"""Tells friends of their gifts, admins of what was set aside, and both sides of what was decided: each thing once."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.clock import Clock
from bot.friends.rows import aside_of, decision_of, gift_of
from bot.kit.effects import Outgoing
from bot.kit.friends import Aside, Decision
from bot.kit.person import People, Person
from bot.kit.rewards import Gift
from bot.rounds import in_rounds
from bot.store import load_queries
from bot.store.outbox import Outbox, Priority
from engine.store.reader import Reader
from engine.store.writer import Writer

PAGE_SIZE: Final = 100
LOOK_AGAIN_MS: Final = 60_000

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Renderers:
    """What turns each thing into messages to one person."""

    gift: Callable[[Gift, Person], Awaitable[Sequence[Outgoing]]]
    set_aside: Callable[[Aside, Person], Awaitable[Sequence[Outgoing]]]
    decided: Callable[[Decision, Person], Awaitable[Sequence[Outgoing]]]


@dataclass(frozen=True, slots=True)
class _Letters:
    """Messages by their cause, and the row that is told with them."""

    told: str
    id: int
    messages: tuple[tuple[str, Sequence[Outgoing]], ...]


class FriendsTeller:
    """Moves all that into the outbox. `wake` when there may be something; `written` is called when there is mail."""

    def __init__(
        self,
        writer: Writer,
        reader: Reader,
        people: People,
        outbox: Outbox,
        renderers: Renderers,
        *,
        clock: Clock,
        written: Callable[[], None],
        may_wait: Callable[[Gift, Person], Awaitable[bool]],
    ) -> None:
        """`may_wait` says of a gift whether its owner has quiet hours now, and it is nothing that they wait for."""
        self._writer = writer
        self._reader = reader
        self._people = people
        self._outbox = outbox
        self._renderers = renderers
        self._clock = clock
        self._written = written
        self._may_wait = may_wait
        self._stirred = asyncio.Event()
        self._queries = load_queries("friends")

    def wake(self) -> None:
        """There may be something to tell."""
        self._stirred.set()

    async def run(self) -> None:
        """Until cancelled. Begins with what an earlier run left."""
        await in_rounds(self._tell, self._stirred, self._clock, subject="friends' news", retry_ms=LOOK_AGAIN_MS)

    async def _tell(self) -> int:
        while await self.step():
            pass
        return LOOK_AGAIN_MS

    async def step(self) -> bool:
        """What is new; whether there may be more."""
        letters = [*await self._asides(), *await self._decisions(), *await self._gifts()]
        if letters:
            await self._writer.run(lambda connection: self._write(connection, letters))
            self._written()
        return len(letters) >= PAGE_SIZE

    async def _gifts(self) -> list[_Letters]:
        """A page of those that do not wait for the end of somebody's quiet hours."""
        letters: list[_Letters] = []
        after = 0
        while len(letters) < PAGE_SIZE and (page := await self._fetch("untold_gifts", after=after, size=PAGE_SIZE)):
            after = page[-1]["id"]
            for row in page:
                gift, owner = gift_of(row), await self._people.get(row["person"])
                if owner is not None and await self._may_wait(gift, owner):
                    continue
                told = [(f"gift:{gift.id}", await self._renderers.gift(gift, owner))] if owner is not None else []
                letters.append(_Letters("gift_told", gift.id, tuple(told)))
        return letters

    async def _asides(self) -> list[_Letters]:
        """To the admins and to the member; while no admin has begun a chat it waits for one."""
        rows, admins = await self._fetch("untold_asides", size=PAGE_SIZE), await self._people.admins()
        letters = []
        for row in rows if admins else []:
            aside, member = aside_of(row), await self._people.get(row["member"])
            readers = {each.id: each for each in (*admins, *([member] if member is not None else []))}
            told = [
                (f"aside:{aside.id}/{id}", await self._renderers.set_aside(aside, each)) for id, each in readers.items()
            ]
            letters.append(_Letters("aside_told", aside.id, tuple(told)))
        return letters

    async def _decisions(self) -> list[_Letters]:
        letters = []
        for row in await self._fetch("untold_decisions", size=PAGE_SIZE):
            what = decision_of(row)
            concerned = [what.person, what.member] if row["tells_member"] else [what.person]
            readers = [each for id in concerned if (each := await self._people.get(id)) is not None]
            told = [(f"decided:{what.id}/{each.id}", await self._renderers.decided(what, each)) for each in readers]
            letters.append(_Letters("decision_told", what.id, tuple(told)))
        return letters

    def _write(self, connection: sqlite3.Connection, letters: list[_Letters]) -> None:
        now = self._clock.now()
        for letter in letters:
            self._outbox.post(connection, letter.messages, Priority.NOTICE, now)
            getattr(self._queries, letter.told)(connection, id=letter.id, now=now)

    async def _fetch(self, query: str, **params: Any) -> list[Any]:
        return await self._reader.fetch(getattr(self._queries, query).sql, params)
