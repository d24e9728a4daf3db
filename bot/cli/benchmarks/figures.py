"""Samples of one run and what is said about them: medians, and how they compare to the floor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any, NamedTuple


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


class Against(NamedTuple):
    """A part of the measurements, what was measured there, the unit of both numbers, and what the floor is."""

    part: str
    what: str
    unit: str
    floor_is: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The medians of all rounds, ours and the floor's in the same unit, and that of each round's ratio."""

    part: str
    what: str
    unit: str
    floor_is: str
    ours: float
    floor: float
    ratio: float
    lowest: float
    highest: float


class Comparisons:
    """Two numbers a round, of which the second is the floor's of the same round."""

    def __init__(self) -> None:
        self._pairs: dict[Against, list[tuple[float, float]]] = defaultdict(list)

    def add(self, against: Against, ours: float, floor: float) -> None:
        """One round."""
        self._pairs[against].append((ours, floor))

    def figures(self) -> list[Comparison]:
        """A figure for everything, in the order in which it was first measured."""
        return [_comparison(against, pairs) for against, pairs in self._pairs.items()]


def _comparison(against: Against, pairs: list[tuple[float, float]]) -> Comparison:
    ours = [mine for mine, _ in pairs]
    return Comparison(
        *against,
        ours=round(median(ours), 3),
        floor=round(median(floor for _, floor in pairs), 3),
        ratio=round(median(mine / floor for mine, floor in pairs), 3),
        lowest=round(min(ours), 3),
        highest=round(max(ours), 3),
    )


def as_json(figures: Sequence[Figure | Comparison]) -> list[dict[str, Any]]:
    """The figures as plain values."""
    return [asdict(figure) for figure in figures]
