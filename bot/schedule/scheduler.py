"""Runs jobs on time: checks the clock, claims due slots, and records the results."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from random import Random
from typing import Final

from bot.kit.calendar_slots import Slot
from bot.runtime.backoff import back_off
from bot.runtime.clock import Clock
from bot.runtime.ticker import Recurring
from bot.schedule.job import Job, Run, ScheduledJob
from bot.schedule.runs import LEASE_MS, PAUSE_MAX_MS, ClaimedRun, ClaimLost, RunRecord, Runs, is_due
from engine.events.codec import iso_time
from engine.store.driver import Connection, DriverError

TICK_MS: Final = 30_000
BY_HAND: Final = "by hand"
"""The label of a run outside the schedule, after its job's name."""

_FIRST_PAUSE_TRIES: Final = 5  # 2**5 seconds: about the pause between two ticks

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Failure:
    """Reports a failed job, whichever of its schedules. `at` is now, ms UTC."""

    job: str
    slot: str
    problem: str
    at: int


Alarm = Callable[[Failure], Awaitable[None]]


class Scheduler:
    """Runs the jobs by the table of their runs. Any number of processes may tick on one store."""

    def __init__(self, jobs: Sequence[Job], runs: Runs, *, clock: Clock, random: Random, alarm: Alarm) -> None:
        """Builds it; `random` makes the tokens of claims, and the pauses after failures."""
        self.jobs = {job.name: job for job in jobs}
        self._runs = runs
        self._clock = clock
        self._random = random
        self._alarm = alarm

    def recurring(self) -> Recurring:
        """Returns the tick as recurring work."""

        async def work() -> None:
            await self.tick()

        return Recurring("the timetable", TICK_MS, work)

    async def tick(self) -> int:
        """Runs everything due that no other process has claimed; returns the number of slots."""
        now = self._clock.now()
        lasts, unfinished = await self._runs.lasts(now), await self._runs.open_jobs(now)
        count = 0
        for job in self.jobs.values():
            for scheduled in await self._schedules(job):
                try:
                    if scheduled.job in unfinished or is_due(scheduled, lasts.get(scheduled.job), self._clock.now()):
                        count += await self._see_to(job, scheduled)
                except DriverError:  # the store is unavailable: they all wait until it is back
                    raise
                except Exception:  # noqa: BLE001  one schedule, such as in an unknown zone, must not stop others
                    _log.exception("job %s: computing its slots failed", scheduled.job)
        return count

    async def _schedules(self, job: Job) -> Sequence[ScheduledJob]:
        try:
            return await job.schedules()
        except DriverError:
            raise
        except Exception:  # noqa: BLE001  one job must not stop the others
            _log.exception("job %s: reading its schedules failed", job.name)
            return []

    async def _see_to(self, job: Job, scheduled: ScheduledJob) -> int:
        """Runs all due slots of a schedule one after the other, until one fails."""
        count = 0
        while (claimed := await self._runs.take(scheduled, job.policy, self._token(), self._clock.now())) is not None:
            count += 1
            if not await self._attempt(job, scheduled, claimed):
                break
        return count

    async def _attempt(self, job: Job, scheduled: ScheduledJob, claimed: ClaimedRun) -> bool:
        try:
            go_on_at = await self._renewing(claimed, job.work(self._run_of(claimed, scheduled)))
            if go_on_at is not None:
                await self._runs.postpone(claimed, go_on_at, self._clock.now())
                return False
            await self._runs.finish(claimed, self._clock.now())
        except ClaimLost:
            _log.warning("job %s, slot %s: taken over by another process", claimed.job, claimed.slot.label)
            return False
        except Exception as problem:  # noqa: BLE001  one job must not stop the others
            _log.exception("job %s, slot %s: failed; retrying", claimed.job, claimed.slot.label)
            await self._fail(job, claimed, f"{type(problem).__name__}: {problem}")
            return False
        _log.info("job %s, slot %s: done", claimed.job, claimed.slot.label)
        return True

    async def _fail(self, job: Job, claimed: ClaimedRun, problem: str) -> None:
        now = self._clock.now()
        pause = back_off(claimed.tries + _FIRST_PAUSE_TRIES, cap_ms=PAUSE_MAX_MS, random=self._random)
        try:
            await self._runs.fail(claimed, problem, now + pause, now)
            await self._alarm(Failure(job.name, claimed.slot.label, problem, now))
        except ClaimLost:
            _log.warning("job %s, slot %s: taken over by another process", claimed.job, claimed.slot.label)

    async def records(self) -> list[RunRecord]:
        """Returns the jobs' histories."""
        return await self._runs.overview(self._clock.now())

    async def run_by_hand(self, name: str, *, force: bool) -> str:
        """Runs a job now, outside the schedule; returns the run's slot. Raises KeyError, and the job's exceptions."""
        job, now = self.jobs[name], self._clock.now()
        claimed = await self._runs.take_by_hand(f"{name} {BY_HAND}", Slot(iso_time(now), now), self._token())
        try:
            await self._renewing(claimed, job.work(self._run_of(claimed, None, force=force)))
        except Exception as problem:
            now = self._clock.now()
            await self._runs.fail(claimed, f"{type(problem).__name__}: {problem}", now, now)
            raise
        await self._runs.finish(claimed, self._clock.now())
        return claimed.slot.label

    async def _renewing(self, claimed: ClaimedRun, work: Awaitable[int | None]) -> int | None:
        """Returns the work's result, renewing its claim in parallel however long it takes."""

        async def renew() -> None:
            with suppress(ClaimLost, DriverError):  # the work's own next step will raise it
                while True:
                    await self._clock.wait(asyncio.Event(), LEASE_MS // 4)
                    await self._runs.renew(claimed, self._clock.now())

        renewing = asyncio.create_task(renew())
        try:
            return await work
        finally:
            renewing.cancel()

    def _run_of(self, claimed: ClaimedRun, scheduled: ScheduledJob | None, *, force: bool = False) -> Run:
        async def keep(write: Callable[[Connection], None], cursor: str) -> None:
            await self._runs.keep(claimed, write, cursor, self._clock.now())

        return Run(claimed.job, claimed.slot.label, claimed.slot.at, scheduled, claimed.cursor, keep, force)

    def _token(self) -> str:
        return f"{self._random.getrandbits(64):016x}"
