"""Defines the supported languages and their habits. A new one is a line here and a file in locale/."""

from dataclasses import dataclass
from typing import Final, Literal

from engine.periods import WeekStart

Language = Literal["fa", "en"]
Calendar = Literal["jalali", "gregorian"]


@dataclass(frozen=True, slots=True)
class Habits:
    """Holds a language's habits: number and date formats, and direction."""

    digits: str
    thousands: str
    decimal: str
    percent: str
    calendar: Calendar
    right_to_left: bool
    week_start: WeekStart = "monday"


HABITS: Final[dict[Language, Habits]] = {
    "fa": Habits("۰۱۲۳۴۵۶۷۸۹", "٬", "٫", "٪", "jalali", right_to_left=True, week_start="saturday"),
    "en": Habits("0123456789", ",", ".", "%", "gregorian", right_to_left=False),
}
LANGUAGES: Final[tuple[Language, ...]] = tuple(HABITS)


def language_for(code: str | None) -> Language:
    """Returns the language for a client's IETF tag, such as "fa-IR" or None; English for unsupported ones."""
    tongue = (code or "").replace("_", "-").partition("-")[0].lower()
    return next((each for each in LANGUAGES if each == tongue), "en")
