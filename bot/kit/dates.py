"""Parses dates as people type them: Jalali and Gregorian, in any digits, in words, with or without a time of day.

A misreading would start or end an offer on the wrong day, so whatever has two readings is refused with its reason.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.kit.digits import normalised
from bot.kit.errors import UserError
from bot.kit.languages import Calendar
from engine.timestamps import milliseconds, utc

_DAY: Final = timedelta(days=1)
_LENGTH_MAX: Final = 60
_JALALI_YEARS: Final = range(1300, 1500)
_GREGORIAN_YEARS: Final = range(1970, 2200)
_DAYS_MAX: Final = 3_660

_JALALI: Final = (
    ("فروردین", "farvardin"), ("اردیبهشت", "ordibehesht"), ("خرداد", "khordad"), ("تیر", "tir"), ("مرداد", "mordad"),
    ("شهریور", "shahrivar"), ("مهر", "mehr"), ("آبان", "aban"), ("آذر", "azar"), ("دی", "dey"), ("بهمن", "bahman"),
    ("اسفند", "esfand"),
)  # fmt: skip
_GREGORIAN: Final = (
    ("ژانویه", "january", "jan"), ("فوریه", "february", "feb"), ("مارس", "march", "mar"), ("آوریل", "april", "apr"),
    ("مه", "may"), ("ژوئن", "june", "jun"), ("ژوئیه", "july", "jul"), ("اوت", "august", "aug"),
    ("سپتامبر", "september", "sep"), ("اکتبر", "october", "oct"), ("نوامبر", "november", "nov"),
    ("دسامبر", "december", "dec"),
)  # fmt: skip
_MONTHS: Final[dict[str, tuple[Calendar, int]]] = {
    **{name: ("jalali", month) for month, names in enumerate(_JALALI, start=1) for name in names},
    **{name: ("gregorian", month) for month, names in enumerate(_GREGORIAN, start=1) for name in names},
}
_DAYS_AHEAD: Final = {"today": 0, "امروز": 0, "tomorrow": 1, "فردا": 1, "پسفردا": 2}
_UNITS: Final = {
    "day": 1, "days": 1, "روز": 1, "روزه": 1, "week": 7, "weeks": 7, "هفته": 7, "month": 30, "months": 30, "ماه": 30,
}  # fmt: skip
_ONE: Final = ("a", "one", "یک")
_FILLERS: Final = ("at", "ساعت", "in", "for", "of", "the", "به", "مدت", "دیگر")

_NUMERIC: Final = re.compile(r"([0-9]{1,4})[/.\-]([0-9]{1,2})[/.\-]([0-9]{1,4})")
_ISO_T: Final = re.compile(r"(?<=[0-9])t(?=[0-9])")
_CLOCK: Final = re.compile(r"([0-9]{1,2}):([0-9]{2})")
_ORDINAL: Final = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|ام|م)?")


@dataclass(eq=False)
class NotADate(UserError):
    """Raised for what is no date in any way of writing one."""

    code: ClassVar[str] = "not_a_date"


@dataclass(eq=False)
class NoSuchDate(UserError):
    """Raised for a day or a time that does not exist, such as 30 Esfand of a year that is no leap year."""

    code: ClassVar[str] = "no_such_date"
    word: str


@dataclass(eq=False)
class YearUnclear(UserError):
    """Raised for a year of two digits, or one at the end: which part is the day is then anyone's guess."""

    code: ClassVar[str] = "year_unclear"


@dataclass(frozen=True, slots=True)
class Day:
    """Holds a local date, and a time of day where one was typed."""

    day: date
    clock: time | None = None

    def starts(self, zone: str) -> int:
        """Returns the moment (ms, UTC) from which something that begins then holds: midnight without a time."""
        return _moment(self.day, self.clock or time(), zone)

    def ends(self, zone: str) -> int:
        """Returns the first moment (ms, UTC) after what ends then: without a time the midnight after the day."""
        if self.clock is not None:
            return _moment(self.day, self.clock, zone)
        return _moment(self.day + _DAY, time(), zone)


