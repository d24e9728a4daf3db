"""Limits rates: a token bucket and a window of calls in flight, pure functions of a steady clock in milliseconds."""

from collections import deque

_MICROSECONDS_PER_MS = 1000
_SECOND_MS = 1000
_ANSWERS_REMEMBERED = 1000
_ANSWERS_NEEDED = 30


class TokenBucket:
    """Lets `burst` through at once and then `per_second` a second (the generic cell rate algorithm).

    It remembers one moment, when the bucket will be full again, so a bucket for each chat costs nothing to keep.
    """

    __slots__ = ("_full_at_us", "_interval_us", "_slack_us")

    def __init__(self, per_second: float, burst: int) -> None:
        if per_second <= 0 or burst < 1:
            raise ValueError("a bucket lets something through")
        self._interval_us = round(1_000_000 / per_second)
        self._slack_us = self._interval_us * (burst - 1)
        self._full_at_us: int | None = None

    def wait(self, ticks: int) -> int:
        """Milliseconds until the next one may go; 0 when it may go now."""
        if self._full_at_us is None:
            return 0
        early_us = self._full_at_us - self._slack_us - ticks * _MICROSECONDS_PER_MS
        return max(0, -(-early_us // _MICROSECONDS_PER_MS))

    def take(self, ticks: int) -> None:
        """One goes now."""
        now_us = ticks * _MICROSECONDS_PER_MS
        self._full_at_us = max(now_us, self._full_at_us or now_us) + self._interval_us

    def full_at(self, ticks: int) -> int:
        """When it says no more than a new bucket would, and may be forgotten: `ticks` or later."""
        return max(ticks, -(-(self._full_at_us or 0) // _MICROSECONDS_PER_MS))


class InFlightWindow:
    """At most `limit` calls in any second of whoever counts their arrivals at the other end.

    When a call arrived is not known here: it was after it left and before its answer came back. So each is counted
    from its leaving to a second after its answer, less what the quickest of the last ones took there and back, which
    is the road and no jitter. Calls that the road has bunched together are thus not too many in one second.
    """

    __slots__ = ("_arrived", "_limit", "_on_their_way", "_took")

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError("a window lets something through")
        self._limit = limit
        self._on_their_way = 0
        self._arrived: deque[int] = deque()  # by when each of those answered had arrived
        self._took: deque[int] = deque(maxlen=_ANSWERS_REMEMBERED)

    def wait(self, ticks: int) -> int | None:
        """Milliseconds until the next may leave, 0 when it may now; None when only an answer can tell."""
        while self._arrived and self._arrived[0] <= ticks - _SECOND_MS:
            self._arrived.popleft()
        too_many = self._on_their_way + len(self._arrived) - self._limit + 1
        if too_many <= 0:
            return 0
        return None if too_many > len(self._arrived) else self._arrived[too_many - 1] + _SECOND_MS - ticks

    def leave(self) -> None:
        """One goes now."""
        self._on_their_way += 1

    def come_back(self, left_at: int, ticks: int) -> None:
        """Its answer is here, or there will be none."""
        self._on_their_way -= 1
        self._took.append(ticks - left_at)
        road = max(0, min(self._took) - 1) if len(self._took) >= _ANSWERS_NEEDED else 0
        arrived = ticks + 1 - road  # ticks are whole: it may be almost one later, and the road as much shorter
        if self._arrived and arrived < self._arrived[-1]:  # keeps them in order; later is the safe side
            arrived = self._arrived[-1]
        self._arrived.append(arrived)
