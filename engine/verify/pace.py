"""Keeps a proof out of the way of whoever shares the machine: at a low priority, and in slices with rests."""

import os
import time
from contextlib import suppress
from typing import Final

NICENESS: Final = 5
"""Behind the bot, but not at a standstill on a busy machine: after a start, payouts wait for the first proof."""

WORK_S: Final = 0.002
REST_S: Final = 0.001
INSTRUCTIONS: Final = 1_000
"""How many instructions SQLite executes between two calls of its progress handler."""


def at_full_speed() -> None:
    """Does not rest."""


class Pace:
    """Rests after each slice of work, whenever it is called; it may also be SQLite's progress handler."""

    def __init__(self, *, work_s: float = WORK_S, rest_s: float = REST_S) -> None:
        self._work_s, self._rest_s = work_s, rest_s
        self._until = 0.0

    def __call__(self) -> None:
        """Rests if a slice is over."""
        if time.monotonic() > self._until:
            time.sleep(self._rest_s)
            self._until = time.monotonic() + self._work_s


def give_way() -> None:
    """Lowers the priority of this process; Linux derives that of its input and output from it."""
    with suppress(OSError):
        os.nice(NICENESS)
