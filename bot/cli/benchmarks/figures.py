"""Samples of one run and what is said about them: medians, and how they compare to the floor."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured.

    `floor` names the transaction that it is compared to, `at_once` how many worked side by side, `delay_ms` what was
    added to each call of the platform.
    """

    what: str
    floor: str
    at_once: int
    delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """The medians of all rounds, in whole things a second, and the ratio of the first to the second."""

    what: str
    at_once: int
    delay_ms: int
    per_second: float
    floor_per_second: float
    ratio: float
    slowest: float
    fastest: float


class Samples:
    """Things a second, round by round, in the order in which they were first measured."""

    def __init__(self) -> None:
        self._rates: dict[Measured, list[float]] = defaultdict(list)
        self._floors: dict[str, list[float]] = defaultdict(list)

    def add(self, measured: Measured, per_second: float) -> None:
        """One round's rate."""
        self._rates[measured].append(per_second)

    def add_floor(self, name: str, per_second: float) -> None:
        """One round's rate of the bare transaction."""
        self._floors[name].append(per_second)

    def figures(self) -> list[Figure]:
        """A figure for everything that was measured."""
        return [self._figure(measured, rates) for measured, rates in self._rates.items()]

    def _figure(self, measured: Measured, rates: list[float]) -> Figure:
        ours, floor = median(rates), median(self._floors[measured.floor])
        return Figure(
            what=measured.what,
            at_once=measured.at_once,
            delay_ms=measured.delay_ms,
            per_second=round(ours, 1),
            floor_per_second=round(floor, 1),
            ratio=round(ours / floor, 3),
            slowest=round(min(rates), 1),
            fastest=round(max(rates), 1),
        )


def as_json(figures: list[Figure]) -> list[dict[str, Any]]:
    """The figures as plain values."""
    return [asdict(figure) for figure in figures]
