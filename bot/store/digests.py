"""What each member's last digest told, so that the next one says exactly what has changed since."""

import sqlite3
from dataclasses import dataclass, field

from bot.store import load_queries
from engine.queries.reports import Friends, MemberReport
from engine.store.reader import Reader


@dataclass(frozen=True, slots=True)
class LastDigest:
    """Where the last digest ended: its time (ms, UTC), the journal's row, and the friends there were."""

    slot: str = ""
    told_at: int | None = None
    seq: int = 0
    friends: Friends = field(default_factory=Friends)


class Digests:
    """The table `digests`."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("digests")

    async def last(self, person_id: str) -> LastDigest:
        """The person's last one; one that told nothing where there was none."""
        row = await self._reader.fetch_one(self._queries.last_digest.sql, {"person": person_id})
        if row is None:
            return LastDigest()
        friends = Friends(row["came"], row["joined"], row["bought"])
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
        """Notes what is told now, which began behind `last`. A part of a writer's job.

        False where somebody else has told it meanwhile, or this slot was told before: then nothing may be sent.
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
