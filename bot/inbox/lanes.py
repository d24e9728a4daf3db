"""Order for each, side by side for all: items wait in lanes, and of each lane one item is out at a time."""

from collections import deque
from collections.abc import Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class Lanes(Generic[K, T]):
    """Items by key. Within a lane they come out in the order in which they went in, lanes take turns."""

    def __init__(self) -> None:
        self._waiting: dict[K, deque[T]] = {}
        self._free: deque[K] = deque()
        self._out: set[K] = set()
        self._size = 0

    def __len__(self) -> int:
        """How many items wait; those that are out are not counted."""
        return self._size

    @property
    def out(self) -> int:
        """How many items are out, which is in how many lanes."""
        return len(self._out)

    def add(self, key: K, item: T) -> None:
        """The item goes to the end of its lane."""
        lane = self._waiting.get(key)
        if lane is None:
            lane = self._waiting[key] = deque()
            if key not in self._out:
                self._free.append(key)
        lane.append(item)
        self._size += 1

    def take(self) -> tuple[K, T] | None:
        """The first item of the lane whose turn it is; None where every lane is empty or has an item out."""
        if not self._free:
            return None
        key = self._free.popleft()
        lane = self._waiting[key]
        item = lane.popleft()
        if not lane:
            del self._waiting[key]
        self._out.add(key)
        self._size -= 1
        return key, item

    def done(self, key: K) -> None:
        """The lane's item is dealt with: its next may come out, when it is its turn again."""
        self._out.remove(key)
        if key in self._waiting:
            self._free.append(key)
