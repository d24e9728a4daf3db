"""Summarises the samples of one run: medians, and their ratio to the floor."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


@dataclass(frozen=True, slots=True)
class Measured:
    """Holds what was measured: concurrency, and the delay added to each call of the server."""

    what: str
    at_once: int
    delay_ms: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """Holds medians of all rounds: rate a second, the floor's, and the ratio of both in each round.

    `then` is the ratio in the last release, None where it is not known.
    """

    what: str
    at_once: int
    delay_ms: int
    per_second: float
    floor_per_second: float
    ratio: float
    slowest: float
    fastest: float
    then: float | None = None


class Samples:
    """Collects rates a second by round, each beside its round's floor: other load on the machine affects both."""

    def __init__(self) -> None:
        self._rates: dict[Measured, list[tuple[float, float]]] = defaultdict(list)

    def add(self, measured: Measured, per_second: float, floor_per_second: float) -> None:
        """Adds one round's rate, and that of the bare transaction just before it."""
        self._rates[measured].append((per_second, floor_per_second))

    def figures(self) -> list[Figure]:
        """Returns a figure for each measurement, in order of the first."""
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
    """Holds a part of the measurements, its case, the unit of both numbers, and the floor's description."""

    part: str
    what: str
    unit: str
    floor_is: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Holds medians of all rounds, measured and floor in the same unit, and of each round's ratio.

    `then` is the ratio in the last release, None where it is not known.
    """

    part: str
    what: str
    unit: str
    floor_is: str
    ours: float
    floor: float
    ratio: float
    lowest: float
    highest: float
    then: float | None = None


class Comparisons:
    """Collects two numbers a round, the second of which is the round's floor."""

    def __init__(self) -> None:
        self._pairs: dict[Against, list[tuple[float, float]]] = defaultdict(list)

    def add(self, against: Against, ours: float, floor: float) -> None:
        """Adds one round."""
        self._pairs[against].append((ours, floor))

    def figures(self) -> list[Comparison]:
        """Returns a figure for each measurement, in order of the first."""
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


def as_json(figures: Sequence["DataclassInstance"]) -> list[dict[str, Any]]:
    """Returns the figures as plain values."""
    return [asdict(figure) for figure in figures]
