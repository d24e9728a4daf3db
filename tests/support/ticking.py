"""Defines jobs that only record their runs, a standing clock, and a process that ticks beside another."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.synchronize import Barrier
from pathlib import Path
from random import Random

from bot.kit.calendar_slots import Policy, Schedule
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.runs import Runs
from bot.schedule.scheduler import Failure, Scheduler
from engine.store.reader import Reader
from engine.store.writer import Writer

START = 1_774_090_800_000
"""2026-03-21T11:00:00Z."""
HALF_AN_HOUR = 1_800_000


@dataclass
class StandingClock:
    """Stands still until it is set."""

    time: int = START

    def now(self) -> int:
        return self.time

    def ticks(self) -> int:
        return self.time

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:  # noqa: ARG002  it never passes
        await event.wait()


@dataclass
class Diary:
    """Writes a line for each slot, in the transaction of its run. It fails for the slots in `fails`.

    With `waits_until` (ms, UTC) a slot is not done before then.
    """

    name: str = "diary"
    policy: Policy = "all"
    hours: tuple[int, ...] = (9,)
    zones: tuple[str, ...] = ("UTC",)
    since: int | None = None
    fails: set[str] = field(default_factory=set)
    waits_until: int | None = None
    runs: list[Run] = field(default_factory=list)

    async def schedules(self) -> Sequence[ScheduledJob]:
        return [
            ScheduledJob(f"{self.name} {hour:02}", Schedule("day", zone, hour), self.since)
            for zone in self.zones
            for hour in self.hours
        ]

    async def work(self, run: Run) -> int | None:
        self.runs.append(run)
        if run.slot in self.fails:
            raise LookupError(f"no ink for {run.slot}")

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("INSERT INTO diary VALUES (?, ?)", (run.job, run.slot))

        await run.keep(write, "written")
        return self.waits_until


class Watched(Scheduler):
    """Runs one job; `alarms` are the reported failures."""

    def __init__(self, job: Diary, writer: Writer, reader: Reader, clock: StandingClock, *, seed: int = 1) -> None:
        self.alarms: list[Failure] = []
        super().__init__([job], Runs(writer, reader), clock=clock, random=Random(seed), alarm=self._noted)

    async def _noted(self, failure: Failure) -> None:
        self.alarms.append(failure)


def tick_beside_another(path: Path, rounds: int, barrier: Barrier, seed: int) -> None:
    """Runs a process with so many ticks, each at the same moment as the other process's."""
    asyncio.run(_tick(path, rounds, barrier, seed))


async def _tick(path: Path, rounds: int, barrier: Barrier, seed: int) -> None:
    writer, reader, clock = Writer(path), await Reader.open(path), StandingClock()
    table = Watched(Diary(hours=(0, 6, 12, 18), since=START), writer, reader, clock, seed=seed)
    for number in range(rounds):
        clock.time = START + number * HALF_AN_HOUR
        barrier.wait(60)
        await table.tick()
    barrier.wait(60)
    await reader.close()
    writer.close()
