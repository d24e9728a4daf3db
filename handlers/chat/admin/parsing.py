"""What admins type after a command: numbers, people, amounts, names and reasons.

What cannot be read is a UserError, which the router tells; nothing has changed by then.
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

NAME_LENGTH_MAX: Final = 64
"""Of an order's id, a product's name or a tracking code."""
REASON_LENGTH_MAX: Final = 300
_ECHO_LENGTH_MAX: Final = 40
_ORDER_MARKS: Final = "#№"
_WORDS_OF_AN_AMOUNT_MAX: Final = 8


@dataclass(eq=False)
class NotANumber(UserError):
    """Something else than a request's number."""

    code: ClassVar[str] = "not_a_number"
    word: str


@dataclass(eq=False)
class NobodyFound(UserError):
    """Nobody who has started the bot is called so."""

    code: ClassVar[str] = "nobody_found"
    word: str


@dataclass(eq=False)
class NothingFound(UserError):
    """Neither a commission nor an order nor a person."""

    code: ClassVar[str] = "nothing_found"
    word: str


@dataclass(eq=False)
class NothingWritten(UserError):
    """Only blanks and marks that show nothing."""

    code: ClassVar[str] = "nothing_written"


@dataclass(eq=False)
class TooLong(UserError):
    """More characters than are kept."""

    code: ClassVar[str] = "too_long"
    limit: int


def number_of(word: str) -> int:
    """A request's number as people write it: 17, #17, «۱۷». Raises NotANumber."""
    number = whole_number(word)
    if number is None:
        raise NotANumber(_echo(word))
    return number


def is_number(word: str) -> bool:
    """Returns whether `number_of` can read the word."""
    try:
        number_of(word)
    except NotANumber:
        return False
    return True


async def person_of(word: str, people: People) -> Person:
    """Somebody by their Telegram id, @username or invitation code. Raises NobodyFound."""
    found = await people.find(identifier(word))
    if found is None and (code := clean(word)) is not None:
        found = await people.get(code)
    if found is None:
        raise NobodyFound(_echo(word))
    return found


def leading_amount(words: Sequence[str], currency: Currency, *, signed: bool = False) -> tuple[int, list[str]]:
    """The amount that the words begin with, in minor units, and the words behind it: «۱۵ هزار تومان بابت هدیه».

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
    """Whether the last of so many words is a number that belongs to the words behind it: no «و» joins it to a scale."""
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
    """A name or reason as it is kept: one line, Latin digits. Raises NothingWritten or TooLong."""
    kept = " ".join(normalised(words).split())
    if not kept:
        raise NothingWritten
    if len(kept) > limit:
        raise TooLong(limit)
    return kept


def _echo(word: str) -> str:
    return word[:_ECHO_LENGTH_MAX]
