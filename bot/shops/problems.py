"""Tells the admins what a shop has said that needs a person: each thing once, and none is lost."""

import asyncio
import json
import logging
import sqlite3
from collections.abc import Callable, Sequence
from typing import Final

from bot.clock import Clock
from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.shop import ShopProblem
from bot.rounds import in_rounds
from bot.store import load_queries
from bot.store.outbox import Outbox, Priority
from engine.store.reader import Reader
from engine.store.writer import Writer

PAGE_SIZE: Final = 100
LOOK_AGAIN_MS: Final = 60_000

Render = Callable[[ShopProblem, Person], Sequence[Outgoing]]
_log = logging.getLogger(__name__)


class ProblemTeller:
    """Moves problems into the outbox. `wake` when there may be new ones; `written` is called when there is mail."""

    def __init__(
        self,
        writer: Writer,
        reader: Reader,
        people: People,
        outbox: Outbox,
        render: Render,
        *,
        clock: Clock,
        written: Callable[[], None],
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._people = people
        self._outbox = outbox
        self._render = render
        self._clock = clock
        self._written = written
        self._stirred = asyncio.Event()
        self._queries = load_queries("shops")

    def wake(self) -> None:
        """There may be something to tell."""
        self._stirred.set()

    async def run(self) -> None:
        """Until cancelled. Begins with what an earlier run left."""
        await in_rounds(self.step, self._stirred, self._clock, subject="shops' problems", retry_ms=LOOK_AGAIN_MS)

    async def step(self) -> int:
        """What is new, to every admin who has begun a chat; where none has, it waits for one. When to look again."""
        admins = await self._people.admins()
        rows = await self._reader.fetch(self._queries.untold.sql, {"size": PAGE_SIZE})
        if not admins or not rows:
            return LOOK_AGAIN_MS
        letters: list[tuple[str, Sequence[Outgoing]]] = []
        for row in rows:
            problem = ShopProblem(row["shop"], row["order_id"], row["kind"], json.loads(row["content"]))
            letters += [(f"shop-problem:{row['id']}/{each.id}", self._render(problem, each)) for each in admins]
        told = [row["id"] for row in rows]
        await self._writer.run(lambda connection: self._write(connection, letters, told))
        self._written()
        return LOOK_AGAIN_MS

    def _write(
        self, connection: sqlite3.Connection, letters: list[tuple[str, Sequence[Outgoing]]], told: list[int]
    ) -> None:
        now = self._clock.now()
        self._outbox.post(connection, letters, Priority.NOTICE, now)
        for id in told:
            self._queries.told(connection, id=id, now=now)