def parse_day(text: str, zone: str, now: int, *, counted_from: int | None = None) -> Day:
    """Parses a date: "1405/1/13", «۱۳ فروردین ۱۴۰۵», "2026-04-02 18:00", "3 April", «فردا», "a week".

    A date without its year is the next one. `now` is ms, UTC; a span of days such as "a week" counts from
    `counted_from`, or else from now. Raises the UserError that says what is wrong.
    """
    plain = _ISO_T.sub(" ", normalised(text).replace("\u200c", "").casefold())
    if len(plain) > _LENGTH_MAX:
        raise NotADate
    today = utc(now).astimezone(ZoneInfo(zone)).date()
    clock, rest = _clock(plain)
    words = [each for each in re.split(r"[\s,،]+", rest) if each and each not in _FILLERS]
    if len(words) == 1 and words[0] in _DAYS_AHEAD:
        return Day(today + _DAYS_AHEAD[words[0]] * _DAY, clock)
    if clock is None and (span := _span(words)) is not None:
        first = today if counted_from is None else utc(counted_from).astimezone(ZoneInfo(zone)).date()
        return Day(first + (span - 1 if counted_from is not None else span) * _DAY)
    if len(words) == 1 and (found := _NUMERIC.fullmatch(words[0])):
        return Day(_numeric(found, text), clock)
    return Day(_named(words, today, text), clock)


def _clock(plain: str) -> tuple[time | None, str]:
    """Returns the time of day, and what is left of the text. Raises NoSuchDate for 25:00."""
    found = _CLOCK.search(plain)
    if found is None:
        return None, plain
    try:
        clock = time(int(found[1]), int(found[2]))
    except ValueError:
        raise NoSuchDate(found[0]) from None
    return clock, f"{plain[: found.start()]} {plain[found.end() :]}"


def _span(words: list[str]) -> int | None:
    """Returns the days of "3 days" or "a week"; None for anything else."""
    match words:
        case [count, unit] if unit in _UNITS and (count in _ONE or count.isdecimal()):
            number = 1 if count in _ONE else int(count[:6])
            days = number * _UNITS[unit]
            if not 1 <= days <= _DAYS_MAX:
                raise NotADate
            return days
    return None


def _numeric(found: re.Match[str], text: str) -> date:
    if len(found[1]) != 4:
        raise YearUnclear
    year, month, day = (int(part) for part in found.groups())
    return _date(_calendar_of(year, text), year, month, day, text)


def _named(words: list[str], today: date, text: str) -> date:
    """Parses "3 april", "april 3", «۱۳ فروردین ۱۴۰۵»: a day, a month's name, and perhaps a year."""
    names = [each for each in words if each in _MONTHS]
    numbers = [each for each in words if each not in _MONTHS]
    if len(names) != 1 or not 1 <= len(numbers) <= 2:
        raise NotADate
    calendar, month = _MONTHS[names[0]]
    years = [each for each in numbers if each.isdecimal() and len(each) == 4]
    days = [found for each in numbers if each not in years and (found := _ORDINAL.fullmatch(each))]
    if len(numbers) == 2 and not years:
        raise YearUnclear
    if len(days) != 1:
        raise NotADate
    if years:
        year = int(years[0])
        if _calendar_of(year, text) != calendar:
            raise NoSuchDate(text.strip())
        return _date(calendar, year, month, int(days[0][1]), text)
    return _next(calendar, month, int(days[0][1]), today, text)


def _next(calendar: Calendar, month: int, day: int, today: date, text: str) -> date:
    """Returns the next day of that month and number; one that only leap years have may be years ahead."""
    this_year = today.year if calendar == "gregorian" else JalaliDate(today).year  # type: ignore[no-untyped-call]
    for year in (this_year, this_year + 1):
        found = _date(calendar, year, month, day, text)
        if found >= today:
            return found
    raise NoSuchDate(text.strip())


def _calendar_of(year: int, text: str) -> Calendar:
    if year in _JALALI_YEARS:
        return "jalali"
    if year in _GREGORIAN_YEARS:
        return "gregorian"
    raise NoSuchDate(text.strip())


def _date(calendar: Calendar, year: int, month: int, day: int, text: str) -> date:
    try:
        if calendar == "gregorian":
            return date(year, month, day)
        found: date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]  # persiantools
    except ValueError:
        raise NoSuchDate(text.strip()) from None
    return found


def _moment(day: date, clock: time, zone: str) -> int:
    """Returns the moment (ms, UTC); a time that the zone leaves out is moved on by as much as its clock jumps."""
    return milliseconds(datetime.combine(day, clock, ZoneInfo(zone)))
