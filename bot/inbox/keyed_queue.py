"""Defines a queue that keeps each key's order and serves the keys concurrently: one item of a key is out at a time."""

from collections import deque
from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

from bot.runtime.rate_limit import TokenBucket

BUCKETS_KEPT: Final = 1_000
"""Number of buckets from which full ones are dropped."""

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class KeyedQueue(Generic[K, T]):
    """Queues items by key. Items of one key leave in order; the keys take turns.

    With a `bucket` for each key, keys with an empty bucket are served after all others. `ticks` are ms of a monotonic
    clock.
    """

    def __init__(self, bucket: Callable[[], TokenBucket] | None = None, ticks: Callable[[], int] = lambda: 0) -> None:
        self._new_bucket = bucket
        self._ticks = ticks
        self._buckets: dict[K, TokenBucket] = {}
        self._buckets_kept = BUCKETS_KEPT
        self._waiting: dict[K, deque[T]] = {}
        self._free: deque[K] = deque()
        self._late: deque[K] = deque()  # ready as well, but over their rate
        self._out: set[K] = set()
        self._size = 0

    def __len__(self) -> int:
        """Returns the number of waiting items, without those that are out."""
        return self._size

    def count(self, key: K) -> int:
        """Returns the number of waiting items of the key."""
        return len(self._waiting.get(key, ()))

    @property
    def out(self) -> int:
        """Returns the number of items that are out, which is the number of busy keys."""
        return len(self._out)

    def add(self, key: K, item: T) -> None:
        """Appends the item to its key's items."""
        lane = self._waiting.get(key)
        if lane is None:
            lane = self._waiting[key] = deque()
            if key not in self._out:
                self._line_up(key)
        lane.append(item)
        self._size += 1

    def take(self) -> tuple[K, T] | None:
        """Takes the first item of the next key in turn; None where every key is empty or has an item out."""
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
        """Releases the key after its item was handled, so that its next item can be taken in turn."""
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
        """Moves the key that has been over its rate longest back into the turns, where its bucket has refilled."""
        while self._late and not self._buckets[self._late[0]].wait(self._ticks()):
            self._free.append(self._late.popleft())

    def _forget_full_buckets(self) -> None:
        """Drops full buckets now and then: a new bucket is equivalent."""
        if len(self._buckets) < self._buckets_kept:
            return
        ticks = self._ticks()
        busy = self._waiting.keys() | self._out
        self._buckets = {
            key: bucket for key, bucket in self._buckets.items() if key in busy or bucket.full_at(ticks) > ticks
        }
        self._buckets_kept = max(BUCKETS_KEPT, 2 * len(self._buckets))
