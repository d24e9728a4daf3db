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

    def __init__(self, desk: JobServices) -> None:
        self._desk = desk

    async def turns(self) -> Sequence[ScheduledJob]:
        """Returns one schedule: daily, at the admins' hour."""
        return [self._desk.turn(self.name, "day", self._desk.admin_hour)]

    async def work(self, run: Run) -> None:
        """Sends it to every admin who has begun a chat, in one transaction."""
        desk, now = self._desk, self._desk.clock.now()
        requests, total = await desk.engine.requests_before(run.at - _DAY_MS, LISTED)
        if not requests:
            return
        admins = await desk.people.admins()
        messages = {each.id: await reminder(requests, total, now, each, desk.notices()) for each in admins}
        await run.keep(partial(desk.tell_each, messages, cause=f"{self.name}:{run.slot}", at=now), "told")
        desk.written()
