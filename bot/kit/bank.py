"""Parses payout destinations: an Iranian Sheba (ISO 13616 IBAN, country IR) or a bank card of 16 digits (Luhn, ISO
7812).

Accepts Persian or Arabic digits, blanks and dashes, with or without IR. Errors say what is wrong.
"""

import re
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from bot.kit.digits import identifier
from bot.kit.errors import UserError

CARD_LENGTH: Final = 16
SHEBA_LENGTH: Final = 24
"""The digits after IR: two check digits and 22 of the account."""

# Mod 97-10 only makes check digits of 02 to 98; these pass the sum and are no IBAN's (ISO 13616).
_IMPOSSIBLE_CHECK_DIGITS: Final = ("00", "01", "99")
_BLANKS = re.compile(r"[\s\u200c\u200d._/\-\u2010-\u2015\u2212]+")


@dataclass(frozen=True, slots=True)
class Destination:
    """Holds a bank account by its Sheba ("IR" and 24 digits) or card (16 digits); `masked` may be shown and logged."""

    kind: Literal["sheba", "card"]
    value: str
    masked: str

    def __repr__(self) -> str:
        return f"Destination({self.kind} {self.masked})"


@dataclass(eq=False)
class NotDigits(UserError):
    """Raised for other characters than digits, or for none at all."""

    code: ClassVar[str] = "not_digits"


@dataclass(eq=False)
class UnknownCountry(UserError):
    """Raised for an IBAN of another country than Iran."""

    code: ClassVar[str] = "unknown_country"
    country: str


@dataclass(eq=False)
class WrongLength(UserError):
    """Raised for a length that is neither a card's nor a Sheba's: `got` digits."""

    code: ClassVar[str] = "wrong_length"
    got: int


@dataclass(eq=False)
class WrongShebaLength(UserError):
    """Raised for IR with another number of digits than 24."""

    code: ClassVar[str] = "wrong_sheba_length"
    got: int


@dataclass(eq=False)
class WrongCheckDigits(UserError):
    """Raised for a Sheba with wrong check digits: a digit was mistyped."""

    code: ClassVar[str] = "wrong_check_digits"
    masked: str


@dataclass(eq=False)
class WrongCardNumber(UserError):
    """Raised for a card number with a wrong last digit: a digit was mistyped."""

    code: ClassVar[str] = "wrong_card_number"
    masked: str


def parse_destination(text: str) -> Destination:
    """Parses a card or Sheba. Raises the UserError that says what is wrong with it."""
    compact = _BLANKS.sub("", identifier(text)).upper()
    country, digits = _parted(compact)
    if not digits or not digits.isascii() or not digits.isdigit():
        raise NotDigits
    if country not in ("", "IR"):
        raise UnknownCountry(country)
    if country or len(digits) == SHEBA_LENGTH:
        return _sheba(digits)
    if len(digits) == CARD_LENGTH:
        return _card(digits)
    raise WrongLength(len(digits))


def _parted(compact: str) -> tuple[str, str]:
    letters = re.match(r"[A-Z]{2}", compact)
    return (compact[:2], compact[2:]) if letters else ("", compact)


def _sheba(digits: str) -> Destination:
    if len(digits) != SHEBA_LENGTH:
        raise WrongShebaLength(len(digits))
    masked = f"IR{digits[:2]} •••• {digits[-4:]}"
    # The country's letters count as A = 10 ... Z = 35, and move to the end with the check digits.
    if digits[:2] in _IMPOSSIBLE_CHECK_DIGITS or int(digits[2:] + "1827" + digits[:2]) % 97 != 1:
        raise WrongCheckDigits(masked)
    return Destination("sheba", f"IR{digits}", masked)


def _card(digits: str) -> Destination:
    masked = f"{digits[:4]} {digits[4:6]}** **** {digits[-4:]}"
    doubled = (int(digit) * (2 if place % 2 == 0 else 1) for place, digit in enumerate(digits))
    if sum(value - 9 if value > 9 else value for value in doubled) % 10 or digits == "0" * CARD_LENGTH:
        raise WrongCardNumber(masked)
    return Destination("card", digits, masked)
