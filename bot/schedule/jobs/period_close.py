"""The close of a period: what the engine does by itself before the next event is done as soon as the period is over."""

from collections.abc import Sequence

from bot.kit.calendar_slots import Policy
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices


class PeriodClose:
    """Only where a plan pairs. Each period that was missed is closed, in order, however long the bot was away."""

    name = "period-close"
    policy: Policy = "all"

    def __init__(self, desk: JobServices) -> None:
        self._desk = desk

    async def turns(self) -> Sequence[ScheduledJob]:
        """At midnight, when the plan's period ends in the programme's own calendar, whose labels are its own."""
        programme = self._desk.engine.programme
        pairing = programme.plan.pairing
        if pairing is None:
            return []
        return [self._desk.turn(f"{self.name} {pairing.period} {programme.program.calendar}", pairing.period, 0)]

    async def work(self, run: Run) -> None:  # noqa: ARG002  the engine knows what has ended
        """Time passes in the books."""
        await self._desk.engine.tick()
