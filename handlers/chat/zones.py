"""Finds time zones by the names that people use."""

from dataclasses import dataclass
from typing import ClassVar, Final
from zoneinfo import available_timezones

from bot.kit.errors import UserError
from bot.kit.formatting import Argument, Choice, Term, Text

ZONES: Final = (
    "Asia/Tehran", "Asia/Kabul", "Asia/Dushanbe", "Asia/Dubai", "Asia/Baghdad", "Europe/Istanbul", "Europe/Berlin",
    "Europe/London", "America/Toronto", "America/Los_Angeles", "Australia/Sydney", "UTC",
)  # fmt: skip
"""The short list."""

_ECHO_LENGTH_MAX: Final = 40


@dataclass(eq=False)
class UnknownZone(UserError):
    """Raised for anything but a zone or city of the IANA list."""

    code: ClassVar[str] = "unknown_zone"
    word: str


def zone_named(words: str) -> str:
    """Finds a zone by its IANA name or its city, in any case: "asia/tokyo", "New York". Raises UnknownZone."""
    wanted = "_".join(words.lower().split())
    places = sorted(zone for zone in available_timezones() if "/" in zone or zone == "UTC")
    named = [zone for zone in places if zone.lower() == wanted]
    named += [zone for zone in places if zone.lower().rpartition("/")[2] == wanted]
    if not named:
        raise UnknownZone(words[:_ECHO_LENGTH_MAX])
    return named[0]


def zone_name(zone: str) -> Argument:
    """Names a zone by its city; by its IANA name if it is not in the short list."""
    return Term("zone-name", zone=Choice(zone.replace("/", "-").lower())) if zone in ZONES else Text(zone)
