"""Computes when a job is due: slots are labels of the local calendar, from the zone's rules. Pure; no clock.

A slot is a local date, the first day of a week, or a month. Each that the calendar has occurs exactly once, in order,
whatever the clocks do: an hour that is left out is replaced by the first moment after it, an hour that comes twice
counts the first time, and a date that a zone leaves out altogether has no slot.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import takewhile
from typing import Final, Literal
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from engine.periods import Period, WeekStart, next_period, period_of
from engine.timestamps import milliseconds, utc

Calendar = Literal["gregorian", "jalali"]
Policy = Literal["all", "latest", "none"]

GRACE_MS: Final = 3_600_000
"""The longest delay of a slot that does not count as missed."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """Holds a schedule: every day, week or month at an hour of a zone, in a calendar."""

    every: Period
    timezone: str
    hour: int
    calendar: Calendar = "gregorian"
    week_start: WeekStart = "monday"


@dataclass(frozen=True, slots=True)
class Slot:
    """Holds one slot: its label, and its moment in milliseconds UTC."""

    label: str
    at: int


def due_slots(schedule: Schedule, last: str, now: int) -> list[Slot]:
    """Returns the due slots after the one labelled `last`, in order."""
    return list(takewhile(lambda slot: slot.at <= now, _from(schedule, _day_of(last, schedule), after=True)))


def next_slot(schedule: Schedule, last: str) -> Slot:
    """Returns the slot after the one labelled `last`, whether due or not."""
    return next(_from(schedule, _day_of(last, schedule), after=True))


def slot_before(schedule: Schedule, moment: int) -> Slot:
    """Returns the last slot whose moment is not after this one: a new job counts from there."""
    today = utc(moment).astimezone(ZoneInfo(schedule.timezone)).date()
    first = period_of(period_of(today, schedule, schedule.every) - 2 * _DAY, schedule, schedule.every)
    return list(takewhile(lambda slot: slot.at <= moment, _from(schedule, first, after=False)))[-1]


def by_policy(due: Sequence[Slot], policy: Policy, now: int) -> tuple[list[Slot], list[Slot]]:
    """Splits the due slots into those to skip, and those to run: all, the latest, or only one that is not late."""
    if policy == "all":
        return [], list(due)
    run = [slot for slot in due[-1:] if policy == "latest" or now - slot.at <= GRACE_MS]
    return [slot for slot in due if slot not in run], run


def _from(schedule: Schedule, day: date, *, after: bool) -> Iterator[Slot]:
    """Yields the slots from the period that begins on `day`, or after it."""
    zone = ZoneInfo(schedule.timezone)
    if after:
        day = next_period(day, schedule, schedule.every)
    while True:
        standing = _standing(day, schedule, zone)
        if standing is not None:
            yield Slot(_label(day, schedule), moment_of(standing, schedule.hour, zone))
        day = next_period(day, schedule, schedule.every)


def _standing(day: date, schedule: Schedule, zone: ZoneInfo) -> date | None:
    """Returns the first day of the period that the zone has; None for a date that it leaves out."""
    following = next_period(day, schedule, schedule.every)
    while day < following:
        if _exists(day, zone):
            return day
        day += _DAY
    return None


def _exists(day: date, zone: ZoneInfo) -> bool:
    noon = datetime.combine(day, time(12), zone)
    return noon.astimezone(UTC).astimezone(zone).date() == day


def moment_of(day: date, hour: int, zone: ZoneInfo) -> int:
    """Returns the moment (ms, UTC) of an hour of a local date that exists; if the hour does not, the first one after
    it.

    Where it comes twice, the first.
    """
    wanted = datetime.combine(day, time(hour), zone)
    earlier, later = sorted(wanted.replace(fold=fold).astimezone(UTC) for fold in (0, 1))
    if earlier.astimezone(zone).replace(tzinfo=None) == wanted.replace(tzinfo=None):
        return milliseconds(earlier)
    return milliseconds(_change_between(earlier, later, zone))


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Returns the moment, to the second, at which the zone's clock jumps between two moments."""
    new = after.astimezone(zone).utcoffset()
    low, high = 0, int((after - before).total_seconds())
    while high - low > 1:
        middle = (low + high) // 2
        if (before + timedelta(seconds=middle)).astimezone(zone).utcoffset() == new:
            high = middle
        else:
            low = middle
    return before + timedelta(seconds=high)


def _label(day: date, schedule: Schedule) -> str:
    if schedule.every != "month":
        return day.isoformat()
    if schedule.calendar == "gregorian":
        return f"{day:%Y-%m}"
    month = JalaliDate(day)  # type: ignore[no-untyped-call]  # persiantools
    return f"{month.year:04}-{month.month:02}"


def _day_of(label: str, schedule: Schedule) -> date:
    """Returns the first day of the period that a label names, even if the first day of weeks has changed since."""
    if schedule.every != "month":
        return period_of(date.fromisoformat(label), schedule, schedule.every)
    year, month = map(int, label.split("-"))
    if schedule.calendar == "gregorian":
        return date(year, month, 1)
    first: date = JalaliDate(year, month, 1).to_gregorian()  # type: ignore[no-untyped-call]  # persiantools
    return first
