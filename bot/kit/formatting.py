"""Formats typed arguments of texts. The type decides how a value is shown, so that no text can get it wrong.

Each `show` returns the finished piece: digits of the language, HTML escaped where the text is HTML, direction isolated.
Telegram's HTML needs &, < and > escaped (Bot API, "HTML style"); isolates stand outside <code> and links, never inside.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from html import escape
from typing import TYPE_CHECKING, Final, Protocol
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

from bot.kit.bidi import END_ISOLATE, LEFT_TO_RIGHT_ISOLATE, isolate, strip_controls
from bot.kit.languages import HABITS, Calendar, Habits, Language, by_preference, named
from engine.timestamps import utc

if TYPE_CHECKING:
    from engine.money import Currency

MINUS = "\u2212"
PLUS = "+"


class Renderer(Protocol):
    """Renders arguments: knows the language, whether HTML is wanted, and the catalogue."""

    @property
    def language(self) -> Language: ...

    @property
    def html(self) -> bool: ...

    def has(self, message_id: str) -> bool: ...

    def write(self, message_id: str, arguments: "Mapping[str, Argument]") -> str: ...


@dataclass(frozen=True, slots=True)
class Text:
    """Shows people's own words: names, reasons, the shop's welcome."""

    value: str

    def show(self, renderer: Renderer) -> str:
        return isolate(_escaped(strip_controls(self.value), renderer))


@dataclass(frozen=True, slots=True)
class Title:
    """Shows what people call a thing of the programme: its title in their language, else another one's, else its id."""

    id: str
    words: Mapping[Language, str]

    def show(self, renderer: Renderer) -> str:
        found = (self.words[each] for each in by_preference(renderer.language) if self.words.get(each))
        return Text(next(found, self.id)).show(renderer)


@dataclass(frozen=True, slots=True)
class Code:
    """Shows text to copy unchanged: invitation codes, order ids, references."""

    value: str

    def show(self, renderer: Renderer) -> str:
        shown = _escaped(strip_controls(self.value), renderer)
        return isolate(f"<code>{shown}</code>") if renderer.html else shown


@dataclass(frozen=True, slots=True)
class Link:
    """Shows an address; texts give it a line of its own."""

    url: str

    def show(self, renderer: Renderer) -> str:
        return _escaped(self.url, renderer)


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Shows the operator's text to be passed on, unchanged: without marks, which a link's end could include."""

    value: str

    def show(self, renderer: Renderer) -> str:
        return _escaped(self.value, renderer)


@dataclass(frozen=True, slots=True)
class Count:
    """Shows a number. Texts may also choose by it: { $members -> [0] ... [one] ... *[other] ... }."""

    value: int

    def show(self, renderer: Renderer) -> str:
        return counted(self.value, HABITS[renderer.language])


@dataclass(frozen=True, slots=True)
class Choice:
    """Selects a variant of a text and is not shown: { $state -> [paid] ... *[other] ... }."""

    value: str

    def show(self, renderer: Renderer) -> str:  # noqa: ARG002  # the signature of all arguments
        return self.value


@dataclass(frozen=True, slots=True)
class Unit:
    """Shows a currency's name; its code where the catalogue has none."""

    currency: "Currency"

    def show(self, renderer: Renderer) -> str:
        message_id = f"currency-{self.currency.code}"
        return renderer.write(message_id, {}) if renderer.has(message_id) else self.currency.code


@dataclass(frozen=True, slots=True)
class Money:
    """Shows an amount in minor units as major ones with its unit: `13,000 toman`, `12.50 dollars`.

    `signed` shows a plus, too: `+13,000 toman`.
    """

    amount_minor: int
    currency: "Currency"
    signed: bool = False

    def show(self, renderer: Renderer) -> str:
        habits = HABITS[renderer.language]
        whole, part = divmod(abs(self.amount_minor), 10**self.currency.exponent)
        number = grouped(whole, habits)
        if self.currency.exponent:
            number += habits.numbers.decimal + in_digits(f"{part:0{self.currency.exponent}d}", habits)
        sign = MINUS if self.amount_minor < 0 else PLUS if self.signed and self.amount_minor else ""
        return f"{_with_sign(sign, number, habits)} {Unit(self.currency).show(renderer)}"


@dataclass(frozen=True, slots=True)
class Compact:
    """Shows an amount in minor units as short as a chart needs it, in three digits and without its unit: 1.25M, 52K."""

    amount_minor: int
    currency: "Currency"

    def show(self, renderer: Renderer) -> str:
        habits = HABITS[renderer.language]
        scale, number = _in_three_digits(abs(Decimal(self.amount_minor).scaleb(-self.currency.exponent)))
        whole, _, part = f"{number:f}".partition(".")
        shown = grouped(int(whole), habits) + (habits.numbers.decimal + in_digits(part, habits) if part else "")
        signed = _signed(self.amount_minor < 0, shown, habits)
        return renderer.write("chart-compact", {"scale": Choice(scale), "number": Rendered(signed)})


_SCALES: Final = ("one", "thousand", "million", "billion", "trillion")


def _in_three_digits(amount: Decimal) -> tuple[str, Decimal]:
    """Returns a scale and the amount in it, rounded half up; 999.9 thousand is 1 million."""
    scale, shown = _SCALES[0], amount
    for scale in _SCALES:  # noqa: B007  # the one at which it ends
        digits = max(0, 2 - amount.adjusted()) if amount else 0
        shown = amount.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        if shown < 1000:
            break
        amount = amount.scaleb(-3)
    whole = shown.to_integral_value()
    return scale, whole if shown == whole else shown.normalize()


