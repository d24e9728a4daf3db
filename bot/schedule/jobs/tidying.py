"""Purges old rows, once a night."""

from collections.abc import Sequence
from typing import Final

from bot.kit.calendar_slots import Policy
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices
from bot.store.retention import forget_told, tidy
from engine.store.driver import Connection

HOUR: Final = 4
RUN_LIFE_MS: Final = 100 * 24 * 3_600_000


class Tidying:
    """Purges old rows; after a missed night the next one does it."""

    name = "tidying"
    policy: Policy = "latest"

    def __init__(self, services: JobServices) -> None:
        self._services = services

    async def schedules(self) -> Sequence[ScheduledJob]:
        """Returns a schedule in the night."""
        return [self._services.scheduled(self.name, "day", HOUR)]

    async def work(self, run: Run) -> None:
        """Purges in one transaction what there is little of; of what there may be very much, a part in each."""
        services, now = self._services, self._services.clock.now()
        await services.broadcasts.tidy(now)

        def forget(connection: Connection) -> None:
            tidy(connection, services.inbox, services.outbox, now)
            services.runs.tidy(connection, before=now - RUN_LIFE_MS)

        await run.keep(forget, "")
        while await self._forget_told(run, now):
            pass

    async def _forget_told(self, run: Run, now: int) -> bool:
        """Purges a part of what was told long ago. Returns whether there may be more."""
        more = False

        def forget(connection: Connection) -> None:
            nonlocal more
            more = forget_told(connection, self._services.keep_told_days, now)

        await run.keep(forget, "")
        return more
