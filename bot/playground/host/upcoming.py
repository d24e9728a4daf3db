"""Defines what the clock will bring, as the drawer lists it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upcoming:
    """Holds one thing that the clock will bring. `what` is a job's name, or "maturity"; `at` is milliseconds UTC.

    `count` and `amount` (minor units) are those of the commissions that mature; 0 for jobs.
    """

    what: str
    at: int
    count: int = 0
    amount: int = 0
