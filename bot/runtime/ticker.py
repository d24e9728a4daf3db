"""Runs what recurs: APScheduler is the tick, and the handed-in clock says when its time has been missed."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.runtime.clock import Clock
from bot.runtime.outage_log import OutageLog
from engine.store.driver import DriverError

LOOK_MS: Final = 1_000
"""Interval at which the handed-in clock is asked, and how late a run may be before it is brought forward."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Recurring:
    """Holds work that recurs every so many ms, for the first time `first_ms` after the start.

    name: its name in the log. work: returns the pause after it in ms where that is another than `every_ms`. retry_ms:
    the pause after a failure, None for `every_ms`. passing: errors that are logged once in each outage, without a
    traceback.
    """

    name: str
    every_ms: int
    work: Callable[[], Awaitable[int | None]]
    retry_ms: int | None = None
    first_ms: int = 0
    passing: tuple[type[Exception], ...] = (DriverError,)


class _EveryFromNow(IntervalTrigger):  # type: ignore[misc]  # the library has no types
    """Counts each interval from now. The library's own walks through every run that was missed, one by one.

    A computer's clock that is set ahead by years would keep the loop busy for minutes with those of a single second.
    """

    def get_next_fire_time(self, _previous: datetime | None, now: datetime) -> datetime:
        return now + timedelta(seconds=self.interval_length)


@dataclass(slots=True, eq=False)
class _State:
    """Holds when the work is due, in ticks of the handed-in clock, and the task that does it now."""

    recurring: Recurring
    outage: OutageLog
    due: int
    task: asyncio.Task[object] | None = field(default=None)


class Ticker:
    """Runs recurring work until cancelled: each at most once at a time, and missed runs as one.

    APScheduler goes by the computer's clock. Where that is set back, or the handed-in clock is moved ahead, work would
    wait too long; so what is late by the handed-in clock is brought forward.
    """

    def __init__(self, clock: Clock, recurring: Iterable[Recurring]) -> None:
        self._clock = clock
        self._states = [_State(each, OutageLog(_log, each.name, level=logging.ERROR), 0) for each in recurring]
        self._scheduler = AsyncIOScheduler(
            timezone=UTC, job_defaults={"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        )

    async def run(self) -> None:
        """Runs until cancelled; work that is under way is then cancelled and awaited."""
        for each in self._states:
            self._add(each)
        self._scheduler.start()
        try:
            while True:
                await self._clock.wait(asyncio.Event(), LOOK_MS)
                self._bring_forward()
        finally:
            under_way = [each.task for each in self._states if each.task is not None]
            self._scheduler.shutdown()
            await asyncio.sleep(0)  # the library shuts down, and cancels, in the loop's next turn
            await asyncio.gather(*under_way, return_exceptions=True)

    def _add(self, each: _State) -> None:
        recurring = each.recurring
        each.due = self._clock.ticks() + recurring.first_ms
        self._scheduler.add_job(
            partial(self._attempt, each),
            _EveryFromNow(seconds=recurring.every_ms / 1000, timezone=UTC),
            id=recurring.name,
            name=recurring.name,
            next_run_time=_in(recurring.first_ms),
        )

    def _bring_forward(self) -> None:
        for each in self._states:
            if each.task is None and self._clock.ticks() - each.due > LOOK_MS:
                self._scheduler.modify_job(each.recurring.name, next_run_time=_in(0))

    async def _attempt(self, each: _State) -> None:
        each.task = asyncio.current_task()
        each.due = self._clock.ticks() + each.recurring.every_ms
        try:
            pause = await self._pause_after(each)
        except asyncio.CancelledError:
            return  # by the library, when it is shut down; it would log a failure
        finally:
            each.task = None
        if pause is not None:
            each.due = self._clock.ticks() + pause
            self._scheduler.modify_job(each.recurring.name, next_run_time=_in(pause))

    async def _pause_after(self, each: _State) -> int | None:
        """Runs the work once. Returns the pause until the next time in ms, None for the usual one."""
        recurring = each.recurring
        try:
            pause = await recurring.work()
            each.outage.ended()
        except recurring.passing as problem:
            each.outage.failed("failed; retrying", problem)
            return recurring.retry_ms
        except Exception:  # noqa: BLE001  a mistake of ours here must not stop what else the process does
            _log.exception("%s failed; retrying", recurring.name)
            return recurring.retry_ms
        return pause


def _in(ms: int) -> datetime:
    return datetime.now(UTC) + timedelta(milliseconds=ms)
