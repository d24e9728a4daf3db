"""Decides which rows of a stored queue are held in memory, so that one person's flood delays no one else. Pure.

Rows are scanned once, in the order of their numbers. Of each key (a person, a chat) at most `room` are taken; the rest
stays in the store and is requested by key when there is room again.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)


class FairShare(Generic[K]):
    """Tracks how far each key is loaded. `held` returns the number of a key's rows in memory."""

    def __init__(self, room: int, held: Callable[[K], int]) -> None:
        self._room = room
        self._held = held
        self._left: dict[K, int] = {}  # keys with rows left in the store, and the number up to which they are loaded
        self.passed = 0
        """Number up to which all rows were taken or left."""

    def __contains__(self, key: K) -> bool:
        """Returns whether rows of the key are left in the store."""
        return key in self._left

    def admits(self, key: K, number: int) -> bool:
        """Returns whether the next row in order is taken; else it is left, with all later ones of its key."""
        self.passed = max(self.passed, number)
        if key in self._left:
            return False
        if self._held(key) >= self._room:
            self._left[key] = number - 1
            return False
        return True

    def leave(self, key: K) -> None:
        """Marks all scanned rows of the key as left in the store."""
        self._left[key] = -1

    def wanted(self) -> list[tuple[K, int, int]]:
        """Returns the keys with room again, the number after which their rows are wanted, and how many.

        Only rows up to `passed` are wanted: later ones will be scanned.
        """
        free = ((key, after, self._room - self._held(key)) for key, after in self._left.items())
        return [(key, after, size) for key, after, size in free if 2 * size >= self._room]

    def loaded(self, key: K, numbers: Sequence[int], size: int) -> None:
        """Records that `size` rows of the key were requested, and that these were found."""
        if len(numbers) < size:
            self._left.pop(key, None)
        else:
            self._left[key] = numbers[-1]
