"""Measures replay through the memory store: joins, attributes, orders and refunds, against reading the lines."""

import json
import tomllib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.processes import PROGRAMME
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.timing import MICROSECONDS, seconds
from engine.programme.model import Programme
from engine.replay import run_history
from engine.store.memory import MemoryStore

REPLAY: Final = Against("replay", "memory store, three levels", "µs a line", "reading its JSON and time")
_BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


def measure_replay(scale: EngineScale, comparisons: Comparisons) -> None:
    """Runs all rounds; the floor and a replay into a fresh store alternate."""
    lines = history(scale.lines, Random(1))  # noqa: S311  the same history in every run
    programme = Programme.from_tables(tomllib.loads(PROGRAMME))
    for _ in range(scale.rounds):
        floor = seconds(lambda: _read(lines))
        store = MemoryStore(
            programme
        )  # is kept until the time is taken: to forget a history is no part of replaying it
        ours = seconds(lambda: run_history(lines, store))  # noqa: B023  called at once
        comparisons.add(REPLAY, ours / len(lines) * MICROSECONDS, floor / len(lines) * MICROSECONDS)


def history(length: int, random: Random) -> list[bytes]:
    """Returns a history, one event a second: of 100 lines 10 joins, 10 attributes, 77 orders, 3 complete refunds."""
    return [
        json.dumps({"at": f"{_BEGIN + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}"} | event).encode() + b"\n"
        for second, event in enumerate(events_of(length, random))
    ]


def events_of(length: int, random: Random) -> Iterator[dict[str, Any]]:
    """Yields a history's events without their times."""
    members, buyers, unrefunded = ["m0"], ["m0"], list[str]()
    yield {"type": "join", "member": "m0"}
    for place in range(1, length):
        of_a_hundred = place % 100
        if of_a_hundred % 10 == 0:
            yield {"type": "join", "member": f"m{place}", "sponsor": random.choice(members)}
            members.append(f"m{place}")
        elif of_a_hundred % 10 == 1:
            yield {"type": "attribute", "person": f"p{place}", "referrer": random.choice(members)}
            buyers.append(f"p{place}")
        elif of_a_hundred in (25, 55, 85) and unrefunded:
            yield {"type": "refund", "order": unrefunded.pop(random.randrange(len(unrefunded)))}
        else:
            amount = random.randrange(1_000, 100_000)
            line = {"product": "phone", "amount": amount}
            yield {"type": "order", "order": f"o{place}", "buyer": random.choice(buyers), "lines": [line]}
            unrefunded.append(f"o{place}")


def _read(lines: list[bytes]) -> None:
    for line in lines:
        datetime.fromisoformat(json.loads(line)["at"])
