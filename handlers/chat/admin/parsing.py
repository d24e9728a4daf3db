"""Parses what admins type after a command: numbers, people, amounts, names and reasons.

Unreadable input raises a UserError, which the router reports; nothing has changed by then.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from bot.kit.amounts import NotAnAmount, ends_with_scale, parse_amount
from bot.kit.context import Context
from bot.kit.digits import identifier, normalised, whole_number
from bot.kit.errors import UserError
from bot.kit.name_search import needle_of
from bot.kit.order_numbers import spoken
from bot.kit.person import People, Person, person_name
from engine.codes import clean
from engine.money import Currency
from engine.queries.views import OrderView

NAME_LENGTH_MAX: Final = 64
"""Limits an order's id, a product's name and a tracking code."""
REASON_LENGTH_MAX: Final = 300
_ECHO_LENGTH_MAX: Final = 40
_ORDER_MARKS: Final = "#№"
_WORDS_OF_AN_AMOUNT_MAX: Final = 8
_WORDS_OF_A_NAME_MAX: Final = 4


@dataclass(eq=False)
class NotANumber(UserError):
    """Raised for anything but a request's number."""

    code: ClassVar[str] = "not_a_number"
    word: str

    @classmethod
    def of(cls, words: str) -> "NotANumber":
        """Returns the error about the first of these words."""
        return cls(echo(words.split(maxsplit=1)[0]))


@dataclass(eq=False)
class NobodyFound(UserError):
    """Raised when nobody who has started the bot is known by that."""

    code: ClassVar[str] = "nobody_found"
    word: str


@dataclass(eq=False)
class SeveralFit(UserError):
    """Raised for a part of a name that several people have, where none can be chosen."""

    code: ClassVar[str] = "several_fit"
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
        raise NotANumber(echo(word))
    return number


def is_number(word: str) -> bool:
    """Returns whether `number_of` can read the word."""
    return whole_number(word) is not None


async def exact_person(sought: str, people: People) -> Person | None:
    """Finds the one person of a Telegram id, an @username, or a code."""
    found = await people.find(identifier(sought))
    if found is None and (code := clean(sought)) is not None:
        found = await people.get(code)
    return found


async def person_of(sought: str, people: People) -> Person:
    """Finds a person where nothing can be asked: one of a list, say, or the subject of another question.

    A part of a name is enough where nobody else has it. Raises NobodyFound, SeveralFit.
    """
    exact = await exact_person(sought, people)
    if exact is not None:
        return exact
    needle = needle_of(sought)
    found = await people.search(needle, skip=0, size=2) if needle is not None else []
    if not found:
        raise NobodyFound(echo(sought))
    if len(found) > 1:
        raise SeveralFit(echo(sought))
    return found[0]


async def order_of(id: str, ctx: Context) -> OrderView | None:
    """Returns an order by its id, also where it was typed behind a "#" that is no part of it.

    It may also be one of the bot's own numbers as people say them, such as s104, or the charge of a payment.
    """
    for each in dict.fromkeys((id, id.lstrip("#"), *spoken(id))):
        if (order := await ctx.engine.order(each)) is not None:
            return order
    numbered = await ctx.order_numbers.id_of(id)
    return await ctx.engine.order(numbered) if numbered != id else None


def who_and_the_rest(words: Sequence[str], currency: Currency, *, signed: bool = False) -> tuple[str, list[str]]:
    """Divides a person's name, of up to four words, from the amount and what follows it: «علی رضا ۱۵ هزار تومان».

    Without an amount all of few words are the name.
    """
    name = person_name(words[0])
    if name.username is None and name.telegram_id is None:
        for count in range(1, min(len(words), _WORDS_OF_A_NAME_MAX + 1)):
            if _begins_with_an_amount(words[count:], currency, signed=signed):
                return " ".join(words[:count]), list(words[count:])
        if len(words) <= _WORDS_OF_A_NAME_MAX and clean(words[0]) is None:
            return " ".join(words), []
    return words[0], list(words[1:])


def _begins_with_an_amount(words: Sequence[str], currency: Currency, *, signed: bool) -> bool:
    """Returns whether an amount stands there, also one that cannot be taken."""
    try:
        leading_amount(words, currency, signed=signed)
    except NotAnAmount:
        return False
    except UserError:
        return True
    return True


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


def marked_order(words: Sequence[str]) -> tuple[str, str]:
    """Returns a product's name and the order's id, which is only what follows a "#"."""
    product, order = product_and_order(words)
    whole = " ".join(words)
    return (product, order) if order and any(mark in identifier(whole) for mark in _ORDER_MARKS) else (whole, "")


def is_doubtful(words: Sequence[str], product: str, order: str) -> bool:
    """Returns whether what was read as the order's id may be the product's last word: size 42, PlayStation PS5.

    An id behind a "#", or with a dash or the like in it, is none.
    """
    return bool(product) and order.isalnum() and marked_order(words) != (product, order)


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


def echo(word: str) -> str:
    """Returns as much of what was typed as an answer repeats."""
    return word[:_ECHO_LENGTH_MAX]
