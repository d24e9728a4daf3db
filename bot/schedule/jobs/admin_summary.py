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
from handlers.overview import BEST, days_until

_DAY: Final = timedelta(days=1)


class AdminSummary:
    """Sends a day's summary, from midnight to midnight in the programme's zone; by hand it is today's, so far."""

    name = "admin-summary"
    policy: Policy = "latest"

    def __init__(self, services: JobServices) -> None:
        self._services = services

    async def schedules(self) -> Sequence[ScheduledJob]:
        """Returns one schedule: daily, at the admins' hour."""
        return [self._services.scheduled(self.name, "day", self._services.admin_hour)]

    async def work(self, run: Run) -> None:
        """Sends it to every admin who has begun a chat, in one transaction."""
        services, now = self._services, self._services.clock.now()
        since, until = self._times(run)
        by_itself = services.engine.programme.approves_by_itself
        day = await services.figures.figures(since, until)
        queue = await services.engine.queue()
        verdict = await services.prove()
        acts = await services.engine.acts_between(since, until)
        program = services.engine.programme.program
        days = await services.figures.overview(program, days_until(program, until), until, top=BEST)
        told = Summary(day, queue, now, holds=verdict.holds, by_itself=by_itself, acts=acts, days=days)
        messages = {each.id: await summary(told, each, services.notices()) for each in await services.people.admins()}
        await run.keep(partial(services.tell_each, messages, cause=f"{self.name}:{run.slot}", at=now), "told")
        services.outbox_changed.set()

    def _times(self, run: Run) -> tuple[int, int]:
        zone = ZoneInfo(self._services.zone)
        if run.scheduled is None:
            return moment_of(self._services.today(run.at), 0, zone), run.at
        day = date.fromisoformat(run.slot)
        return moment_of(day - _DAY, 0, zone), moment_of(day, 0, zone)
