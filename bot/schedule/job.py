"""Defines a job, and the run that it is given."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.kit.calendar_slots import Policy, Schedule
from engine.store.driver import Connection

T = TypeVar("T")
Write = Callable[[Connection], T]


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """Holds a job with one schedule. `job` names it in the table of runs; `since` (ms, UTC) is when it was first
    wanted.
    """

    job: str
    schedule: Schedule
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Holds one slot of a job that this process has claimed.

    scheduled: None for a run by hand, which is for everybody. at: the slot's moment, ms UTC. cursor: how far an earlier
    attempt came, "" at first. force: also without a reason. keep: writes and moves the cursor, in one transaction;
    raises ClaimLost, having written nothing, where another process has taken the run over.
    """

    job: str
    slot: str
    at: int
    scheduled: ScheduledJob | None
    cursor: str
    keep: Callable[[Write[None], str], Awaitable[None]]
    force: bool = False


class Job(Protocol):
    """Does scheduled work. A new job is its file in `jobs/` and a line in the registry there."""

    @property
    def name(self) -> str:
        """Returns its name for `moaref jobs run`."""

    @property
    def policy(self) -> Policy:
        """Returns what happens to missed slots: money catches up on all, digests on the latest, reminders on none."""

    async def schedules(self) -> Sequence[ScheduledJob]:
        """Returns its current schedules."""

    async def work(self, run: Run) -> int | None:
        """Does one slot's work; may run again from the cursor after a kill; its exceptions are reported.

        Returns when to continue (ms, UTC), if a part of it has to wait; None when it is done.
        """
