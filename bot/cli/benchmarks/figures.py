"""Samples of one run and what is said about them: medians, and how they compare to the floor."""

from collections import defaultdict
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured: how many worked side by side, and what was added to each call of the platform."""

    what: str
    at_once: int
    delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """The medians of all rounds: things a second, the floor's, and the ratio of the one to the other in each round."""

    what: str
    at_once: int
    delay_ms: int
    per_second: float
    floor_per_second: float
    ratio: float
    slowest: float
    fastest: float


class Samples:
    """Things a second, round by round, each beside the floor of its own round: what else the machine does hits both."""

    def __init__(self) -> None:
        self._rates: dict[Measured, list[tuple[float, float]]] = defaultdict(list)

    def add(self, measured: Measured, per_second: float, floor_per_second: float) -> None:
        """One round's rate, and that of the bare transaction just before it."""
        self._rates[measured].append((per_second, floor_per_second))

    def figures(self) -> list[Figure]:
        """A figure for everything, in the order in which it was first measured."""
        return [_figure(measured, rates) for measured, rates in self._rates.items()]


def _figure(measured: Measured, rates: list[tuple[float, float]]) -> Figure:
    ours = [rate for rate, _ in rates]
    return Figure(
        what=measured.what,
        at_once=measured.at_once,
        delay_ms=measured.delay_ms,
        per_second=round(median(ours), 1),
        floor_per_second=round(median(floor for _, floor in rates), 1),
        ratio=round(median(rate / floor for rate, floor in rates), 3),
        slowest=round(min(ours), 1),
        fastest=round(max(ours), 1),
    )


def as_json(figures: list[Figure]) -> list[dict[str, Any]]:
    """The figures as plain values."""
    return [asdict(figure) for figure in figures]
