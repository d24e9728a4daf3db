"""Computes where periods begin: local dates in the programme's zone and calendar (section 7). No clock."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Literal, Protocol
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from engine.programme.model import Program
from engine.timestamps import milliseconds, utc

Period = Literal["day", "week", "month"]
WeekStart = Literal["monday", "saturday", "sunday"]


class LocalCalendar(Protocol):
    """A way to count weeks and months; a programme's own table is one."""

    @property
    def calendar(self) -> Literal["gregorian", "jalali"]: ...
    @property
    def week_start(self) -> WeekStart: ...


_DAY = timedelta(days=1)
_WEEKDAYS = {"monday": 0, "saturday": 5, "sunday": 6}


def boundaries(program: Program, period: Period, after: int, until: int) -> Iterator[tuple[int, date]]:
    """Yields each boundary after `after` and until `until` (milliseconds UTC), with the first day of what it closes.

    A date that the zone leaves out has no first moment, so no period begins on it: the one before goes on.
    """
    zone = ZoneInfo(program.timezone)
    day = period_of(utc(after).astimezone(zone).date(), program, period)
    while True:
        following = next_period(day, program, period)
        boundary = first_moment(following, zone)
        if boundary > until:
            return
        if boundary > after:
            yield boundary, day
            after = boundary
        day = following


def period_of(day: date, program: LocalCalendar, period: Period) -> date:
    """Returns the first day of the period that contains a date."""
    if period == "day":
        return day
    if period == "week":
        return day - (day.weekday() - _WEEKDAYS[program.week_start]) % 7 * _DAY
    if program.calendar == "jalali":
        in_month: int = JalaliDate(day).day  # type: ignore[no-untyped-call]
        return day - (in_month - 1) * _DAY
    return day.replace(day=1)


def next_period(first: date, program: LocalCalendar, period: Period) -> date:
    """Returns the first day of the period after the one that begins on `first`."""
    if period == "day":
        return first + _DAY
    if period == "week":
        return first + 7 * _DAY
    return period_of(first + 31 * _DAY, program, period)


def last_weeks(zone: ZoneInfo, calendar: LocalCalendar, now: int, count: int) -> list[int]:
    """Returns when each of the last weeks began (milliseconds UTC), the oldest first, the one with `now` last."""
    this = period_of(utc(now).astimezone(zone).date(), calendar, "week")
    return [first_moment(this - 7 * back * _DAY, zone) for back in reversed(range(count))]


def last_periods(program: Program, period: Period, now: int, count: int) -> list[int]:
    """Returns when each of the programme's last days, weeks or months began (milliseconds UTC), the one with `now`
    last.
    """
    zone = ZoneInfo(program.timezone)
    firsts = [period_of(utc(now).astimezone(zone).date(), program, period)]
    while len(firsts) < count:
        firsts.append(period_of(firsts[-1] - _DAY, program, period))
    return [first_moment(each, zone) for each in reversed(firsts)]


def since_joining(begins: list[int], joined: int) -> list[int]:
    """Returns the weeks from the one in which a member joined on; at least the last."""
    return [each for each, end in pairwise(begins) if end > joined] + begins[-1:]


def first_moment(day: date, zone: ZoneInfo) -> int:
    """Returns the first moment of a local date (milliseconds UTC).

    Where the clocks go forward over midnight it is the moment they do; where they go back over it, the earlier one.
    """
    return milliseconds(datetime.combine(day, time(0), zone).astimezone(UTC))
