"""Limits rates: a token bucket and a window of calls in flight, pure functions of a monotonic clock in milliseconds."""

from collections import deque

_MICROSECONDS_PER_MS = 1000
_SECOND_MS = 1000
_ANSWERS_REMEMBERED = 1000
_ANSWERS_NEEDED = 30


class TokenBucket:
    """Allows a burst of `burst` and then `per_second` a second (the generic cell rate algorithm).

    It stores one moment, at which the bucket is full again, so a bucket for each chat is cheap.
    """

    __slots__ = ("_full_at_us", "_interval_us", "_slack_us")

    def __init__(self, per_second: float, burst: int) -> None:
        if per_second <= 0 or burst < 1:
            raise ValueError("a bucket's rate and burst must be positive")
        self._interval_us = round(1_000_000 / per_second)
        self._slack_us = self._interval_us * (burst - 1)
        self._full_at_us: int | None = None

    def wait(self, ticks: int) -> int:
        """Returns the ms until the next one may go; 0 when it may go now."""
        if self._full_at_us is None:
            return 0
        early_us = self._full_at_us - self._slack_us - ticks * _MICROSECONDS_PER_MS
        return max(0, -(-early_us // _MICROSECONDS_PER_MS))

    def take(self, ticks: int) -> None:
        """Takes one token."""
        now_us = ticks * _MICROSECONDS_PER_MS
        self._full_at_us = max(now_us, self._full_at_us or now_us) + self._interval_us

    def full_at(self, ticks: int) -> int:
        """Returns the ticks at which the bucket equals a new one and may be dropped: `ticks` or later."""
        return max(ticks, -(-(self._full_at_us or 0) // _MICROSECONDS_PER_MS))


class InFlightWindow:
    """Limits the calls that arrive in any second at the receiver to `limit`.

    The arrival time of a call is unknown: it lies between its departure and its answer. So each call counts from its
    departure to a second after its answer, less the round trip of the quickest recent call, which is pure latency
    without jitter. Calls that the network bunches together thus do not exceed the limit.
    """

    __slots__ = ("_arrived", "_limit", "_on_their_way", "_took")

    def __init__(self, limit: int) -> None:
        if limit < 1:
            raise ValueError("a window's limit must be positive")
        self._limit = limit
        self._on_their_way = 0
        self._arrived: deque[int] = deque()  # latest possible arrival of each answered call
        self._took: deque[int] = deque(maxlen=_ANSWERS_REMEMBERED)

    def wait(self, ticks: int) -> int | None:
        """Returns the ms until the next may leave, 0 when it may now; None when that depends on an answer."""
        while self._arrived and self._arrived[0] <= ticks - _SECOND_MS:
            self._arrived.popleft()
        too_many = self._on_their_way + len(self._arrived) - self._limit + 1
        if too_many <= 0:
            return 0
        return None if too_many > len(self._arrived) else self._arrived[too_many - 1] + _SECOND_MS - ticks

    def leave(self) -> None:
        """Records a departure."""
        self._on_their_way += 1

    def come_back(self, left_at: int, ticks: int) -> None:
        """Records the answer to a call, or that there will be none."""
        self._on_their_way -= 1
        self._took.append(ticks - left_at)
        road = max(0, min(self._took) - 1) if len(self._took) >= _ANSWERS_NEEDED else 0
        arrived = ticks + 1 - road  # ticks are whole: it may be almost one later, and the latency as much shorter
        if self._arrived and arrived < self._arrived[-1]:  # keeps them in order; later is the safe side
            arrived = self._arrived[-1]
        self._arrived.append(arrived)
