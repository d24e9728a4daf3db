"""Reminds admins of requests that have waited for more than a day."""

from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.kit.calendar_slots import Policy
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices
from handlers.digests.admins import LISTED, reminder

_DAY_MS: Final = 24 * 3_600_000


class WithdrawalReminder:
    """Sends a reminder once a day, only if something waits. Missed ones are skipped."""

    name = "withdrawal-reminder"
    policy: Policy = "none"

    def __init__(self, services: JobServices) -> None:
        self._services = services

    async def schedules(self) -> Sequence[ScheduledJob]:
        """Returns one schedule: daily, at the admins' hour."""
        return [self._services.scheduled(self.name, "day", self._services.admin_hour)]

    async def work(self, run: Run) -> None:
        """Sends it to every admin who has begun a chat, in one transaction."""
        services, now = self._services, self._services.clock.now()
        requests, total = await services.engine.requests_before(run.at - _DAY_MS, LISTED)
        if not requests:
            return
        admins = await services.people.admins()
        messages = {each.id: await reminder(requests, total, now, each, services.notices()) for each in admins}
        await run.keep(partial(services.tell_each, messages, cause=f"{self.name}:{run.slot}", at=now), "told")
        services.outbox_changed.set()
