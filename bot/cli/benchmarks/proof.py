"""Measures the proof of the books (`moaref bench proof`): in full, and since the last seal with new events.

Each proof runs in a process of its own, as the running bot's does: at a low priority and with rests.
"""

import multiprocessing
import tomllib
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random
from typing import Final

from rich.table import Table

from bot.cli.benchmarks.histories import events_of
from bot.cli.benchmarks.processes import PROGRAMME
from bot.cli.benchmarks.stored_closes import NOON, peak_memory
from bot.cli.benchmarks.timing import seconds
from bot.cli.frame import CommandError
from engine.events.codec import from_json
from engine.events.model import ProgrammeChanged
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.submission import Submission
from engine.verify.pace import Pace, give_way
from engine.verify.proof import FULL_EVERY_MS, prove_books

NEW_EVENTS: Final = 1_000
AT_ONCE: Final = 500
"""How many events are recorded in one transaction: the history is not what is measured."""

_HOUR_MS: Final = 3_600_000


@dataclass(frozen=True, slots=True)
class Proven:
    """Holds one proof: what it was, how many events the journal has, seconds, and the peak memory in bytes (None: not
    reported).
    """

    what: str
    events: int
    seconds: float
    peak: int | None


def measure_proof(folder: Path, events: int, rounds: int, tell: Callable[[str], None]) -> list[Proven]:
    """Returns a proof in full, and then as many since the last seal as there are rounds, each after new events.

    Raises CommandError if the books do not hold.
    """
    path, new = folder / "proof.db", min(NEW_EVENTS, events)
    history = events_of(events + rounds * new, Random(1))  # noqa: S311  the same in every run
    tell("a history")
    _begin(path)
    _record(path, history, events)
    tell("the proof in full")
    proofs = [_measured(path, "in full", NOON)]
    for round_ in range(rounds):
        tell("the proof since the last seal")
        _record(path, history, new)
        what = f"since the last seal, {new:,} new events"
        proofs.append(_measured(path, what, NOON + (round_ + 1) * min(_HOUR_MS, FULL_EVERY_MS // (rounds + 1))))
    return proofs


def _begin(path: Path) -> None:
    with closing(connect(path)) as connection:
        SqliteStore.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        SqliteStore(connection).take(ProgrammeChanged(tomllib.loads(PROGRAMME)), NOON)
        connection.execute("COMMIT")


def _record(path: Path, history: Iterator[dict[str, object]], count: int) -> None:
    """Records the next events of the history; they are a running bot's, but for their number in a transaction."""
    with closing(connect(path)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        store = SqliteStore(connection)
        for begin in range(0, count, AT_ONCE):
            batch = [Submission(from_json(event)) for event in islice(history, min(AT_ONCE, count - begin))]
            connection.execute("BEGIN IMMEDIATE")
            for outcome in store.submit_all(batch, NOON):
                if isinstance(outcome, Exception):
                    raise outcome
            connection.execute("COMMIT")


def _measured(path: Path, what: str, now: int) -> Proven:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as processes:
        found: list[tuple[int, int | None]] = []
        took = seconds(lambda: found.append(processes.submit(_prove, path, now).result()))
    return Proven(what, found[0][0], took, found[0][1])


def _prove(path: Path, now: int) -> tuple[int, int | None]:
    give_way()
    verdict = prove_books(path, None, now, Pace())
    if not verdict.holds:
        raise CommandError("the books are not right", *verdict.problems)
    return verdict.events, peak_memory()


def table_of_proofs(proofs: list[Proven]) -> Table:
    """Returns the table to print."""
    table = Table(title="proofs of the books")
    table.add_column("what", no_wrap=True)
    for name in ("events", "seconds", "peak memory"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in proofs:
        peak = "" if each.peak is None else f"{each.peak / 2**20:,.0f} MiB"
        table.add_row(each.what, f"{each.events:,}", f"{each.seconds:,.2f}", peak)
    return table
