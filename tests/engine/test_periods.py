"""Where periods begin, in zones whose clocks change at midnight and in both calendars."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.events.codec import iso_time, parse_time
from engine.periods import (
    Period,
    boundaries,
    first_moment,
    last_periods,
    last_weeks,
    next_period,
    period_of,
    since_joining,
)
from engine.programme.model import Program
from engine.timestamps import milliseconds


def program(**keys: Any) -> Program:
    return Program.model_validate({"currency": "IRT", **keys})


def at(text: str) -> int:
    return milliseconds(parse_time(text))


def closed(keys: dict[str, str], period: Period, after: str, until: str) -> list[tuple[str, str]]:
    """Each boundary, with the first day of the period that it closes."""
    found = boundaries(program(**keys), period, at(after), at(until))
    return [(iso_time(boundary), first_day.isoformat()) for boundary, first_day in found]


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("UTC", "2026-03-21", "2026-03-21T00:00:00Z"),
        ("Asia/Tehran", "2026-03-21", "2026-03-20T20:30:00Z"),
        ("Asia/Tehran", "2022-03-22", "2022-03-21T20:30:00Z"),  # the clocks skip this midnight: it begins at 01:00
        ("Asia/Tehran", "2022-09-22", "2022-09-21T20:30:00Z"),  # they went back to 23:00 before it
        ("Africa/Cairo", "2026-04-24", "2026-04-23T22:00:00Z"),  # 00:00 is skipped
        ("Africa/Cairo", "2026-10-30", "2026-10-29T22:00:00Z"),  # the hour before it came twice
        ("America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z"),  # 00:00 is skipped
        ("America/Santiago", "2026-04-05", "2026-04-05T04:00:00Z"),  # the hour before it came twice
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00Z"),  # 00:00 comes twice: the first one
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),  # the day before it was left out
    ],
)
def test_a_local_date_begins_at_its_first_moment(zone: str, day: str, moment: str) -> None:
    assert iso_time(first_moment(date.fromisoformat(day), ZoneInfo(zone))) == iso_time(at(moment))


@pytest.mark.parametrize(
    ("zone", "day"),
    [("Asia/Tehran", "2022-03-22"), ("Africa/Cairo", "2026-04-24"), ("America/Santiago", "2026-09-06"),
     ("America/Santiago", "2026-04-05"), ("America/Havana", "2026-11-01"), ("Africa/Cairo", "2026-10-30")],
)  # fmt: skip
def test_a_millisecond_before_its_first_moment_it_is_the_day_before(zone: str, day: str) -> None:
    first = date.fromisoformat(day)
    moment = datetime.fromtimestamp(first_moment(first, ZoneInfo(zone)) / 1000, UTC)
    assert moment.astimezone(ZoneInfo(zone)).date() == first
    before = moment - timedelta(milliseconds=1)
    assert before.astimezone(ZoneInfo(zone)).date() == first - timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        ("monday", {"2026-03-15": "2026-03-09", "2026-03-16": "2026-03-16", "2026-03-22": "2026-03-16"}),
        ("saturday", {"2026-03-20": "2026-03-14", "2026-03-21": "2026-03-21", "2026-03-27": "2026-03-21"}),
        ("sunday", {"2026-03-21": "2026-03-15", "2026-03-22": "2026-03-22", "2026-03-28": "2026-03-22"}),
    ],
)
def test_a_week_begins_on_the_programmes_day(start: str, expected: dict[str, str]) -> None:
    weekly = program(week_start=start)
    assert {day: period_of(date.fromisoformat(day), weekly, "week").isoformat() for day in expected} == expected
    assert next_period(date(2026, 3, 16), weekly, "week") == date(2026, 3, 23)


@pytest.mark.parametrize(
    ("calendar", "first", "following"),
    [
        ("gregorian", "2026-01-01", "2026-02-01"),
        ("gregorian", "2026-02-01", "2026-03-01"),
        ("gregorian", "2028-02-01", "2028-03-01"),
        ("gregorian", "2026-12-01", "2027-01-01"),
        ("gregorian", "2026-04-01", "2026-05-01"),
        ("jalali", "2026-03-21", "2026-04-21"),  # Farvardin 1405 has 31 days
        ("jalali", "2026-09-23", "2026-10-23"),  # Mehr has 30
        ("jalali", "2026-02-20", "2026-03-21"),  # Esfand 1404 has 29
        ("jalali", "2025-02-19", "2025-03-21"),  # Esfand 1403, of a leap year, has 30
        ("jalali", "2024-09-22", "2024-10-22"),  # Mehr 1403
    ],
)
def test_a_month_is_one_of_the_programmes_calendar(calendar: str, first: str, following: str) -> None:
    monthly, begins, ends = program(calendar=calendar), date.fromisoformat(first), date.fromisoformat(following)
    assert next_period(begins, monthly, "month") == ends
    for day in (begins, begins + timedelta(days=14), ends - timedelta(days=1)):
        assert period_of(day, monthly, "month") == begins


def test_a_day_is_its_own_period() -> None:
    assert period_of(date(2026, 3, 21), program(), "day") == date(2026, 3, 21)
    assert next_period(date(2026, 2, 28), program(), "day") == date(2026, 3, 1)


def test_a_boundary_is_after_the_one_end_and_may_be_the_other() -> None:
    """What happened exactly at a boundary belongs to the period that it opens."""
    assert closed({}, "day", "2026-03-20T00:00:00Z", "2026-03-21T00:00:00Z") == [
        ("2026-03-21T00:00:00.000Z", "2026-03-20")
    ]
    assert closed({}, "day", "2026-03-20T00:00:00Z", "2026-03-20T23:59:59.999Z") == []
    assert closed({}, "day", "2026-03-21T00:00:00Z", "2026-03-21T00:00:00Z") == []
    assert len(closed({}, "day", "2026-03-20T23:59:59.999Z", "2026-03-21T00:00:00Z")) == 1


def test_missed_periods_close_in_order() -> None:
    cairo = {"timezone": "Africa/Cairo"}
    assert closed(cairo, "day", "2026-04-22T12:00:00Z", "2026-04-25T12:00:00Z") == [
        ("2026-04-22T22:00:00.000Z", "2026-04-22"),
        ("2026-04-23T22:00:00.000Z", "2026-04-23"),  # 01:00 there, an hour that follows 23:59:59
        ("2026-04-24T21:00:00.000Z", "2026-04-24"),
    ]


@pytest.mark.parametrize(
    ("keys", "period", "after", "until", "expected"),
    [
        (
            {"timezone": "America/Santiago"},
            "day",
            "2026-04-03T12:00:00Z",
            "2026-04-05T04:00:00Z",
            [("2026-04-04T03:00:00.000Z", "2026-04-03"), ("2026-04-05T04:00:00.000Z", "2026-04-04")],  # 25 hours
        ),
        (
            {"timezone": "America/Santiago", "week_start": "sunday"},
            "week",
            "2026-09-01T00:00:00Z",
            "2026-09-06T04:00:00Z",
            [("2026-09-06T04:00:00.000Z", "2026-08-30")],
        ),
        (  # in the west it is still the day before
            {"timezone": "America/Santiago"},
            "day",
            "2026-04-04T01:00:00Z",
            "2026-04-04T03:00:00Z",
            [("2026-04-04T03:00:00.000Z", "2026-04-03")],
        ),
        (
            {"timezone": "Asia/Tehran", "calendar": "jalali"},
            "month",
            "2025-02-19T00:00:00Z",
            "2025-04-20T20:30:00Z",
            [("2025-03-20T20:30:00.000Z", "2025-02-19"), ("2025-04-20T20:30:00.000Z", "2025-03-21")],
        ),
        (
            {"timezone": "Asia/Tehran", "week_start": "saturday"},
            "week",
            "2026-03-20T20:29:59Z",
            "2026-03-27T20:30:00Z",
            [("2026-03-20T20:30:00.000Z", "2026-03-14"), ("2026-03-27T20:30:00.000Z", "2026-03-21")],
        ),
    ],
)
def test_boundaries_follow_the_zone_and_the_calendar(
    keys: dict[str, str], period: Period, after: str, until: str, expected: list[tuple[str, str]]
) -> None:
    assert closed(keys, period, after, until) == expected


def test_a_date_that_the_zone_left_out_opens_no_period() -> None:
    """Samoa went from the 29th to the 31st."""
    samoa = {"timezone": "Pacific/Apia"}
    assert closed(samoa, "day", "2011-12-29T12:00:00Z", "2011-12-31T12:00:00Z") == [
        ("2011-12-30T10:00:00.000Z", "2011-12-29"),
        ("2011-12-31T10:00:00.000Z", "2011-12-31"),
    ]


ZONES = st.sampled_from(["UTC", "Asia/Tehran", "Africa/Cairo", "America/Santiago", "America/Havana"])
CALENDARS = st.sampled_from(["gregorian", "jalali"])
PERIODS: st.SearchStrategy[Period] = st.sampled_from(["day", "week", "month"])
MOMENTS = st.integers(at("2022-01-01T00:00:00Z"), at("2026-12-01T00:00:00Z"))


@given(ZONES, CALENDARS, PERIODS, MOMENTS, st.lists(st.integers(0, 90 * 86_400_000), max_size=4))
def test_however_often_one_looks_each_boundary_is_met_once(
    zone: str, calendar: str, period: Period, began: int, looks: list[int]
) -> None:
    rules = program(timezone=zone, calendar=calendar)
    moments = sorted({began, *(began + each for each in looks)})
    whole = list(boundaries(rules, period, moments[0], moments[-1]))
    in_parts = [
        each for before, until in itertools.pairwise(moments) for each in boundaries(rules, period, before, until)
    ]
    assert in_parts == whole
    assert [first for _, first in whole] == sorted({first for _, first in whole})


@pytest.mark.parametrize(
    ("week_start", "weeks"),
    [
        ("monday", ["2026-03-15T23:00Z", "2026-03-22T23:00Z", "2026-03-29T22:00Z"]),
        ("saturday", ["2026-03-20T23:00Z", "2026-03-27T23:00Z", "2026-04-03T22:00Z"]),
    ],
)
def test_the_last_weeks_begin_at_local_midnights_across_a_change_of_clocks(week_start: str, weeks: list[str]) -> None:
    berlin = program(timezone="Europe/Berlin", week_start=week_start)
    began = last_weeks(ZoneInfo("Europe/Berlin"), berlin, at("2026-04-04T22:30:00Z"), 3)
    assert began == [milliseconds(datetime.fromisoformat(each)) for each in weeks]


@pytest.mark.parametrize(
    ("joined", "kept"), [(0, [10, 20, 30]), (19, [10, 20, 30]), (20, [20, 30]), (29, [20, 30]), (30, [30]), (99, [30])]
)
def test_the_weeks_since_joining_begin_with_that_of_joining(joined: int, kept: list[int]) -> None:
    assert since_joining([10, 20, 30], joined) == kept


@pytest.mark.parametrize(
    ("calendar", "period", "begins"),
    [
        ("jalali", "month", ["2026-01-20T20:30Z", "2026-02-19T20:30Z", "2026-03-20T20:30Z"]),
        ("gregorian", "month", ["2026-01-31T20:30Z", "2026-02-28T20:30Z", "2026-03-31T20:30Z"]),
        ("jalali", "week", ["2026-03-20T20:30Z", "2026-03-27T20:30Z", "2026-04-03T20:30Z"]),
        ("jalali", "day", ["2026-04-01T20:30Z", "2026-04-02T20:30Z", "2026-04-03T20:30Z"]),
    ],
)
def test_the_last_periods_begin_by_the_programmes_calendar_and_zone(
    calendar: str, period: Period, begins: list[str]
) -> None:
    rules = program(timezone="Asia/Tehran", calendar=calendar, week_start="saturday")
    began = last_periods(rules, period, at("2026-04-04T12:00:00Z"), 3)
    assert began == [milliseconds(datetime.fromisoformat(each)) for each in begins]
