"""Keeps what each friend's purchases have earned a member, added up anew from what happened since the last look.

So a purchase costs nothing more, and a member with ten thousand friends pays for the new transfers alone.
"""

from typing import Final

from bot.store import load_queries
from engine.store.driver import Connection, Row
from engine.store.reader import Reader
from engine.store.writer import Writer

_QUERIES: Final = "friend_sums"


class FriendSums:
    """Holds the tables `friend_sums` and `friend_sums_until`. Amounts in minor units."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._queries = load_queries(_QUERIES)

    async def catch_up(self, member: str) -> None:
        """Adds what has happened since the sums were made, in one transaction; writes nothing where nothing has."""
        row = await self._reader.fetch_row(self._queries.is_behind.sql, {"member": member})
        if row["behind"]:
            await self._writer.run(lambda connection: self._add(connection, member))

    def _add(self, connection: Connection, member: str) -> None:
        self._queries.add_new(connection, member=member)
        self._queries.note_until(connection, member=member)
        for row in list(self._queries.earlier_of(connection, member=member)):
            self._queries.add_to(connection, member=member, friend=row["person"], earned=row["earned"])
            self._queries.drop_sum(connection, member=member, friend=row["friend"])

    async def best(self, member: str, *, skip: int, size: int) -> tuple[list[Row], int]:
        """Returns a page of the friends who brought something, the best first, and their number."""
        page, total = await self._reader.gather(
            (self._queries.best_friends.sql, {"member": member, "skip": skip, "size": size}),
            (self._queries.best_friends_total.sql, {"member": member}),
        )
        return page, total[0]["friends"]
