"""Money of another currency: exact rates, used once when an order comes in."""

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
"""What a currency is worth in its sibling, whoever asks: a toman is ten rials."""

EXPECTED_RATE: Final = 'an exact rate above 0, such as "58000" or "0.92": how much one unit of that currency is worth'


def parse_rate(text: str) -> str:
    """The rate as it is written. Raises ValueError with what was expected."""
    if not _RATE.fullmatch(text):
        raise ValueError(EXPECTED_RATE)
    return text


def minor_units(decimal: str, currency: Currency) -> int:
    """A decimal of the major unit ("19.99") in minor units; what is below those is rounded to the nearest, half up.

    Raises ValueError for what is no plain decimal.
    """
    if not _DECIMAL.fullmatch(decimal):
        raise ValueError("a decimal, such as 19.99")
    return nearest_minor(Fraction(decimal), currency)


def nearest_minor(exact: Fraction, currency: Currency) -> int:
    """So many of the major unit in minor units, rounded to the nearest, half up."""
    return _nearest(exact * 10**currency.exponent)


def decimal_of(amount: int, currency: Currency) -> str:
    """Minor units as an exact decimal of the major unit: 1999 cents are "19.99"."""
    if not currency.exponent:
        return str(amount)
    whole, part = divmod(abs(amount), 10**currency.exponent)
    return f"{'-' * (amount < 0)}{whole}.{part:0{currency.exponent}}"


def written(amount: int, currency: Currency) -> str:
    """The same with its currency: "19.99 USD"."""
    return f"{decimal_of(amount, currency)} {currency.code}"


@dataclass(frozen=True, slots=True)
class Exchange:
    """What other currencies are worth in the programme's: one major unit of theirs in major units of ours."""

    currency: Currency
    rates: Mapping[str, str]

    def rate(self, code: str) -> str | None:
        """The exact rate as it is configured; "1" for the programme's own currency, None where there is none.

        Toman and rial need one rate between them: what is configured for one of them says what the other is worth.
        """
        known = self._configured(code)
        sibling, worth = _BY_DEFINITION.get(code, (code, Decimal(1)))
        if known is None and (rate := self._configured(sibling)) is not None:
            known = f"{(Decimal(rate) * worth).normalize():f}"
        return known

    def _configured(self, code: str) -> str | None:
        return "1" if code == self.currency.code else self.rates.get(code)

    def converted(self, amount: int, code: str, rate: str) -> int:
        """Minor units of that currency in minor units of ours: the exact product, rounded to the nearest, half up."""
        scale = Fraction(10**self.currency.exponent, 10 ** Currency.of(code).exponent)
        return _nearest(amount * Fraction(rate) * scale)


def _nearest(exact: Fraction) -> int:
    return (2 * exact.numerator + exact.denominator) // (2 * exact.denominator)
