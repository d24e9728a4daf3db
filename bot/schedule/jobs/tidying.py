"""Purges old rows, once a night."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from bot.kit.calendar_slots import Policy
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices
from bot.store.retention import tidy

HOUR: Final = 4
RUN_LIFE_MS: Final = 100 * 24 * 3_600_000


class Tidying:
    """Purges old rows; after a missed night the next one does it."""

    name = "tidying"
    policy: Policy = "latest"

    def __init__(self, desk: JobServices) -> None:
        self._desk = desk

    async def turns(self) -> Sequence[ScheduledJob]:
        """Returns a schedule in the night."""
        return [self._desk.turn(self.name, "day", HOUR)]

    async def work(self, run: Run) -> None:
        """Purges all in one transaction except for broadcasts, which may have very many recipients."""
        desk, now = self._desk, self._desk.clock.now()
        await desk.broadcasts.tidy(now)

        def forget(connection: sqlite3.Connection) -> None:
            tidy(connection, desk.inbox, desk.outbox, now)
            desk.runs.tidy(connection, before=now - RUN_LIFE_MS)

        await run.keep(forget, "")
