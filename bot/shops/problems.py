"""What a shop has said that needs a person, for the admins."""

import json
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.kit.shop import ShopProblem
from bot.outbox.teller import Letters, News
from bot.store import load_queries
from engine.store.reader import Reader

Render = Callable[[ShopProblem, Person], Sequence[Outgoing]]


class ShopProblems:
    """The table of problems; it is a teller's Source."""

    def __init__(self, reader: Reader, people: People, render: Render) -> None:
        self._reader = reader
        self._people = people
        self._render = render
        self._queries = load_queries("shops")

    async def untold(self, size: int) -> list[News]:
        """Where no admin has begun a chat, it waits for one."""
        if not await self._people.admins():
            return []
        rows = await self._reader.fetch(self._queries.untold.sql, {"size": size})
        return [
            News(f"shop problem {row['id']}", partial(self._letters, row), partial(self._note, row)) for row in rows
        ]

    async def _letters(self, row: sqlite3.Row) -> Letters:
        problem = ShopProblem(row["shop"], row["order_id"], row["kind"], json.loads(row["content"]))
        admins = await self._people.admins()
        return [(f"shop-problem:{row['id']}/{each.id}", self._render(problem, each)) for each in admins]

    def _note(self, row: sqlite3.Row, connection: sqlite3.Connection, now: int) -> None:
        self._queries.told(connection, id=row["id"], now=now)
