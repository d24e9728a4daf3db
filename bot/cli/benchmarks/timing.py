"""A stopwatch."""

import time
from collections.abc import Callable
from typing import Final

MICROSECONDS: Final = 1e6
MILLISECONDS: Final = 1e3


def seconds(work: Callable[[], object]) -> float:
    """How long the work takes, once."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
