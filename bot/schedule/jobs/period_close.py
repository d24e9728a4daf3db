"""Closes periods on time: triggers the close that the engine would otherwise do before the next event."""

from collections.abc import Sequence

from bot.kit.calendar_slots import Policy
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices


class PeriodClose:
    """Runs only with a plan that pairs. Every missed period is closed, in order, however long the bot was away."""

    name = "period-close"
    policy: Policy = "all"

    def __init__(self, services: JobServices) -> None:
        self._services = services

    async def schedules(self) -> Sequence[ScheduledJob]:
        """Returns the schedule: midnight at the end of the plan's period, in the programme's own calendar and
        labels.
        """
        programme = self._services.engine.programme
        pairing = programme.plan.pairing
        if pairing is None:
            return []
        return [
            self._services.scheduled(f"{self.name} {pairing.period} {programme.program.calendar}", pairing.period, 0)
        ]

    async def work(self, run: Run) -> None:  # noqa: ARG002  the engine knows which periods have ended
        """Lets time pass in the engine."""
        await self._services.engine.tick()
