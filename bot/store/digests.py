"""Stores what each member's last digest reported, so that the next one reports exactly the changes since."""

import sqlite3
from dataclasses import dataclass, field

from bot.store import load_queries
from engine.queries.reports import FriendCounts, MemberReport
from engine.store.reader import Reader


@dataclass(frozen=True, slots=True)
class LastDigest:
    """Holds the end of the last digest: its time (ms, UTC), the journal's row, and the number of friends."""

    slot: str = ""
    told_at: int | None = None
    seq: int = 0
    friends: FriendCounts = field(default_factory=FriendCounts)


class Digests:
    """Holds the table `digests`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("digests")

    async def last(self, person_id: str) -> LastDigest:
        """Returns the person's last digest; an empty one if there was none."""
        row = await self._reader.fetch_one(self._queries.last_digest.sql, {"person": person_id})
        if row is None:
            return LastDigest()
        friends = FriendCounts(row["came"], row["joined"], row["bought"])
        return LastDigest(row["slot"], row["told_at"], row["seq"], friends)

    def tell(
        self,
        connection: sqlite3.Connection,
        person_id: str,
        slot: str,
        last: LastDigest,
        report: MemberReport,
        now: int,
    ) -> bool:
        """Records a digest that began after `last`. Runs inside a write transaction.

        Returns False if another process has recorded one meanwhile, or this slot was recorded before: then nothing may
        be sent.
        """
        friends = report.friends
        told = self._queries.told(
            connection,
            person=person_id,
            slot=slot,
            now=now,
            after=last.seq,
            seq=report.seq,
            came=friends.came,
            joined=friends.joined,
            bought=friends.bought,
        )
        return bool(told)
