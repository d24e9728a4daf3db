"""Stores notices that wait: to be combined with others, or for the end of quiet hours."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from bot.store import load_queries
from engine.store.reader import Reader

HELD_MAX_MS: Final = 50 * 3_600_000
"""Longer than two days with a change of clocks in them: until a daily hour, and quiet hours from then on."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Holds what is due for one person: notices by their numbers, and which of them were deferred."""

    person: str
    numbers: tuple[int, ...]
    held: frozenset[int]


class HeldNotices:
    """Holds the table `held_notices`. Times are ms, UTC."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("pending_notices")

    async def due(self, now: int, size: int) -> list[Waiting]:
        """Returns some people with all that is due for them."""
        rows = await self._reader.fetch(self._queries.due.sql, {"now": now, "late": now + HELD_MAX_MS, "size": size})
        return [_waiting(person, list(group)) for person, group in groupby(rows, key=lambda row: str(row["person"]))]

    async def next_due(self, after: int) -> int | None:
        """Returns when the next is due after a moment; None without any."""
        row = await self._reader.fetch_one(self._queries.next_due.sql, {"after": after})
        return None if row is None or row["due_at"] is None else int(row["due_at"])

    def hold(self, connection: sqlite3.Connection, person: str, number: int, due_at: int, *, held: bool) -> None:
        """Stores a notice until it is due. Runs inside a write transaction."""
        self._queries.hold(connection, person=person, number=number, due_at=due_at, held=int(held))

    def put_off(self, connection: sqlite3.Connection, person: str, number: int, due_at: int) -> None:
        """Defers a notice further. Runs inside a write transaction."""
        self._queries.put_off(connection, person=person, number=number, due_at=due_at)

    def note_busy(self, connection: sqlite3.Connection, person: str, number: int) -> None:
        """Notes from which notice on a person's commissions are told hourly; the first stays. Runs inside a write
        transaction.
        """
        self._queries.note_busy(connection, person=person, number=number)

    def let_go(self, connection: sqlite3.Connection, person: str, numbers: Iterable[int]) -> bool:
        """Removes notices that are sent. Runs inside a write transaction.

        Returns False if one was gone, as another process has sent it: then all the others stay, to be sent another
        time.
        """
        wanted = frozenset(numbers)
        if not wanted <= {row["number"] for row in self._queries.held_of(connection, person=person)}:
            return False
        for number in wanted:
            self._queries.let_go(connection, person=person, number=number)
        return True


def _waiting(person: str, rows: list[sqlite3.Row]) -> Waiting:
    held = frozenset(row["number"] for row in rows if row["held"])
    return Waiting(person, tuple(row["number"] for row in rows), held)
