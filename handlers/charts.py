"""Turns figures into the words and measures of pictures' recipes: what several charts have in common."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.kit.formatting import Argument, Compact, Count, Term, Unit, When
from bot.kit.json import Json
from bot.kit.languages import Language
from bot.kit.texts import Texts
from engine.money import Currency
from engine.periods import Period
from engine.programme.model import Program
from engine.timestamps import utc

_WHOLE = 1000


class _Reading(Protocol):
    @property
    def texts(self) -> Texts: ...
    @property
    def language(self) -> Language: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Writes plain words in one language, as pictures need them."""

    texts: Texts
    language: Language

    @classmethod
    def of(cls, ctx: _Reading) -> "Words":
        """Returns those of the reader."""
        return cls(ctx.texts, ctx.language)

    def __call__(self, text_id: str, /, **arguments: Argument) -> str:
        return self.texts.plain(self.language, text_id, **arguments)

    def term(self, term: Term) -> str:
        """Writes a message with its arguments."""
        return self(term.message_id, **term.arguments)

    def name(self, name: Argument) -> str:
        """Writes a person's or a thing's name."""
        return self("chart-name", name=name)

    def money(self, amount: int, currency: Currency) -> str:
        """Writes an amount with its unit, as short as a chart needs it."""
        return self("chart-money", value=Compact(amount, currency), unit=Unit(currency))


def columns(
    words: Words, title: str, below: str, labels: Sequence[str], amounts: Sequence[int], currency: Currency
) -> Json:
    """Returns the recipe of amounts as columns, the oldest first."""
    return {
        "kind": "weeks",
        "language": words.language,
        "title": title,
        "change": below,
        "days": list(labels),
        "values": [words("chart-value", value=Compact(each, currency)) for each in amounts],
        "amounts": list(amounts),
    }


def period_label(begins: int, period: Period, program: Program) -> Term:
    """Returns a month's name in the programme's calendar; of a day or a week its first day, in the reader's."""
    if period != "month":
        return Term("chart-day", day=When(begins, program.timezone, year=False))
    day = utc(begins).astimezone(ZoneInfo(program.timezone)).date()
    month = JalaliDate(day).month if program.calendar == "jalali" else day.month  # type: ignore[no-untyped-call]
    return Term(f"month-{program.calendar}", month=Count(month))


def thousandths(part: int, whole: int) -> int:
    """Returns a share of 1000, between 0 and all of it; what there is at all is at least one of them."""
    if part <= 0:
        return 0
    return _WHOLE if part >= whole else max(1, _WHOLE * part // whole)
