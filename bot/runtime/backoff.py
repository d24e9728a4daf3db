"""Computes the wait before the next try."""

from random import Random


def back_off(tries: int, *, cap_ms: int, random: Random) -> int:
    """Returns the ms to wait after `tries` failures: 1, 2, 4 ... seconds up to the cap, each cut by up to a half.

    The cut is random, so that clients that failed together do not retry together.
    """
    whole = min(cap_ms, 1000 * 2 ** min(tries - 1, 20))
    return random.randint(whole // 2, whole)
