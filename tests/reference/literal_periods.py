"""Where periods begin, and the close of one: pairing and what is carried on (section 7)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from literal_credit import credit
from literal_network import is_qualified
from literal_programme import Tables, share_of
from literal_world import Member, World

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
WEEKDAYS = {"monday": 0, "saturday": 5, "sunday": 6}
UTC = ZoneInfo("UTC")


@lru_cache(maxsize=4096)
def first_moment(day: date, zone: str) -> datetime:
    """The first moment of a local date, in UTC; where clocks skip midnight that is not 00:00."""
    moment = datetime.combine(day, time(0), ZoneInfo(zone)).astimezone(UTC)
    while (moment - SECOND).astimezone(ZoneInfo(zone)).date() >= day:
        moment -= SECOND
    return moment


def begins_period(day: date, programme: Tables) -> bool:
    """Whether a period of the programme's pairing begins on this local date."""
    program, period = programme["program"], programme["plan"]["pairing"]["period"]
    if period == "day":
        return True
    if period == "week":
        return day.weekday() == WEEKDAYS[program["week_start"]]
    if program["calendar"] == "jalali":
        return bool(JalaliDate(day).day == 1)  # type: ignore[no-untyped-call]
    return day.day == 1


def boundaries(programme: Tables, after: datetime, until: datetime) -> Iterator[tuple[datetime, date]]:
    """Each boundary after the one moment and until the other, with the first day of the period it closes."""
    zone = programme["program"]["timezone"]
    day = after.astimezone(ZoneInfo(zone)).date()
    while first_moment(day, zone) <= until:
        if begins_period(day, programme) and first_moment(day, zone) > after:
            yield first_moment(day, zone), first_day_before(day, programme)
        day += DAY


def first_day_before(day: date, programme: Tables) -> date:
    """The first day of the period that ends where this day begins."""
    day -= DAY
    while not begins_period(day, programme):
        day -= DAY
    return day


def close_period(world: World, first_day: date) -> None:
    """Pays every qualified member for what is matched, then carries on what is left, for every member."""
    for member in world.members.values():
        if is_qualified(world, member.name):
            pay_pairing(world, member, first_day)
        member.volume = [carried(volume, world.programme["plan"]["pairing"]) for volume in member.volume]


def pay_pairing(world: World, member: Member, first_day: date) -> None:
    """Pays for the matched volume or the pairs, and takes the volume used off both legs."""
    pairing = world.programme["plan"]["pairing"]
    if "rate" in pairing:
        matched = max(0, min(member.volume))
        used, payment = [matched, matched], share_of(pairing["rate"], matched)
    else:
        units = units_of_one_pair(member.volume, pairing["ratio"])
        pairs = max(0, min(member.volume[leg] // (units[leg] * pairing["unit"]) for leg in (0, 1)))
        used, payment = [pairs * units[leg] * pairing["unit"] for leg in (0, 1)], pairs * pairing["bonus"]
    member.volume = [member.volume[leg] - used[leg] for leg in (0, 1)]
    cap = world.rank_of(member)["pairing_cap"] or pairing["cap"]
    credit(world, member.name, payment, f"period:{first_day.isoformat()}", "pairing", period_cap=cap)


def units_of_one_pair(volume: list[int], ratio: str) -> list[int]:
    """How many units each leg gives for one pair; with 2:1 the larger gives two, the left one on a tie."""
    if ratio == "1:1":
        return [1, 1]
    return [2, 1] if volume[0] >= volume[1] else [1, 2]


def carried(volume: int, pairing: Tables) -> int:
    """What of a leg's volume is left for the next period."""
    if pairing["carry"] == "none":
        return 0
    if pairing["carry"] == "limited":
        return min(volume, int(pairing["carry_limit"]))
    return volume
