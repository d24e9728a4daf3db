"""Which rows of a queue in the store are held in memory, so that the many of one person keep out nobody else's. Pure.

Rows are passed over once, in the order of their numbers. Of each key (a person, a chat) at most `room` are taken; what
is left in the store is asked for by its key when there is room again.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class FairShare(Generic[K]):
    """How far each key is loaded. `held` says how many rows of a key are in memory."""

    def __init__(self, room: int, held: Callable[[K], int]) -> None:
        self._room = room
        self._held = held
        self._left: dict[K, int] = {}  # keys with rows left in the store, and up to which number theirs are loaded
        self.passed = 0
        """Up to which number all rows were taken or left."""

    def __contains__(self, key: K) -> bool:
        """Whether rows of the key are left in the store."""
        return key in self._left

    def admits(self, key: K, number: int) -> bool:
        """Whether the next row in order is taken; else it is left, with all later ones of its key."""
        self.passed = max(self.passed, number)
        if key in self._left:
            return False
        if self._held(key) >= self._room:
            self._left[key] = number - 1
            return False
        return True

    def leave(self, key: K) -> None:
        """All of the key's rows that have been passed are to be asked for."""
        self._left[key] = -1

    def wanted(self) -> list[tuple[K, int, int]]:
        """Keys that have room again, after which number their rows are wanted, and how many of them.

        What is wanted are rows up to `passed`: those behind it are still to come.
        """
        free = ((key, after, self._room - self._held(key)) for key, after in self._left.items())
        return [(key, after, size) for key, after, size in free if 2 * size >= self._room]

    def loaded(self, key: K, numbers: Sequence[int], size: int) -> None:
        """So many rows of the key were wanted, and these were there."""
        if len(numbers) < size:
            self._left.pop(key, None)
        else:
            self._left[key] = numbers[-1]
