"""Requests that have waited for more than a day, brought to the admins' minds."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from bot.schedule.job import Run, Turn
from bot.schedule.jobs.desk import JobDesk
from bot.schedule.slots import Policy
from bot.store.outbox import Priority
from handlers.digests.admins import LISTED, reminder

_DAY_MS: Final = 24 * 3_600_000


class WithdrawalReminder:
    """Once a day, and only where something waits. One that was missed is not made up for."""

    name = "withdrawal-reminder"
    policy: Policy = "none"

    def __init__(self, desk: JobDesk) -> None:
        self._desk = desk

    async def turns(self) -> Sequence[Turn]:
        """At the admins' hour."""
        return [self._desk.turn(self.name, "day", self._desk.admin_hour)]

    async def work(self, run: Run) -> None:
        """Every admin who has begun a chat gets it, in one transaction."""
        desk, now = self._desk, self._desk.clock.now()
        requests, total = await desk.engine.requests_before(run.at - _DAY_MS, LISTED)
        if not requests:
            return
        admins = await desk.people.admins()
        messages = {each.id: await reminder(requests, total, now, each, desk.notices) for each in admins}

        def write(connection: sqlite3.Connection) -> None:
            for admin, message in messages.items():
                cause = f"{self.name}:{run.slot}/{admin}"
                desk.outbox.enqueue(connection, cause, [message], Priority.NOTICE, now)

        await run.keep(write, "told")
        desk.written()
