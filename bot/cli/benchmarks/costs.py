"""Summarises what each thing costs the bot's process: CPU time, reads, bytes, commits and statements."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median
from typing import Final

from bot.cli.benchmarks.figures import Measured

_SPENT: Final = ("cpu", "reads", "bytes")
_COUNTED: Final = ("commits", "statements")
_MILLISECONDS: Final = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """Holds what one thing costs: CPU time in ms, jobs of the reading threads, bytes written to files, and what the
    store was given.
    """

    what: str
    at_once: int
    cpu_ms: float
    commits: float
    statements: float
    reads: float
    bytes: float


Counts = Mapping[str, float]


class Costs:
    """Collects costs by round; those that are counted apart from the rounds come once."""

    def __init__(self) -> None:
        self._spent: dict[Measured, list[Counts]] = defaultdict(list)
        self._counted: dict[Measured, Counts] = {}

    def add_spent(self, measured: Measured, each: Counts) -> None:
        """Adds a round's costs of each."""
        self._spent[measured].append(each)

    def add_counted(self, measured: Measured, each: Counts) -> None:
        """Adds the commits and statements of each."""
        self._counted[measured] = each

    def figures(self) -> list[Cost]:
        """Returns medians of the rounds, in order of the first."""
        return [self._figure(measured) for measured in self._spent]

    def _figure(self, measured: Measured) -> Cost:
        rounds, counted = self._spent[measured], self._counted[measured]
        spent = {name: median(each[name] for each in rounds) for name in _SPENT}
        return Cost(
            measured.what,
            measured.at_once,
            cpu_ms=round(spent["cpu"] * _MILLISECONDS, 3),
            commits=round(counted["commits"], 2),
            statements=round(counted["statements"], 1),
            reads=round(spent["reads"], 2),
            bytes=round(spent["bytes"]),
        )


def spent(before: Counts, after: Counts, times: int) -> dict[str, float]:
    """Returns the difference of two counts for each of so many things."""
    return {name: (after[name] - before[name]) / times for name in (*_SPENT, *_COUNTED)}
