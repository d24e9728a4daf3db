"""Sends admins the summary of the previous day."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from bot.kit.calendar_slots import Policy, moment_of
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices
from handlers.digests.admins import Summary, summary

_DAY: Final = timedelta(days=1)


class AdminSummary:
    """Sends a day's summary, from midnight to midnight in the programme's zone; by hand it is today's, so far."""

    name = "admin-summary"
    policy: Policy = "latest"

    def __init__(self, desk: JobServices) -> None:
        self._desk = desk

    async def turns(self) -> Sequence[ScheduledJob]:
        """Returns one schedule: daily, at the admins' hour."""
        return [self._desk.turn(self.name, "day", self._desk.admin_hour)]

    async def work(self, run: Run) -> None:
        """Sends it to every admin who has begun a chat, in one transaction."""
        desk, now = self._desk, self._desk.clock.now()
        since, until = self._times(run)
        by_itself = desk.engine.programme.approves_by_itself
        report = await desk.engine.day_report(since, until, by_itself=by_itself)
        verdict = await desk.prove()
        acts = await desk.engine.acts_between(since, until)
        told = Summary(report, since, now, holds=verdict.holds, by_itself=by_itself, acts=acts)
        messages = {each.id: await summary(told, each, desk.notices()) for each in await desk.people.admins()}
        await run.keep(partial(desk.tell_each, messages, cause=f"{self.name}:{run.slot}", at=now), "told")
        desk.written()

    def _times(self, run: Run) -> tuple[int, int]:
        zone = ZoneInfo(self._desk.zone)
        if run.turn is None:
            return moment_of(self._desk.today(run.at), 0, zone), run.at
        day = date.fromisoformat(run.slot)
        return moment_of(day - _DAY, 0, zone), moment_of(day, 0, zone)
