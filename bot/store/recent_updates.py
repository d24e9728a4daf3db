"""Keeps the newest stored updates in memory until they are taken, so that none is read back and decoded twice.

Only the tail of the table is kept, without a gap: whatever precedes it is read from the store. Pure.
"""

from collections import deque
from collections.abc import Sequence
from typing import Final, Generic, Protocol, TypeVar

KEPT_MAX: Final = 1_000


class Numbered(Protocol):
    """Is stored under a number, which only grows."""

    @property
    def seq(self) -> int: ...


T = TypeVar("T", bound=Numbered)


class RecentUpdates(Generic[T]):
    """Holds all rows numbered above `_after`, which are also in the store; each is handed out once."""

    def __init__(self) -> None:
        self._rows: deque[T] = deque()
        self._after: int | None = None
        self._until = 0

    def add(self, rows: Sequence[T]) -> None:
        """Adds rows just stored, by ascending number; a gap before them begins the tail anew."""
        if not rows:
            return
        if self._after is None or rows[0].seq != self._until + 1:
            self._rows.clear()
            self._after = rows[0].seq - 1
        self._rows.extend(rows)
        self._until = rows[-1].seq
        while len(self._rows) > KEPT_MAX:
            self._after = self._rows.popleft().seq

    def take(self, after: int, size: int) -> list[T] | None:
        """Returns up to `size` rows numbered above `after`, once; None where only the store knows them all."""
        if self._after is None or after < self._after:
            return None
        taken: list[T] = []
        while self._rows and len(taken) < size:
            row = self._rows.popleft()
            self._after = row.seq
            if row.seq > after:
                taken.append(row)
        return taken
