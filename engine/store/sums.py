"""Sums beyond 64 bits: an event that would make one is refused by name, and nothing of it is kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import SumOutOfRange
from engine.events.fields import TOTAL_MAX


@contextmanager
def sums_within_the_store() -> Iterator[None]:
    """What a number that the store cannot hold raises, as SumOutOfRange: its event is undone and not journaled."""
    try:
        yield
    except OverflowError:
        raise SumOutOfRange(TOTAL_MAX) from None
    except sqlite3.IntegrityError as problem:
        if not str(problem).startswith("cannot store REAL value in INTEGER column"):
            raise
        raise SumOutOfRange(TOTAL_MAX) from None  # the sum was made by a statement, and became inexact


def exact(high: int | None, low: int | None) -> int:
    """A sum that a query has made in two halves, of `n >> 32` and of `n & 0xffffffff`: none of them leaves 64 bits."""
    return ((high or 0) << 32) + (low or 0)
