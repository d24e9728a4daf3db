"""Parses amounts of money as people type them into minor units: «۱۵ هزار تومان», "15,000", "2.5 million", "$12.50".

A misreading would move the wrong sum, so ambiguous input is refused with its own reason.
"""

import re
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar, Final

from bot.kit.digits import identifier
from bot.kit.errors import UserError
from engine.money import Currency

AMOUNT_MAX: Final = 10**15

_SCALES: Final = {
    "هزار": 3, "thousand": 3, "k": 3,
    "میلیون": 6, "ملیون": 6, "million": 6,
    "میلیارد": 9, "billion": 9,
}  # fmt: skip
_UNITS: Final = {
    "تومان": "IRT", "تومن": "IRT", "toman": "IRT", "tomans": "IRT",
    "ریال": "IRR", "﷼": "IRR", "rial": "IRR", "rials": "IRR",
    "دلار": "USD", "dollar": "USD", "dollars": "USD", "$": "USD",
    "یورو": "EUR", "euro": "EUR", "euros": "EUR", "€": "EUR",
    "پوند": "GBP", "pound": "GBP", "pounds": "GBP", "£": "GBP",
    "ستاره": "XTR", "star": "XTR", "stars": "XTR",
}  # fmt: skip
_ANDS: Final = ("و", "and")
_MINUSES: Final = "-\u2212\u2013"
_LENGTH_MAX: Final = 100
_KASHIDA: Final = "\u0640"
# A number may hold blanks; «هزارتومان» is often written as one word.
_TOKEN = re.compile(r"[0-9][0-9.,٫٬،'’]*(?:\s+[0-9][0-9.,٫٬،'’]*)*|هزار|میلیون|میلیارد|[^\W\d_]+|\S")
_GROUPS = re.compile(r"[1-9][0-9]{0,2}(?:(?P<mark>[.,٬،'’ ])[0-9]{3})(?:(?P=mark)[0-9]{3})*")

_DIGITS = re.compile("[0-9]+")
_LAST_LETTERS = re.compile(r"[^\W\d_]+$")
# A comma before one or two digits is a decimal mark in half the world.
_LIKE_DECIMALS = re.compile("[0-9][,،٬][0-9]{1,2}$")


@dataclass(eq=False)
class NotAnAmount(UserError):
    """Raised for no number, more than one, or unknown words."""

    code: ClassVar[str] = "not_an_amount"


@dataclass(eq=False)
class NegativeAmount(UserError):
    """Raised for an amount below zero where it must be above."""

    code: ClassVar[str] = "negative_amount"


@dataclass(eq=False)
class ZeroAmount(UserError):
    """Raised for zero."""

    code: ClassVar[str] = "zero_amount"


@dataclass(eq=False)
class FractionalAmount(UserError):
    """Raised for a part smaller than the currency's smallest unit."""

    code: ClassVar[str] = "fractional_amount"
    currency: Currency


@dataclass(eq=False)
class AmbiguousAmount(UserError):
    """Raised for a mark that may separate thousands or decimals: "12,50" in dollars."""

    code: ClassVar[str] = "ambiguous_amount"


@dataclass(eq=False)
class AmountTooLarge(UserError):
    """Raised for more than 10**15 minor units, which no programme pays."""

    code: ClassVar[str] = "amount_too_large"


@dataclass(eq=False)
class WrongUnit(UserError):
    """Raised for another currency's name: a toman is not a rial."""

    code: ClassVar[str] = "wrong_unit"
    found: Currency
    currency: Currency


def parse_amount(text: str, currency: Currency, *, signed: bool = False) -> int:
    """Returns the amount in minor units of `currency`, above zero; with `signed` it may be below (an adjustment by
    hand).

    Raises the UserError that says what is wrong with it.
    """
    if len(text) > _LENGTH_MAX:
        raise NotAnAmount
    plain = identifier(text).replace("\u200c", " ").replace(_KASHIDA, "")
    tokens = [token.casefold() for token in _TOKEN.findall(plain)]
    negative = bool(tokens) and tokens[0] in _MINUSES
    if tokens and tokens[0] in _MINUSES + "+":
        tokens = tokens[1:]
    amount = _exact(_without_unit(tokens, currency), currency)
    if negative and not signed:
        raise NegativeAmount
    if amount == 0:
        raise ZeroAmount
    return -amount if negative else amount


def currency_named(word: str) -> str | None:
    """Returns the code of a currency that people call by this word, such as "toman", «ریال» or "€"; None for others."""
    return _UNITS.get(identifier(word).casefold())


def ends_with_scale(word: str) -> bool:
    """Returns whether the word is, or ends with, one such as «هزار» or "k"."""
    letters = _LAST_LETTERS.search(identifier(word))
    return letters is not None and letters[0].casefold() in _SCALES


def _without_unit(tokens: list[str], currency: Currency) -> list[str]:
    """Removes the currency's name, which may stand at either end."""
    for place in (-1, 0):
        found = _unit(tokens[place], currency) if tokens else None
        if found and found != currency.code:
            raise WrongUnit(Currency.of(found), currency)
        if found:
            tokens.pop(place)
            return tokens
    return tokens


def _unit(token: str, currency: Currency) -> str | None:
    return currency.code if token == currency.code.casefold() else _UNITS.get(token)


def _exact(tokens: list[str], currency: Currency) -> int:
    """Sums the terms in minor units, the larger scales first: «۲ میلیون و ۵۰۰ هزار»."""
    terms = _terms(tokens)
    scales = [scale for _, scale in terms]
    if not terms or scales != sorted(set(scales), reverse=True):
        raise NotAnAmount
    exponent = currency.exponent
    minor = sum(_number(written, scale + exponent) * 10 ** (scale + exponent) for written, scale in terms)
    if minor > AMOUNT_MAX:
        raise AmountTooLarge
    if minor != int(minor):
        raise FractionalAmount(currency)
    return int(minor)


def _terms(tokens: list[str]) -> list[tuple[str, int]]:
    """Returns the numbers as written, each with its power of ten; an «و» may join them."""
    terms: list[tuple[str, int]] = []
    left = iter(tokens)
    for token in left:
        if token in _SCALES and terms and terms[-1][1] == 0:
            terms[-1] = (terms[-1][0], _SCALES[token])
        elif token in _ANDS and terms:
            terms.append((next(left, ""), 0))
        else:
            terms.append((token, 0))
    return terms


def _number(written: str, decimals: int) -> Fraction:
    """Parses one number with its marks; `decimals` is the number of decimal places that could be meant."""
    written = " ".join(written.split())
    whole, point, part = written.partition("٫")
    if not point:
        whole, point, part = _at_point(written, decimals)
    if (point and not _DIGITS.fullmatch(part)) or not (_DIGITS.fullmatch(whole) or _GROUPS.fullmatch(whole)):
        raise AmbiguousAmount if _LIKE_DECIMALS.search(written) else NotAnAmount
    return Fraction(re.sub("[^0-9]", "", whole) + point.replace("٫", ".") + part)


def _at_point(written: str, decimals: int) -> tuple[str, str, str]:
    """Splits at a full stop that can only be a decimal point; "15.000" toman are fifteen thousand."""
    groups = _GROUPS.fullmatch(written)
    if groups and (groups["mark"] == "." or (groups["mark"] == "," and decimals >= 3)):
        if decimals and written.count(groups["mark"]) == 1:
            raise AmbiguousAmount
        return written, "", ""
    return written.partition(".") if written.count(".") == 1 else (written, "", "")
