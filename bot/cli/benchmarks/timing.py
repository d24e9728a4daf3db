"""Measures durations."""

import time
from collections.abc import Callable
from typing import Final

MICROSECONDS: Final = 1e6
MILLISECONDS: Final = 1e3


def seconds(work: Callable[[], object]) -> float:
    """Returns the seconds that one call of the work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
