"""Parses dates as people and spreadsheets write them: Gregorian or Jalali, year first or last, with a time or without.

Refuses dates whose day and month are ambiguous.
"""

import re
from datetime import datetime
from typing import Final

from persiantools.jdatetime import JalaliDate

_JALALI_YEARS: Final = range(1300, 1500)
_TIME: Final = r"(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([AaPp]\.?[Mm]\.?|ق\.?ظ\.?|ب\.?ظ\.?))?)?"
_YEAR_FIRST: Final = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}", re.ASCII)
_YEAR_LAST: Final = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TIME}", re.ASCII)
_MONTH_BY_NAME: Final = re.compile(rf"(\d{{1,2}})[- ]([A-Za-z]{{3,9}})[- ,]+(\d{{4}}){_TIME}", re.ASCII)
_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS_A_YEAR: Final = 12
_NOON: Final = 12


def local_time(written: str) -> datetime | None:
    """Returns the moment that a normalised text names by its own calendar and clock, without a zone.

    None for an unknown format. Raises ValueError for a day or an hour that does not exist.
    """
    if found := _YEAR_FIRST.fullmatch(written):
        year, _, month, day, *time = found.groups()
        return _moment(int(year), int(month), int(day), time)
    if found := _YEAR_LAST.fullmatch(written):
        one, _, other, year, *time = found.groups()
        day, month = _day_and_month(int(one), int(other))
        return _moment(int(year), month, day, time)
    if found := _MONTH_BY_NAME.fullmatch(written):
        day, name, year, *time = found.groups()
        return _moment(int(year), _month_called(name), int(day), time)
    return None


def _day_and_month(one: int, other: int) -> tuple[int, int]:
    """Returns day and month: 03/04 may be either; 21/03 and 03/21 are the same day. Raises ValueError."""
    if one != other and one <= _MONTHS_A_YEAR and other <= _MONTHS_A_YEAR:
        raise ValueError("the day and the month could be meant either way")
    return (one, other) if one > _MONTHS_A_YEAR else (other, one)


def _month_called(name: str) -> int:
    """Returns a month's number by its name. Raises ValueError for an unknown one."""
    return 1 + _MONTHS.index(name[:3].casefold())


def _moment(year: int, month: int, day: int, time: list[str | None]) -> datetime:
    hour, minute, second = (int(part or 0) for part in time[:3])
    if half := time[3]:
        if not 1 <= hour <= _NOON:
            raise ValueError("there is no such hour of half a day")
        hour = hour % _NOON + (_NOON if half[0] in "pPب" else 0)
    if year in _JALALI_YEARS:
        date = JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]
        year, month, day = date.year, date.month, date.day
    return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001  the caller adds the zone