@dataclass(frozen=True, slots=True)
class Exact:
    """Shows an amount before rounding: minor units with a fraction, such as "2400.75", formatted as Money."""

    minor: str
    currency: "Currency"

    def show(self, renderer: Renderer) -> str:
        habits = HABITS[renderer.language]
        whole, _, part = f"{Decimal(self.minor).scaleb(-self.currency.exponent):f}".partition(".")
        number = grouped(int(whole), habits) + (habits.numbers.decimal + in_digits(part, habits) if part else "")
        return f"{number} {Unit(self.currency).show(renderer)}"


@dataclass(frozen=True, slots=True)
class Percent:
    """Shows a percentage: Percent("12.5") and Percent("12.5%") are 12.5%."""

    value: Decimal | str

    def show(self, renderer: Renderer) -> str:
        habits = HABITS[renderer.language]
        exact = Decimal(self.value.removesuffix("%")) if isinstance(self.value, str) else self.value
        whole, _, part = f"{abs(exact):f}".partition(".")
        part = part.rstrip("0")
        number = in_digits(whole, habits) + (habits.numbers.decimal + in_digits(part, habits) if part else "")
        return _signed(exact < 0, number + habits.numbers.percent, habits)


@dataclass(frozen=True, slots=True)
class When:
    """Shows a moment (ms, UTC) as a day in a time zone, with the time of day on request.

    In the language's calendar, unless another is named. Without the year it is in words: 21 March.
    """

    ms: int
    zone: str
    calendar: Calendar | None = None
    time: bool = False
    year: bool = True

    def show(self, renderer: Renderer) -> str:
        moment = utc(self.ms).astimezone(ZoneInfo(self.zone))
        day = self._day(moment.date(), renderer)
        if not self.time:
            return day
        clock = in_digits(f"{moment:%H:%M}", HABITS[renderer.language])
        return renderer.write("date-with-time", {"day": Rendered(day), "time": Rendered(clock)})

    def _day(self, day: date, renderer: Renderer) -> str:
        habits = HABITS[renderer.language]
        calendar = self.calendar or habits.dates.calendar
        if habits.dates.iso and calendar == "gregorian" and self.year:
            return day.isoformat()
        parts = JalaliDate(day) if calendar == "jalali" else day  # type: ignore[no-untyped-call]  # persiantools
        pieces: dict[str, Argument] = {
            "day": Rendered(in_digits(str(parts.day), habits)),
            "month": Term(f"month-{calendar}", month=Count(parts.month)),
        }
        if not self.year:
            return renderer.write("date-without-year", pieces)
        return renderer.write("date-in-words", {**pieces, "year": Rendered(in_digits(str(parts.year), habits))})


@dataclass(frozen=True, slots=True)
class Hour:
    """Shows a whole hour of the day: 20:00."""

    value: int

    def show(self, renderer: Renderer) -> str:
        return in_digits(f"{self.value:02}:00", HABITS[renderer.language])


@dataclass(frozen=True, slots=True)
class OwnName:
    """Shows what a language's speakers call it: فارسی, English."""

    language: Language

    def show(self, renderer: Renderer) -> str:
        return _escaped(HABITS[self.language].own_name, renderer)


@dataclass(frozen=True, slots=True)
class LanguageNames:
    """Shows languages by their names in the reader's: English and Persian."""

    languages: tuple[Language, ...]

    def show(self, renderer: Renderer) -> str:
        return _escaped(named(self.languages, renderer.language), renderer)


class Term:
    """Shows another message of the catalogue, with its own arguments."""

    __slots__ = ("arguments", "message_id")

    def __init__(self, message_id: str, /, **arguments: "Argument") -> None:
        self.message_id = message_id
        self.arguments = arguments

    def show(self, renderer: Renderer) -> str:
        return renderer.write(self.message_id, self.arguments)


@dataclass(frozen=True, slots=True)
class Lines:
    """Shows several messages, a line each: the rows of a list."""

    terms: tuple[Term, ...]

    def show(self, renderer: Renderer) -> str:
        return "\n".join(term.show(renderer) for term in self.terms)


@dataclass(frozen=True, slots=True)
class Rendered:
    """Shows a piece that this module has already finished, unchanged. Not for handlers."""

    value: str

    def show(self, renderer: Renderer) -> str:  # noqa: ARG002  # the signature of all arguments
        return self.value


Argument = (
    Text
    | Title
    | Code
    | Link
    | Verbatim
    | Count
    | Choice
    | Unit
    | Money
    | Compact
    | Exact
    | Percent
    | When
    | Hour
    | OwnName
    | LanguageNames
    | Term
    | Lines
    | Rendered
)


def in_digits(number: str, habits: Habits) -> str:
    """Converts Latin digits to the language's own; everything else stays."""
    return number.translate({ord("0") + value: digit for value, digit in enumerate(habits.numbers.digits)})


def grouped(number: int, habits: Habits) -> str:
    """Formats a number of 0 or more with separated thousands, in the language's digits: 13,000, ۱۳٬۰۰۰."""
    return in_digits(f"{number:,}".replace(",", habits.numbers.thousands), habits)


def counted(number: int, habits: Habits) -> str:
    """Formats any whole number, with separated thousands and its minus in place."""
    return _signed(number < 0, grouped(abs(number), habits), habits)


def _signed(negative: bool, number: str, habits: Habits) -> str:
    return _with_sign(MINUS if negative else "", number, habits)


def _with_sign(sign: str, number: str, habits: Habits) -> str:
    """Puts the sign left of the number, in every language; in right-to-left text only an isolate keeps it there."""
    if not sign:
        return number
    signed = sign + number
    return f"{LEFT_TO_RIGHT_ISOLATE}{signed}{END_ISOLATE}" if habits.right_to_left else signed


def _escaped(text: str, renderer: Renderer) -> str:
    return escape(text, quote=False) if renderer.html else text
