"""Defines the table of languages and their habits. A new one is a row here and a file in locale/."""

from collections.abc import Iterable, Iterator, KeysView
from dataclasses import dataclass
from typing import Annotated, Final, Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.lists import format_list

from bot.kit.bidi import strip_controls
from engine.periods import WeekStart

Language: TypeAlias = Annotated[str, "a code of HABITS"]
Calendar = Literal["jalali", "gregorian"]

FALLBACK: Final = "en"
"""The language for whoever reads none of the table, and of the shell's commands."""


@dataclass(frozen=True, slots=True)
class NumberHabits:
    """Holds the ten digits, and the marks in and after a number."""

    digits: str
    thousands: str
    decimal: str
    percent: str


@dataclass(frozen=True, slots=True)
class DateHabits:
    """Holds the calendar, the first day of the week, and whether Gregorian dates are written as 2026-03-21."""

    calendar: Calendar
    week_start: WeekStart = "monday"
    iso: bool = False


@dataclass(frozen=True, slots=True)
class Habits:
    """Holds a language's habits. `own_name` is what its speakers call it; `fallback` is read where a text lacks."""

    own_name: str
    numbers: NumberHabits
    dates: DateHabits
    right_to_left: bool
    fallback: Language = FALLBACK


HABITS: Final[dict[Language, Habits]] = {
    "fa": Habits(
        "فارسی", NumberHabits("۰۱۲۳۴۵۶۷۸۹", "٬", "٫", "٪"), DateHabits("jalali", "saturday"), right_to_left=True
    ),
    "en": Habits(
        "English", NumberHabits("0123456789", ",", ".", "%"), DateHabits("gregorian", iso=True), right_to_left=False
    ),
}
"""The table. Add rows at its end: buttons that people have name a language's place after FALLBACK."""

LANGUAGES: Final[KeysView[Language]] = HABITS.keys()


def fallback_first() -> tuple[Language, ...]:
    """Returns all languages in the order of lists for admins, which a new row only makes longer."""
    return (FALLBACK, *(each for each in LANGUAGES if each != FALLBACK))


def by_preference(language: Language) -> Iterator[Language]:
    """Yields the language, its fallbacks, and then all others: where to look for a text that may lack."""
    passed: list[Language] = []
    each: Language = language
    while each in HABITS and each not in passed:
        passed.append(each)
        each = HABITS[each].fallback
    yield from passed
    yield from (other for other in LANGUAGES if other not in passed)


def known_language(code: str | None) -> Language | None:
    """Returns the language of an IETF tag such as "fa-IR"; None for unsupported ones."""
    tongue = (code or "").replace("_", "-").partition("-")[0].strip().lower()
    return tongue if tongue in LANGUAGES else None


def language_for(code: str | None) -> Language:
    """Returns the language for a client's IETF tag, such as "fa-IR" or None; English for unsupported ones."""
    return known_language(code) or FALLBACK


def own_names() -> str:
    """Returns all languages, each in itself: فارسی / English."""
    return " / ".join(each.own_name for each in HABITS.values())


def named(languages: Iterable[Language], reader: Language) -> str:
    """Returns the languages' names in the reader's, whose own comes first: "English and Persian"."""
    names = _locale(reader).languages
    ordered = sorted(languages, key=lambda each: each != reader)
    shown = [names.get(each, each) for each in ordered]
    return strip_controls(format_list(shown, locale=_locale(reader)))  # CLDR puts direction marks into some lists


def _locale(language: Language) -> Locale:
    try:
        return Locale.parse(language)
    except (UnknownLocaleError, ValueError):
        return Locale.parse(FALLBACK)
