"""The languages people may choose, with the habits of each. A new one is a line here and a file in locale/."""

from dataclasses import dataclass
from typing import Final, Literal

from engine.periods import WeekStart

Language = Literal["fa", "en"]
Calendar = Literal["jalali", "gregorian"]


@dataclass(frozen=True, slots=True)
class Habits:
    """How a language writes numbers and dates, and in which direction it runs."""

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
    """The language for a client's IETF tag, such as "fa-IR" or None: English where we do not speak theirs."""
    tongue = (code or "").replace("_", "-").partition("-")[0].lower()
    return next((each for each in LANGUAGES if each == tongue), "en")
