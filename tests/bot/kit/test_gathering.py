"""When gathered commissions are told."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.kit.gathering import day_began, gathered_until
from bot.kit.preferences import Gather
from engine.timestamps import milliseconds, utc


def moment(text: str, zone: str = "Asia/Tehran") -> int:
    return milliseconds(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


@pytest.mark.parametrize(
    ("gather", "at", "told"),
    [
        ("now", "2026-03-21 14:30:12", "2026-03-21 14:30:12"),
        ("hourly", "2026-03-21 14:30:12", "2026-03-21 15:00"),
        ("hourly", "2026-03-21 14:00", "2026-03-21 15:00"),
        ("hourly", "2026-03-21 23:59:59", "2026-03-22 00:00"),
        ("daily", "2026-03-21 14:30", "2026-03-21 20:00"),
        ("daily", "2026-03-21 20:00", "2026-03-22 20:00"),
        ("daily", "2026-03-21 23:00", "2026-03-22 20:00"),
    ],
)
def test_it_is_told_at_once_at_the_full_hour_of_the_zone_or_at_the_digest_s_hour(
    gather: Gather, at: str, told: str
) -> None:
    assert gathered_until(gather, "Asia/Tehran", 20, moment(at)) == moment(told)


def test_an_hour_that_the_clocks_leave_out_is_replaced_by_the_first_moment_after_it() -> None:
    zone = "Europe/Berlin"
    told = gathered_until("daily", zone, 2, moment("2026-03-28 12:00", zone))
    assert utc(told).astimezone(ZoneInfo(zone)).isoformat() == "2026-03-29T03:00:00+02:00"
    assert gathered_until("hourly", zone, 2, moment("2026-03-29 01:30", zone)) == told


def test_in_a_zone_that_is_unknown_here_it_is_told_at_once() -> None:
    at = moment("2026-03-21 14:30")
    assert [gathered_until(each, "Mars/Olympus", 20, at) for each in ("hourly", "daily")] == [at, at]
    assert day_began("Mars/Olympus", at) == moment("2026-03-21 00:00", "UTC")


def test_a_day_begins_at_midnight_of_its_zone() -> None:
    assert day_began("Asia/Tehran", moment("2026-03-21 00:10")) == moment("2026-03-21 00:00")
    assert day_began("Asia/Tehran", moment("2026-03-21 23:59")) == moment("2026-03-21 00:00")
