"""Computes when commissions are told that a member wants gathered. Pure."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.kit.calendar_slots import moment_of
from bot.kit.preferences import Gather
from engine.timestamps import milliseconds, utc

_DAY = timedelta(days=1)


def gathered_until(gather: Gather, timezone: str, hour: int, at: int) -> int:
    """Returns when something of the moment `at` (ms, UTC) is told: then, at the next full hour, or at the next `hour`
    of the day. In a zone unknown to this machine, then.
    """
    zone = _zone(timezone)
    if gather == "now" or zone is None:
        return at
    here = utc(at).astimezone(zone)
    if gather == "hourly":
        return at + 3_600_000 - _into_the_hour(here)
    return next(moment for day in range(3) if (moment := moment_of(here.date() + day * _DAY, hour, zone)) > at)


def day_began(timezone: str, at: int) -> int:
    """Returns when the local day of a moment (ms, UTC) began; in a zone unknown to this machine, the day in UTC."""
    zone = _zone(timezone) or ZoneInfo("UTC")
    return moment_of(utc(at).astimezone(zone).date(), 0, zone)


def _zone(timezone: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(timezone)
    except ZoneInfoNotFoundError:
        return None


def _into_the_hour(here: datetime) -> int:
    hour = here.replace(minute=0, second=0, microsecond=0)
    return milliseconds(here) - milliseconds(hour)
