"""Order for each, side by side for all: items wait in lanes, and of each lane one item is out at a time."""

from collections import deque
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from bot.runtime.rate_limit import TokenBucket

BUCKETS_KEPT: Final = 1_000
"""From so many on those that are full are forgotten."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class KeyedQueue(Generic[K, T]):
    """Items by key. Within a lane they come out in the order in which they went in, lanes take turns.

    With a `bucket` for each lane, those whose bucket is empty come behind all others. `ticks` are ms of a steady clock.
    """

    def __init__(self, bucket: Callable[[], TokenBucket] | None = None, ticks: Callable[[], int] = lambda: 0) -> None:
        self._new_bucket = bucket
        self._ticks = ticks
        self._buckets: dict[K, TokenBucket] = {}
        self._buckets_kept = BUCKETS_KEPT
        self._waiting: dict[K, deque[T]] = {}
        self._free: deque[K] = deque()
        self._late: deque[K] = deque()  # free as well, and over their pace
        self._out: set[K] = set()
        self._size = 0

    def __len__(self) -> int:
        """How many items wait; those that are out are not counted."""
        return self._size

    def count(self, key: K) -> int:
        """How many items of the lane wait."""
        return len(self._waiting.get(key, ()))

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
                self._line_up(key)
        lane.append(item)
        self._size += 1

    def take(self) -> tuple[K, T] | None:
        """The first item of the lane whose turn it is; None where every lane is empty or has an item out."""
        self._look_at_late()
        if not self._free and not self._late:
            return None
        key = self._free.popleft() if self._free else self._late.popleft()
        if (bucket := self._buckets.get(key)) is not None:
            bucket.take(self._ticks())
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
            self._line_up(key)

    def _line_up(self, key: K) -> None:
        if self._new_bucket is None:
            self._free.append(key)
            return
        bucket = self._buckets.get(key)
        if bucket is None:
            self._forget_full_buckets()
            bucket = self._buckets[key] = self._new_bucket()
        (self._late if bucket.wait(self._ticks()) else self._free).append(key)

    def _look_at_late(self) -> None:
        """Whoever was over their pace the longest may be within it again."""
        while self._late and not self._buckets[self._late[0]].wait(self._ticks()):
            self._free.append(self._late.popleft())

    def _forget_full_buckets(self) -> None:
        """Now and then: what a full bucket says a new one says, too."""
        if len(self._buckets) < self._buckets_kept:
            return
        ticks = self._ticks()
        busy = self._waiting.keys() | self._out
        self._buckets = {
            key: bucket for key, bucket in self._buckets.items() if key in busy or bucket.full_at(ticks) > ticks
        }
        self._buckets_kept = max(BUCKETS_KEPT, 2 * len(self._buckets))
