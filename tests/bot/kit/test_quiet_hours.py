from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.kit.preferences import Quiet
from bot.kit.quiet_hours import quiet_until
from engine.timestamps import milliseconds


def at(text: str, zone: str) -> int:
    return milliseconds(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC))


@pytest.mark.parametrize(
    ("quiet", "now", "until"),
    [
        (Quiet(23, 8), "2026-03-21T22:59:59", None),
        (Quiet(23, 8), "2026-03-21T23:00:00", "2026-03-22T08:00:00"),
        (Quiet(23, 8), "2026-03-22T07:59:59", "2026-03-22T08:00:00"),
        (Quiet(23, 8), "2026-03-22T08:00:00", None),
        (Quiet(0, 8), "2026-03-22T00:00:00", "2026-03-22T08:00:00"),
        (Quiet(12, 14), "2026-03-22T13:30:00", "2026-03-22T14:00:00"),
        (Quiet(), "2026-03-22T03:00:00", None),
        (Quiet(5, 5), "2026-03-22T05:00:00", None),
    ],
)
def test_what_happens_in_quiet_hours_is_held_until_they_end(quiet: Quiet, now: str, until: str | None) -> None:
    zone = "Asia/Tehran"
    assert quiet_until(quiet, zone, at(now, zone)) == at(until or now, zone)


def test_a_night_in_which_the_clock_changes_ends_at_its_hour() -> None:
    zone = "Europe/Berlin"
    assert quiet_until(Quiet(23, 8), zone, at("2026-03-28T23:30:00", zone)) == at("2026-03-29T08:00:00", zone)


def test_a_zone_that_nobody_knows_has_no_quiet_hours() -> None:
    assert quiet_until(Quiet(0, 23), "Mars/Base", 5) == 5
