"""Refuses events that would make a sum beyond 64 bits; nothing of them is stored."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import SumOutOfRange
from engine.events.fields import TOTAL_MAX


@contextmanager
def sums_within_the_store() -> Iterator[None]:
    """Converts overflow of the store's numbers to SumOutOfRange: the event is undone and not journaled."""
    try:
        yield
    except OverflowError:
        raise SumOutOfRange(TOTAL_MAX) from None
    except sqlite3.IntegrityError as problem:
        if not str(problem).startswith("cannot store REAL value in INTEGER column"):
            raise
        raise SumOutOfRange(TOTAL_MAX) from None  # the sum was made by a statement, and became inexact


def exact(high: int | None, low: int | None) -> int:
    """Combines a sum that a query made in two halves, of `n >> 32` and of `n & 0xffffffff`: neither leaves 64 bits."""
    return ((high or 0) << 32) + (low or 0)
