"""Parses what admins type after a command: numbers, people, amounts, names and reasons.

Unreadable input raises a UserError, which the router reports; nothing has changed by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.amounts import NotAnAmount, ends_with_scale, parse_amount
from bot.kit.digits import identifier, normalised, whole_number
from bot.kit.errors import UserError
from bot.kit.person import People, Person
from engine.codes import clean
from engine.money import Currency
from engine.queries.views import OrderView
from engine.service import Engine

NAME_LENGTH_MAX: Final = 64
"""Limits an order's id, a product's name and a tracking code."""
REASON_LENGTH_MAX: Final = 300
_ECHO_LENGTH_MAX: Final = 40
_ORDER_MARKS: Final = "#№"
_WORDS_OF_AN_AMOUNT_MAX: Final = 8


@dataclass(eq=False)
class NotANumber(UserError):
    """Raised for anything but a request's number."""

    code: ClassVar[str] = "not_a_number"
    word: str

    @classmethod
    def of(cls, words: str) -> "NotANumber":
        """Returns the error about the first of these words."""
        return cls(_echo(words.split(maxsplit=1)[0]))


@dataclass(eq=False)
class NobodyFound(UserError):
    """Raised when nobody of that name has started the bot."""

    code: ClassVar[str] = "nobody_found"
    word: str


@dataclass(eq=False)
class NothingFound(UserError):
    """Raised for a name of neither a commission nor an order nor a person."""

    code: ClassVar[str] = "nothing_found"
    word: str


@dataclass(eq=False)
class NothingWritten(UserError):
    """Raised for text of blanks and invisible marks only."""

    code: ClassVar[str] = "nothing_written"


@dataclass(eq=False)
class TooLong(UserError):
    """Raised for more characters than are stored."""

    code: ClassVar[str] = "too_long"
    limit: int


def number_of(word: str) -> int:
    """Parses a request's number as people write it: 17, #17, «۱۷». Raises NotANumber."""
    number = whole_number(word)
    if number is None:
        raise NotANumber(_echo(word))
    return number


def is_number(word: str) -> bool:
    """Returns whether `number_of` can read the word."""
    return whole_number(word) is not None


async def person_of(word: str, people: People) -> Person:
    """Finds a person by their Telegram id, @username or invitation code. Raises NobodyFound."""
    found = await people.find(identifier(word))
    if found is None and (code := clean(word)) is not None:
        found = await people.get(code)
    if found is None:
        raise NobodyFound(_echo(word))
    return found


async def order_of(id: str, engine: Engine) -> OrderView | None:
    """Returns an order by its id, also where it was typed behind a "#" that is no part of it."""
    return await engine.order(id) or await engine.order(id.lstrip("#"))


def leading_amount(words: Sequence[str], currency: Currency, *, signed: bool = False) -> tuple[int, list[str]]:
    """Parses the amount at the start, in minor units, and returns the words after it: «۱۵ هزار تومان بابت هدیه».

    As many words as can be read are the amount; but of «۴۸۰ هزار ۳ کفش» the 3 counts shoes. Raises the UserError that
    says what is wrong with it.
    """
    for count in range(min(len(words), _WORDS_OF_AN_AMOUNT_MAX), 0, -1):
        if _ends_with_a_count(words, count):
            continue
        try:
            return parse_amount(" ".join(words[:count]), currency, signed=signed), list(words[count:])
        except NotAnAmount:
            continue
    raise NotAnAmount


def _ends_with_a_count(words: Sequence[str], count: int) -> bool:
    """Returns whether the last of so many words is a number that belongs to the words after it: no «و» joins it to a
    scale.
    """
    return 1 < count < len(words) and ends_with_scale(words[count - 2]) and is_number(words[count - 1])


def product_and_order(words: Sequence[str]) -> tuple[str, str]:
    """Returns a product's name, of any number of words, and the order's id; either is empty where it is not named.

    The last word is the order's id only where it has a digit, of any script, or follows a "#", which is left out.
    """
    if not words:
        return "", ""
    *before, last = words
    plain = identifier(last)
    marked = plain.strip(_ORDER_MARKS)
    if plain.startswith(tuple(_ORDER_MARKS)) and marked:
        return " ".join(before), marked
    if marked and before and normalised(before[-1]) in tuple(_ORDER_MARKS):
        return " ".join(before[:-1]), plain
    if any(letter.isdecimal() for letter in plain):
        return " ".join(before), plain
    return " ".join(words), ""


def short(words: str, limit: int) -> str:
    """Normalises a name or reason for storing: one line, Latin digits. Raises NothingWritten or TooLong."""
    kept = " ".join(normalised(words).split())
    if not kept:
        raise NothingWritten
    if len(kept) > limit:
        raise TooLong(limit)
    return kept


def _echo(word: str) -> str:
    return word[:_ECHO_LENGTH_MAX]
