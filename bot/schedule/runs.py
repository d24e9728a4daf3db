"""Stores runs: which process has claimed which slot of which job, so that each is done once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bot.kit.calendar_slots import GRACE_MS, Policy, Slot, by_policy, due_slots, next_slot, slot_before
from bot.schedule.job import ScheduledJob
from bot.store import load_queries
from engine.errors import MoarefError
from engine.store.driver import Connection, Row
from engine.store.reader import Reader
from engine.store.writer import Writer

LEASE_MS: Final = 120_000
"""The lease of a claim: one that was not renewed for so long is free."""

PAUSE_MAX_MS: Final = 3_600_000
"""The longest pause after a failure, or of a run that waits."""


class ClaimLost(MoarefError):
    """Raised when another process has taken this run over."""


@dataclass(frozen=True, slots=True)
class ClaimedRun:
    """Holds a slot that is ours as long as we renew it."""

    job: str
    slot: Slot
    cursor: str
    token: str
    tries: int


@dataclass(frozen=True, slots=True)
class RunRecord:
    """Holds a job's history: its last slots and times (ms, UTC), and its last error."""

    job: str
    last_slot: str
    done_slot: str | None
    done_at: int | None
    missed: int
    failed: int
    problem: str | None


class Runs:
    """Holds the table `runs`. Times are ms, UTC."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._queries = load_queries("runs")

    async def lasts(self, now: int) -> dict[str, str]:
        """Returns the last slot of each job, whatever its result, without slots of a clock that was ahead."""
        return {row["job"]: row["slot"] for row in await self._reader.fetch(self._queries.lasts.sql, {"now": now})}

    async def open_jobs(self, now: int) -> frozenset[str]:
        """Returns jobs with a run that is in progress or has failed."""
        return frozenset(row["job"] for row in await self._reader.fetch(self._queries.open_jobs.sql, {"now": now}))

    async def overview(self, now: int) -> list[RunRecord]:
        """Returns all jobs that ever had a slot, by name."""
        return [RunRecord(*row) for row in await self._reader.fetch(self._queries.overview.sql, {"now": now})]

    async def take(self, scheduled: ScheduledJob, policy: Policy, token: str, now: int) -> ClaimedRun | None:
        """Claims the job's next slot, and skips those that the policy skips; None where nothing is to be done."""
        return await self._writer.run(lambda connection: self._take(connection, scheduled, policy, token, now))

    async def take_by_hand(self, job: str, slot: Slot, token: str) -> ClaimedRun:
        """Claims a slot outside the schedule."""
        return await self._writer.run(lambda connection: self._claim(connection, job, slot, token, slot.at))

    async def keep(self, claimed: ClaimedRun, write: Callable[[Connection], None], cursor: str, now: int) -> None:
        """Writes a part of the work and its cursor, in one transaction. Raises ClaimLost."""

        def part(connection: Connection) -> None:
            self._ours(self._queries.move_on(connection, **_mine(claimed), cursor=cursor, now=now))
            write(connection)

        await self._writer.run(part)

    async def renew(self, claimed: ClaimedRun, now: int) -> None:
        """Renews the claim. Raises ClaimLost."""
        await self._writer.run(
            lambda connection: self._ours(self._queries.renew(connection, **_mine(claimed), now=now))
        )

    async def finish(self, claimed: ClaimedRun, now: int) -> None:
        """Marks the slot as done. Raises ClaimLost."""
        await self._writer.run(
            lambda connection: self._ours(self._queries.finish(connection, **_mine(claimed), now=now))
        )

    async def fail(self, claimed: ClaimedRun, problem: str, again_at: int, now: int) -> None:
        """Marks the slot as failed, to be retried at `again_at`. Raises ClaimLost."""
        fate = {**_mine(claimed), "problem": problem, "again_at": again_at, "now": now}
        await self._writer.run(lambda connection: self._ours(self._queries.fail(connection, **fate)))

    async def postpone(self, claimed: ClaimedRun, again_at: int, now: int) -> None:
        """Postpones the rest, by at most the longest pause. Raises ClaimLost."""
        fate = {**_mine(claimed), "problem": None, "again_at": min(again_at, now + PAUSE_MAX_MS), "now": now}
        await self._writer.run(lambda connection: self._ours(self._queries.fail(connection, **fate)))

    def tidy(self, connection: Connection, *, before: int) -> None:
        """Purges runs finished before. Runs inside a write transaction."""
        self._queries.forget(connection, before=before)

    def _take(
        self, connection: Connection, scheduled: ScheduledJob, policy: Policy, token: str, now: int
    ) -> ClaimedRun | None:
        self._queries.forget_ahead(connection, job=scheduled.job, now=now)
        missed, run = by_policy(due_slots(scheduled.schedule, self._last(connection, scheduled, now), now), policy, now)
        unfinished = self._queries.open_of(connection, job=scheduled.job, now=now)
        for row in list(unfinished):
            if _is_alive(row, now):
                return None
            late = policy == "none" and now - row["due_at"] > GRACE_MS
            if policy == "all" or not (run or late):
                return self._take_again(connection, row, token, now)
            self._queries.pass_over(connection, job=scheduled.job, slot=row["slot"], now=now)
        for slot in missed:
            self._queries.put(connection, job=scheduled.job, slot=slot.label, state="missed", due_at=slot.at, now=now)
        return self._claim(connection, scheduled.job, run[0], token, now) if run else None

    def _last(self, connection: Connection, scheduled: ScheduledJob, now: int) -> str:
        """Returns the job's last slot; for a new job the one before it was first wanted, which is recorded as its
        start.
        """
        last = self._queries.last(connection, job=scheduled.job, now=now)["slot"]
        if last is not None:
            return str(last)
        first = slot_before(scheduled.schedule, min(now, now if scheduled.since is None else scheduled.since))
        self._queries.put(connection, job=scheduled.job, slot=first.label, state="begun", due_at=first.at, now=now)
        return first.label

    def _claim(self, connection: Connection, job: str, slot: Slot, token: str, now: int) -> ClaimedRun:
        row = {"job": job, "slot": slot.label, "due_at": slot.at, "claim": token, "now": now}
        self._ours(self._queries.claim(connection, **row))
        return ClaimedRun(job, slot, "", token, tries=1)

    def _take_again(self, connection: Connection, row: Row, token: str, now: int) -> ClaimedRun | None:
        """Claims an abandoned run from its cursor; a failed one when its pause is over.

        A pause longer than any that is given means that the clock was set back.
        """
        if row["state"] == "failed" and 0 < row["again_at"] - now <= PAUSE_MAX_MS:
            return None
        self._queries.claim_again(connection, job=row["job"], slot=row["slot"], claim=token, now=now)
        return ClaimedRun(row["job"], Slot(row["slot"], row["due_at"]), row["cursor"], token, row["tries"] + 1)

    @staticmethod
    def _ours(changed: int) -> None:
        if not changed:
            raise ClaimLost


def is_due(scheduled: ScheduledJob, last: str | None, now: int) -> bool:
    """Returns whether it is worth querying the store for the next slot."""
    return last is None or next_slot(scheduled.schedule, last).at <= now


def _is_alive(row: Row, now: int) -> bool:
    """Returns whether its claim is still held; a clock that was set back must not keep it for ever."""
    return bool(row["state"] == "claimed" and abs(now - row["claimed_at"]) < LEASE_MS)


def _mine(claimed: ClaimedRun) -> dict[str, str]:
    return {"job": claimed.job, "slot": claimed.slot.label, "claim": claimed.token}
