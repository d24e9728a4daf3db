"""How fast, and how soon again: token buckets and back-off, pure functions of a steady clock in milliseconds."""

from random import Random

_MICROSECONDS_PER_MS = 1000


class Bucket:
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


def back_off(tries: int, *, cap_ms: int, random: Random) -> int:
    """Milliseconds to wait after `tries` failures: 1, 2, 4 ... seconds up to the cap, each cut by up to a half.

    The cut is by chance, so that those who failed together do not come back together.
    """
    whole = min(cap_ms, 1000 * 2 ** min(tries - 1, 20))
    return random.randint(whole // 2, whole)
