"""Slots: each local date exactly once, in order, whatever the clocks of a zone do."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import pairwise
from typing import Any, get_args
from zoneinfo import ZoneInfo, available_timezones

import pytest
from persiantools.jdatetime import JalaliDate

from bot.kit.calendar_slots import GRACE_MS, Schedule, Slot, by_policy, due_slots, next_slot, slot_before
from engine.periods import Period
from engine.timestamps import milliseconds

HOUR = 3_600_000
TWENTY = (
    "UTC", "Asia/Tehran", "Asia/Kabul", "Asia/Kathmandu", "Asia/Beirut", "Asia/Gaza", "Asia/Amman", "Europe/Berlin",
    "Europe/London", "Africa/Cairo", "Africa/Casablanca", "America/New_York", "America/Havana", "America/Santiago",
    "America/Asuncion", "America/Sao_Paulo", "America/Scoresbysund", "Australia/Lord_Howe", "Pacific/Apia",
    "Pacific/Chatham",
)  # fmt: skip
FROM, UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)
EVERY: tuple[Period, ...] = get_args(Period)


def ms(text: str) -> int:
    return milliseconds(datetime.fromisoformat(text).replace(tzinfo=UTC))


def local(slot: Slot, zone: str) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=slot.at)).astimezone(ZoneInfo(zone))


@cache
def dates_of(zone: str, since: datetime, until: datetime) -> list[date]:
    """The local dates that a zone has had, by looking at its clock every half an hour."""
    place, seen, at = ZoneInfo(zone), dict[date, None](), since
    while at < until:
        seen[at.astimezone(place).date()] = None
        at += timedelta(minutes=30)
    return list(seen)


def first_day_of_each(dates: list[date], schedule: Schedule) -> list[date]:
    """The first date there is of each day, week or month."""
    firsts: dict[object, date] = {}
    for day in dates:
        firsts.setdefault(period_key(day, schedule), day)
    return list(firsts.values())[1:]  # the first may have begun before we looked


def period_key(day: date, schedule: Schedule) -> object:
    """Counted otherwise than in the source: weeks by their number since some first day, months by their names."""
    if schedule.every == "day":
        return day
    if schedule.every == "week":
        first = {"monday": date(2001, 1, 1), "saturday": date(2000, 12, 30), "sunday": date(2000, 12, 31)}
        return (day - first[schedule.week_start]).days // 7
    named: Any = JalaliDate(day) if schedule.calendar == "jalali" else day  # type: ignore[no-untyped-call]
    return named.year, named.month


def all_slots(schedule: Schedule, since: datetime, until: datetime) -> list[Slot]:
    """What somebody gets who looks once a week or so."""
    slots = [slot_before(schedule, milliseconds(since))]
    at = since
    while at < until:
        at = min(at + timedelta(days=8, hours=5), until)
        slots += due_slots(schedule, slots[-1].label, milliseconds(at))
    return slots[1:]


def check(schedule: Schedule, since: datetime, until: datetime) -> None:
    """Behind the first weeks and before the last, where a month may have begun before we looked or be cut off."""
    slots = all_slots(schedule, since, until)
    assert all(one.at < other.at and one.label < other.label for one, other in pairwise(slots))
    begin, end = since.date() + timedelta(days=42), until.date() - timedelta(days=42)
    days = first_day_of_each(dates_of(schedule.timezone, since, until), schedule)
    due = [datetime.combine(day, time(schedule.hour)) for day in days if begin < day < end]
    told = [local(slot, schedule.timezone) for slot in slots]
    first = next(number for number, at in enumerate(told) if at.replace(tzinfo=None) >= due[0])
    for wanted, at in zip(due, told[first : first + len(due)], strict=True):
        if at.replace(tzinfo=None) == wanted:
            assert at.fold == 0, "an hour that comes twice counts the first time"
        else:
            before = (at.astimezone(UTC) - timedelta(seconds=1)).astimezone(at.tzinfo).replace(tzinfo=None)
            assert before < wanted < at.replace(tzinfo=None), "the first moment after an hour that is left out"


@pytest.mark.parametrize("zone", TWENTY)
@pytest.mark.parametrize("every", EVERY)
def test_each_date_comes_once_and_in_order_where_clocks_change(zone: str, every: Period) -> None:
    for hour in (0, 2, 23):
        check(Schedule(every, zone, hour, "jalali", "saturday"), FROM, datetime(2024, 1, 1, tzinfo=UTC))


@pytest.mark.soak
@pytest.mark.timeout(7200)
@pytest.mark.parametrize("zone", sorted(available_timezones()))
def test_each_date_comes_once_and_in_order_in_every_zone(zone: str) -> None:
    for every in EVERY:
        for hour in (0, 1, 2, 3, 12, 22, 23):
            check(Schedule(every, zone, hour), FROM, UNTIL)
            if every != "day":
                check(Schedule(every, zone, hour, "jalali", "saturday"), FROM, UNTIL)


@pytest.mark.parametrize(
    ("zone", "hour", "day", "moment"),
    [
        ("Europe/Berlin", 2, "2026-03-29", "2026-03-29T01:00:00"),  # 2 o'clock is left out: 3 o'clock it is
        ("Europe/Berlin", 2, "2026-10-25", "2026-10-25T00:00:00"),  # 2 o'clock comes twice: the first
        ("Asia/Beirut", 0, "2026-03-29", "2026-03-28T22:00:00"),  # midnight is left out
        ("America/Havana", 0, "2026-11-01", "2026-11-01T04:00:00"),  # midnight comes twice
        ("Australia/Lord_Howe", 2, "2026-10-04", "2026-10-03T15:30:00"),  # half an hour is left out
        ("Asia/Tehran", 0, "2026-03-21", "2026-03-20T20:30:00"),
    ],
)
def test_the_moment_of_an_hour_that_is_odd(zone: str, hour: int, day: str, moment: str) -> None:
    before = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    assert next_slot(Schedule("day", zone, hour), before) == Slot(day, ms(moment))


def test_a_date_that_a_zone_leaves_out_has_no_slot() -> None:
    """Samoa went over the date line at the end of 2011 and had no 30 December."""
    due = due_slots(Schedule("day", "Pacific/Apia", 0), "2011-12-28", ms("2012-01-02T00:00:00"))
    assert [slot.label for slot in due] == ["2011-12-29", "2011-12-31", "2012-01-01", "2012-01-02"]


def test_weeks_and_months_are_those_of_the_calendar() -> None:
    now = ms("2026-04-25T12:00:00")
    saturdays = Schedule("week", "Asia/Tehran", 9, "jalali", "saturday")
    assert [slot.label for slot in due_slots(saturdays, "2026-04-04", now)] == [
        "2026-04-11",
        "2026-04-18",
        "2026-04-25",
    ]
    months = Schedule("month", "Asia/Tehran", 9, "jalali", "saturday")
    assert due_slots(months, "1404-12", now) == [
        Slot("1405-01", ms("2026-03-21T05:30:00")),
        Slot("1405-02", ms("2026-04-21T05:30:00")),
    ]
    assert [slot.label for slot in due_slots(Schedule("month", "Asia/Tehran", 9), "2026-02", now)] == [
        "2026-03",
        "2026-04",
    ]


def test_weeks_that_come_to_begin_on_another_day_go_on_from_there() -> None:
    saturdays = Schedule("week", "UTC", 9, "gregorian", "saturday")
    assert next_slot(saturdays, "2026-03-23").label == "2026-03-28"


def test_a_slot_is_due_from_its_moment_on() -> None:
    schedule, at = Schedule("day", "UTC", 9), ms("2026-03-21T09:00:00")
    assert due_slots(schedule, "2026-03-20", at - 1) == []
    assert due_slots(schedule, "2026-03-20", at) == [Slot("2026-03-21", at)]
    assert slot_before(schedule, at) == Slot("2026-03-21", at)
    assert slot_before(schedule, at - 1).label == "2026-03-20"


def test_after_three_days_money_catches_up_digests_come_once_and_reminders_not_at_all() -> None:
    schedule, now = Schedule("day", "UTC", 9), ms("2026-03-24T12:00:00")
    due = due_slots(schedule, "2026-03-20", now)
    labels = ["2026-03-21", "2026-03-22", "2026-03-23", "2026-03-24"]
    for policy, ran in (("all", labels), ("latest", labels[-1:]), ("none", [])):
        missed, run = by_policy(due, policy, now)  # type: ignore[arg-type]
        assert [slot.label for slot in run] == ran
        assert [slot.label for slot in missed] == [label for label in labels if label not in ran]


def test_a_reminder_that_is_a_little_late_still_comes() -> None:
    due = due_slots(Schedule("day", "UTC", 9), "2026-03-20", ms("2026-03-21T12:00:00"))
    assert by_policy(due, "none", due[0].at + GRACE_MS) == ([], due)
    assert by_policy(due, "none", due[0].at + GRACE_MS + 1) == (due, [])


def test_a_clock_set_back_makes_nothing_due_again() -> None:
    schedule = Schedule("day", "UTC", 9)
    [slot] = due_slots(schedule, "2026-03-20", ms("2026-03-21T09:30:00"))
    for back in (HOUR, 24 * HOUR):
        assert due_slots(schedule, slot.label, ms("2026-03-21T09:30:00") - back) == []
