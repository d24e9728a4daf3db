"""What a job is, and what it is given when its turn has come."""

import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.kit.calendar_slots import Policy, Schedule

T = TypeVar("T")
Write = Callable[[sqlite3.Connection], T]


@dataclass(frozen=True, slots=True)
class ScheduledJob:
    """A job at one rhythm. `job` names it in the table of runs; `since` (ms, UTC) is when it was first wanted."""

    job: str
    rhythm: Schedule
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """One slot of a job that this process has claimed.

    turn: None for a run by hand, which is for everybody. at: the slot's moment, ms UTC. cursor: how far an earlier
    attempt came, "" at first. force: also what there is no reason for. keep: writes and moves the cursor, in one
    transaction; raises ClaimLost, having written nothing, where another process has taken the run over.
    """

    job: str
    slot: str
    at: int
    turn: ScheduledJob | None
    cursor: str
    keep: Callable[[Write[None], str], Awaitable[None]]
    force: bool = False


class Job(Protocol):
    """Something that happens at its hour. A new one is its file in `jobs/` and a line in the registry there."""

    @property
    def name(self) -> str:
        """What `moaref jobs run` calls it."""

    @property
    def policy(self) -> Policy:
        """What becomes of slots that were missed: money catches up all, digests the latest, reminders none."""

    async def turns(self) -> Sequence[ScheduledJob]:
        """The rhythms it has at present."""

    async def work(self, run: Run) -> int | None:
        """Does one slot's work. It may be done again, from the cursor on, after a kill; whatever it raises is told.

        When to go on with it (ms, UTC), where a part of it has to wait; None where all of it is done.
        """
