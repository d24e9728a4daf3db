from datetime import date, time

import pytest

from bot.kit.dates import Day, NoSuchDate, NotADate, YearUnclear, parse_day
from bot.kit.errors import UserError
from chat import DAY, NOON

ZONE = "Asia/Tehran"
FIRST = date(2026, 3, 21)
"""1 Farvardin 1405, the day of NOON."""


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("1405/1/13", date(2026, 4, 2), None),
        ("۱۴۰۵/۰۱/۱۳", date(2026, 4, 2), None),
        ("۱۳ فروردین ۱۴۰۵", date(2026, 4, 2), None),
        ("13 Farvardin", date(2026, 4, 2), None),
        ("۱ فروردین", FIRST, None),
        ("29 اسفند 1404", date(2026, 3, 20), None),
        ("30 Esfand 1403", date(2025, 3, 20), None),
        ("2026-04-02", date(2026, 4, 2), None),
        ("2026-04-02T18:00", date(2026, 4, 2), time(18)),
        ("April 3rd, 2026", date(2026, 4, 3), None),
        ("3 march", date(2027, 3, 3), None),
        ("۲ فروردین ساعت ۱۸:۳۰", date(2026, 3, 22), time(18, 30)),
        ("today", FIRST, None),
        ("فردا", date(2026, 3, 22), None),
        ("پس‌فردا", date(2026, 3, 23), None),
        ("tomorrow 08:00", date(2026, 3, 22), time(8)),
        ("a week", date(2026, 3, 28), None),
        ("۳ روز", date(2026, 3, 24), None),
    ],
)
def test_a_date_is_read_in_the_ways_in_which_people_write_it(text: str, day: date, clock: time | None) -> None:
    assert parse_day(text, ZONE, NOON) == Day(day, clock)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("30 Esfand 1404", NoSuchDate),
        ("۱۴۰۴/۱۲/۳۰", NoSuchDate),
        ("2026-02-29", NoSuchDate),
        ("1405/13/1", NoSuchDate),
        ("1405/0/1", NoSuchDate),
        ("3 may 1405", NoSuchDate),
        ("1 فروردین 2026", NoSuchDate),
        ("1700-01-01", NoSuchDate),
        ("2026-04-02 24:00", NoSuchDate),
        ("2026-04-02 25:61", NoSuchDate),
        ("05/1/13", YearUnclear),
        ("13/1/1405", YearUnclear),
        ("21/3/26", YearUnclear),
        ("1 فروردین 05", YearUnclear),
        ("", NotADate),
        ("soon", NotADate),
        ("13", NotADate),
        ("0 days", NotADate),
        ("99999 days", NotADate),
        ("farvardin", NotADate),
        ("1 فروردین 2 خرداد", NotADate),
        ("2026-04-02 " * 20, NotADate),
    ],
)
def test_what_is_no_date_or_has_two_readings_is_refused(text: str, error: type[UserError]) -> None:
    with pytest.raises(error):
        parse_day(text, ZONE, NOON)


def test_a_day_begins_at_midnight_and_ends_at_the_next_one_unless_a_time_says_otherwise() -> None:
    tomorrow = parse_day("tomorrow", ZONE, NOON)
    assert tomorrow.ends(ZONE) - tomorrow.starts(ZONE) == DAY
    at_six = parse_day("tomorrow 18:00", ZONE, NOON)
    assert at_six.starts(ZONE) == at_six.ends(ZONE) == tomorrow.starts(ZONE) + 18 * DAY // 24


def test_a_span_that_begins_on_a_day_counts_that_day() -> None:
    starts = parse_day("tomorrow", ZONE, NOON).starts(ZONE)
    week = parse_day("a week", ZONE, NOON, counted_from=starts)
    assert week.ends(ZONE) - starts == 7 * DAY
