"""Converts money of other currencies: exact rates, used once when an order comes in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from engine.money import Currency

_RATE = re.compile(r"(?=.*[1-9])[0-9]{1,12}(\.[0-9]{1,12})?", re.ASCII)
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,12})?", re.ASCII)

_BY_DEFINITION: Final = {"IRR": ("IRT", Decimal("0.1")), "IRT": ("IRR", Decimal(10))}
"""Fixed rates between sibling currencies: a toman is ten rials."""

EXPECTED_RATE: Final = 'an exact rate above 0, such as "58000" or "0.92": how much one unit of that currency is worth'


def parse_rate(text: str) -> str:
    """Validates a rate and returns it as written. Raises ValueError with what was expected."""
    if not _RATE.fullmatch(text):
        raise ValueError(EXPECTED_RATE)
    return text


def minor_units(decimal: str, currency: Currency) -> int:
    """Converts a decimal of the major unit ("19.99") to minor units, rounded half up.

    Raises ValueError for anything but a plain decimal.
    """
    if not _DECIMAL.fullmatch(decimal):
        raise ValueError("a decimal, such as 19.99")
    return nearest_minor(Fraction(decimal), currency)


def nearest_minor(exact: Fraction, currency: Currency) -> int:
    """Converts an exact amount of the major unit to minor units, rounded half up."""
    return _nearest(exact * 10**currency.exponent)


def decimal_of(amount: int, currency: Currency) -> str:
    """Formats minor units as an exact decimal of the major unit: 1999 cents are "19.99"."""
    if not currency.exponent:
        return str(amount)
    whole, part = divmod(abs(amount), 10**currency.exponent)
    return f"{'-' * (amount < 0)}{whole}.{part:0{currency.exponent}}"


def written(amount: int, currency: Currency) -> str:
    """Formats minor units with their currency: "19.99 USD"."""
    return f"{decimal_of(amount, currency)} {currency.code}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """Holds the rates of other currencies: the value of one major unit of theirs in major units of the programme's."""

    currency: Currency
    rates: Mapping[str, str]

    def rate(self, code: str) -> str | None:
        """Returns the exact rate as configured; "1" for the programme's own currency, None for an unknown one.

        Toman and rial need only one rate between them: the other one follows.
        """
        known = self._configured(code)
        sibling, worth = _BY_DEFINITION.get(code, (code, Decimal(1)))
        if known is None and (rate := self._configured(sibling)) is not None:
            known = f"{(Decimal(rate) * worth).normalize():f}"
        return known

    def _configured(self, code: str) -> str | None:
        return "1" if code == self.currency.code else self.rates.get(code)

    def converted(self, amount: int, code: str, rate: str) -> int:
        """Converts minor units of that currency to minor units of the programme's: the exact product, rounded
        half up.
        """
        if rate == "1" and code == self.currency.code:
            return amount
        scale = Fraction(10**self.currency.exponent, 10 ** Currency.of(code).exponent)
        return _nearest(amount * Fraction(rate) * scale)


def _nearest(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
