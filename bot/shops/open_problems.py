"""Serves the open problems of shops to admins in the chat: what they are, and that one has been dealt with."""

import json
from collections.abc import Callable

from bot.kit.shop import OpenProblem, ShopProblem
from bot.store import load_queries
from engine.store.driver import Connection
from engine.store.reader import Reader
from engine.store.writer import Writer


class OpenProblems:
    """Implements the kit's ShopProblemList. `now` returns ms, UTC."""

    def __init__(self, writer: Writer, reader: Reader, now: Callable[[], int]) -> None:
        self._writer = writer
        self._reader = reader
        self._now = now
        self._queries = load_queries("shops")

    async def waiting(self, *, skip: int, count: int) -> tuple[list[OpenProblem], int]:
        """Returns a page of the open problems, the oldest first, and their total number."""
        rows = await self._reader.fetch(self._queries.open_problems.sql, {"skip": skip, "count": count})
        total = await self._reader.fetch_row(self._queries.open_problems_total.sql)
        found = [
            OpenProblem(row["id"], ShopProblem(row["shop"], row["order_id"], row["kind"], json.loads(row["content"])))
            for row in rows
        ]
        return found, int(total["count"])

    async def settle(self, id: int) -> bool:
        """Notes that a problem has been dealt with. Returns whether it was open."""

        def settle(connection: Connection) -> bool:
            return bool(self._queries.settle_problem(connection, id=id, now=self._now()))

        return await self._writer.run(settle)
