"""Clicks on members' links, counted by day."""

import sqlite3
from collections.abc import Callable
from typing import Final

from bot.store import load_queries
from engine.events.codec import iso_time
from engine.store.reader import Reader
from engine.store.writer import Writer

TAGS_A_DAY_MAX: Final = 50
"""Anybody can put any tag into an address: later ones of the same day count as none."""


class ClickCounts:
    """The table `clicks`; it is the kit's Clicks. `now` gives milliseconds UTC."""

    def __init__(self, writer: Writer, reader: Reader, now: Callable[[], int]) -> None:
        self._writer = writer
        self._reader = reader
        self._now = now
        self._queries = load_queries("shops")

    async def count(self, code: str, tag: str) -> None:
        """One more, today."""
        day = iso_time(self._now()).partition("T")[0]
        await self._writer.run(lambda connection: self._count(connection, code, tag, day))

    def _count(self, connection: sqlite3.Connection, code: str, tag: str, day: str) -> None:
        known = self._queries.counted(connection, code=code, tag=tag, day=day) is not None
        tags = self._queries.tags_of_day(connection, code=code, day=day)["tags"]
        self._queries.click(connection, code=code, tag=tag if known or tags < TAGS_A_DAY_MAX else "", day=day)

    async def of(self, code: str) -> dict[str, int]:
        """All clicks on a member's links by tag, the most clicked first."""
        rows = await self._reader.fetch(self._queries.clicks_of.sql, {"code": code})
        return {row["tag"]: row["clicks"] for row in rows}
