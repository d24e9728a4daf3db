"""The close of one period on the memory store, against reading its numbers once."""

import sys
import tomllib
from array import array
from collections.abc import Callable, Sequence
from random import Random
from typing import Final

from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.placing import SPONSORS
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MILLISECONDS, seconds
from engine.draft import Draft
from engine.events import Event, Join, Line, Order
from engine.facts import Decision
from engine.programme import DAY_MS, Programme
from engine.rules.closing import close_periods
from engine.rules.settling import settle
from engine.store.memory import MemoryStore

PROGRAMME: Final = """[program]
currency = "IRT"

[plan]
kind = "binary"
spill = "weaker"

[plan.pairing]
period = "day"
rate = "10%"

[[ranks]]
id = "base"
commission = "20%"
"""
NOON: Final = 20_454 * DAY_MS + DAY_MS // 2
"""Milliseconds UTC, on the first of January 2026: everything happens within the quarter of an hour that follows."""


def closed(size: int, sponsors: str) -> Against:
    """Volumes, pairing and what is carried on; nothing is written."""
    return Against(f"close of {size:,} members and orders", sponsors, "ms", "summing three arrays as long")


def measure_closes(scale: EngineScale, comparisons: Comparisons, tell: Callable[[str], None]) -> None:
    """All rounds in a network of random sponsors and in a chain; the floor and the close take turns."""
    numbers = [array("q", range(scale.closed)) for _ in range(3)]
    for sponsors in ("random sponsors", "chain"):
        tell(f"close, {sponsors}")
        _measure(traded(scale.closed, sponsors), numbers, closed(scale.closed, sponsors), scale.rounds, comparisons)


def _measure(
    store: MemoryStore, numbers: Sequence[Sequence[int]], against: Against, rounds: int, comparisons: Comparisons
) -> None:
    """One store, which nobody holds afterwards: two at a time would double the peak."""
    for _ in range(rounds):
        floor = seconds(lambda: [sum(each) for each in numbers])
        ours = seconds(lambda: close(store))
        comparisons.add(against, ours * MILLISECONDS, floor * MILLISECONDS)


def traded(size: int, sponsors: str) -> MemoryStore:
    """So many members, and as many orders of theirs since; no period has ended yet."""
    store = MemoryStore(Programme.from_tables(tomllib.loads(PROGRAMME)))
    random = Random(1)  # noqa: S311  the same history in every run
    sponsor_of = SPONSORS[sponsors]

    def take(event: Event) -> None:
        refusal = store.take(event, NOON).refusal
        if refusal is not None:
            raise refusal

    for number in range(size):
        take(Join(f"m{number}", f"m{sponsor_of(number, random)}" if number else None))
    for number in range(size):
        lines = (Line("shoes", random.randrange(1_000, 100_000)),)
        take(Order(f"o{number}", f"m{random.randrange(size)}", lines))
    return store


def close(store: MemoryStore) -> Decision:
    """What the end of the day decides; the store stays as it is."""
    assert store.programme is not None
    draft = Draft(store, store.programme, NOON + DAY_MS)
    close_periods(draft, settle)
    return draft.decision


def peak_memory() -> int | None:
    """The most memory that this process has held, in bytes; None where the system does not tell."""
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
