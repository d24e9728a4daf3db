"""Stores changes of ranks' rates, and who is still to be told of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.store import load_queries
from engine.store.driver import Connection, Row
from engine.store.reader import Reader


@dataclass(frozen=True, slots=True)
class RateChange:
    """Holds a change of a rank's rate, both as programmes write them; `at` in ms, UTC. `told_until`: the last member,
    by id, who was told.
    """

    id: int
    rank: str
    before: str
    after: str
    at: int
    told_until: str


@dataclass(frozen=True, slots=True)
class NewRate:
    """Holds a rank's rate in one programme and in the next."""

    rank: str
    before: str
    after: str


class RateChanges:
    """Holds the tables `rate_changes` and `rate_changes_held`. Methods with a connection run in a write transaction."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("rate_changes")

    async def unfinished(self) -> RateChange | None:
        """Returns the oldest change that not all have been told of."""
        row = await self._reader.fetch_one(self._queries.unfinished.sql)
        return _change(row) if row is not None else None

    async def due(self, now: int, size: int) -> list[tuple[str, RateChange]]:
        """Returns some people whom quiet hours no longer keep from a change."""
        rows = await self._reader.fetch(self._queries.due.sql, {"now": now, "size": size})
        found = {row["change"]: await self._of(row["change"]) for row in rows}
        return [(row["person"], found[row["change"]]) for row in rows]

    async def any_held(self) -> bool:
        """Returns whether quiet hours keep anybody from a change."""
        return await self._reader.fetch_one(self._queries.any_held.sql) is not None

    async def _of(self, id: int) -> RateChange:
        return _change(await self._reader.fetch_row(self._queries.change.sql, {"id": id}))

    def add(self, connection: Connection, seq: int, at: int, rates: Sequence[NewRate]) -> None:
        """Adds a programme's changes. One that nobody was told of is part of the next: rates that were only tried out
        are not told.
        """
        for new in rates:
            before = new.before
            untold = self._queries.untold_of(connection, rank=new.rank)
            if untold is not None:
                self._queries.told_until(connection, id=untold["id"], told_until="", done=1)
                before = untold["before"]
            if before != new.after:
                self._queries.put_change(connection, seq=seq, rank=new.rank, before=before, after=new.after, at=at)

    def told(self, connection: Connection, change: RateChange, until: str | None) -> None:
        """Marks that all members up to one, by id, have been told; None for all that there are."""
        self._queries.told_until(
            connection, id=change.id, told_until=until or change.told_until, done=int(until is None)
        )

    def hold(self, connection: Connection, person: str, change: int, due_at: int) -> None:
        """Keeps a person until the end of their quiet hours."""
        self._queries.hold(connection, person=person, change=change, due_at=due_at)

    def let_go(self, connection: Connection, person: str, change: int) -> None:
        """Forgets that a person is still to be told."""
        self._queries.let_go(connection, person=person, change=change)


def _change(row: Row) -> RateChange:
    return RateChange(row["id"], row["rank"], row["before"], row["after"], row["at"], row["told_until"])
