"""Computes when quiet hours end, until which notices are deferred. Pure."""

from datetime import timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.kit.calendar_slots import moment_of
from bot.kit.preferences import Quiet
from engine.timestamps import utc

_DAY = timedelta(days=1)


def quiet_until(quiet: Quiet, timezone: str, now: int) -> int:
    """Returns the end (ms, UTC) of the quiet hours that contain now; now itself outside of them.

    In a zone unknown to this machine there are none.
    """
    try:
        zone = ZoneInfo(timezone)
    except ZoneInfoNotFoundError:
        return now
    here = utc(now).astimezone(zone)
    if not quiet.holds(here.hour):
        return now
    ends = [moment_of(day, quiet.ends, zone) for day in (here.date(), here.date() + _DAY)]
    return next(end for end in ends if end > now)
