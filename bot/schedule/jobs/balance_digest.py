"""Sends members' digests, at the hour and in the zone of each, a page of people at a time."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from bot.kit.calendar_slots import Policy, Schedule, next_slot
from bot.kit.effects import Outgoing
from bot.kit.languages import HABITS, LANGUAGES
from bot.kit.preferences import Frequency
from bot.kit.quiet_hours import quiet_until
from bot.kit.references import digest_reference
from bot.schedule.job import Run, ScheduledJob
from bot.schedule.jobs.services import JobServices
from bot.store.digests import LastDigest
from bot.store.outbox import Priority
from bot.store.preferences import DigestRhythm, Subscriber
from engine.errors import MoarefError
from engine.periods import Period
from engine.queries.reports import MemberReport
from engine.store.driver import Connection, DriverError
from handlers.digests.members import Digest, balance_digest

PAGE_SIZE: Final = 100
_EVERY: Final[dict[Frequency, Period]] = {"daily": "day", "weekly": "week", "monthly": "month"}
_WEEK_MS: Final = 7 * 24 * 3_600_000
_LATER: Final = "later/"
"""Prefixes the cursor of a run that continues with people after their quiet hours; no person's id begins so."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DigestSchedule(ScheduledJob):
    """Schedules the digests of people who share a frequency, hour and zone."""

    of: DigestRhythm | None = None


@dataclass(eq=False)
class DigestsNotWritten(MoarefError):
    """Raised when some members' digests failed; the others have theirs."""

    count: int

    def __str__(self) -> str:
        return f"{self.count} digests could not be written, see the log"


@dataclass(frozen=True, slots=True)
class _Letter:
    """Holds a digest that is ready to be sent, and its record."""

    person: str
    message: Outgoing
    last: LastDigest
    report: MemberReport


class BalanceDigest:
    """Sends each member one digest for each slot of their schedule, or none without news unless they want one anyway.

    A digest due in quiet hours is sent after them; by hand it is sent at once. A page's messages, their records and the
    cursor are one transaction, so that a kill neither loses nor repeats one.
    """

    name = "balance-digest"
    policy: Policy = "latest"

    def __init__(self, services: JobServices) -> None:
        self._services = services

    async def schedules(self) -> Sequence[ScheduledJob]:
        """Returns a schedule for each one in use: the default one in each language's calendar, and those that people
        chose.
        """
        services, defaults = self._services, self._services.defaults
        rhythms: dict[DigestRhythm, int | None] = {
            DigestRhythm(defaults.digest, defaults.hour, services.zone, language): None
            for language in LANGUAGES
            if defaults.digest != "off"
        }
        chosen = await services.preferences.chosen_rhythms(defaults, services.zone)
        return [self._turn(schedule, since) for schedule, since in {**chosen, **rhythms}.items()]

    def _turn(self, of: DigestRhythm, since: int | None) -> DigestSchedule:
        dates = HABITS[of.language].dates
        schedule = Schedule(_EVERY[of.digest], of.zone, of.hour, dates.calendar, dates.week_start)
        return DigestSchedule(f"{self.name} {of.digest} {of.hour:02} {of.zone} {of.language}", schedule, since, of)

    async def work(self, run: Run) -> int | None:
        """Sends page by page, from the cursor; returns when the first of those in quiet hours may get theirs.

        Raises DigestsNotWritten when everybody else has theirs.
        """
        later, after = run.cursor.startswith(_LATER), run.cursor.removeprefix(_LATER)
        unwritten: set[str] = set()
        left_until = await self._round(run, after, unwritten, later=later)
        if after:  # the people left over by the interrupted round are unknown
            left_until = await self._round(run, "", unwritten, later=True)
        if left_until is not None:
            await run.keep(lambda _: None, _LATER)
        if unwritten:
            raise DigestsNotWritten(len(unwritten))
        return left_until

    async def _round(self, run: Run, after: str, unwritten: set[str], *, later: bool) -> int | None:
        """Sends to everybody after `after` outside quiet hours; returns when the first of the others' end.

        A `later` round is only for people with quiet hours: no others are left.
        """
        services = self._services
        of = run.scheduled.of if isinstance(run.scheduled, DigestSchedule) else None
        ends: list[int] = []
        while page := await services.preferences.subscribers(
            of, services.defaults, services.zone, before=run.at, after=after, size=PAGE_SIZE
        ):
            now, letters = services.clock.now(), []
            for each in page:
                quiet_end = now if run.scheduled is None else quiet_until(each.quiet, each.zone, now)
                if quiet_end > now:
                    ends.append(quiet_end)
                elif each.quiet or not later:
                    letters += await self._letters(each, run, unwritten)
            after = page[-1].person
            cursor = f"{_LATER}{after}" if later else after
            await run.keep(partial(self._write, letters=letters, slot=run.slot), cursor)
            services.outbox_changed.set()
        return min(ends, default=None)

    def _write(self, connection: Connection, letters: Sequence[_Letter], slot: str) -> None:
        services, now = self._services, self._services.clock.now()
        for each in letters:
            if services.digests.tell(connection, each.person, slot, each.last, each.report, now):
                cause = f"digest:{slot}/{each.person}"
                services.outbox.enqueue(connection, cause, [each.message], Priority.NOTICE, now)

    async def _letters(self, to: Subscriber, run: Run, unwritten: set[str]) -> list[_Letter]:
        """Returns one digest or none. One that fails must not keep the others from theirs."""
        try:
            letter = await self._letter(to, run)
        except DriverError:  # the store is unavailable: they all wait until it is back
            raise
        except Exception:  # noqa: BLE001  one failure must not stop the next digest
            _log.exception("digest for %s failed", to.person)
            unwritten.add(to.person)
            return []
        return [] if letter is None else [letter]

    async def _letter(self, to: Subscriber, run: Run) -> _Letter | None:
        """Returns the member's digest; None for non-members, and without news unless it is wanted anyway."""
        services = self._services
        person, member = await services.people.get(to.person), await services.engine.member(to.person)
        last = await services.digests.last(to.person)
        report = await services.engine.member_report(to.person, last.seq)
        if person is None or member is None or report is None or last.slot == run.slot:
            return None
        now = services.clock.now()
        until = now + _WEEK_MS if run.scheduled is None else next_slot(run.scheduled.schedule, run.slot).at
        by_itself = services.engine.programme.approves_by_itself
        digest = Digest(
            report=report,
            friends=report.friends.since(last.friends),
            since=member.joined if last.told_at is None else last.told_at,
            ripening=await services.engine.ripening(to.person, now, until, by_itself=by_itself),
            until=until,
            now=now,
            zone=to.zone,
            reference=digest_reference(run.slot, to.person),
        )
        expected = bool(digest.ripening) and run.scheduled is not None  # by hand it would be repeated each time
        if not (digest.is_news or expected or to.always or run.force):
            return None
        return _Letter(to.person, await balance_digest(digest, member, person, services.notices()), last, report)
