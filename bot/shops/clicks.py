"""Counts clicks on members' links by day."""

from collections.abc import Callable
from typing import Final

from bot.store import load_queries
from engine.events.codec import iso_time
from engine.store.driver import Connection
from engine.store.reader import Reader
from engine.store.writer import Writer

TAGS_A_DAY_MAX: Final = 50
"""Maximum number of tags a day: anyone can put any tag into an address; later ones count as untagged."""


class ClickCounts:
    """Implements the kit's Clicks on the table `clicks`. `now` returns ms, UTC."""

    def __init__(self, writer: Writer, reader: Reader, now: Callable[[], int]) -> None:
        self._writer = writer
        self._reader = reader
        self._now = now
        self._queries = load_queries("shops")

    async def count(self, code: str, tag: str) -> None:
        """Counts one click today."""
        day = iso_time(self._now()).partition("T")[0]
        await self._writer.run(lambda connection: self._count(connection, code, tag, day))

    def _count(self, connection: Connection, code: str, tag: str, day: str) -> None:
        known = self._queries.counted(connection, code=code, tag=tag, day=day) is not None
        tags = self._queries.tags_of_day(connection, code=code, day=day)["tags"]
        self._queries.click(connection, code=code, tag=tag if known or tags < TAGS_A_DAY_MAX else "", day=day)

    async def of(self, code: str) -> dict[str, int]:
        """Returns all clicks on a member's links by tag, most clicked first."""
        rows = await self._reader.fetch(self._queries.clicks_of.sql, {"code": code})
        return {row["tag"]: row["clicks"] for row in rows}
