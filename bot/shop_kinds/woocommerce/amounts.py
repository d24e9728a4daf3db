"""Parses amounts of a WooCommerce order in minor units of a known currency."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from bot.kit.digits import normalised
from bot.kit.shop import Malformed
from bot.shop_kinds.woocommerce.values import number_of
from engine.events.fields import AMOUNT_MAX
from engine.exchange import nearest_minor
from engine.money import Currency

THOUSAND: Final = 1000
_NAMES: Final[Mapping[str, tuple[str, int]]] = {
    "IRHT": ("IRT", THOUSAND),
    "IRHR": ("IRR", THOUSAND),
    "هزارتومان": ("IRT", THOUSAND),
    "هزارریال": ("IRR", THOUSAND),
    **dict.fromkeys(("TOMAN", "IRANTOMAN", "IRANIANTOMAN", "TOMANS", "تومان", "تومن", "تومانایران"), ("IRT", 1)),
    **dict.fromkeys(("RIAL", "IRANRIAL", "IRANIANRIAL", "RIALS", "ریال", "ریالایران"), ("IRR", 1)),
}
"""Iranian plugins' currency codes, with their factor: IRHT are thousands of toman, IRHR of rial."""


@dataclass(frozen=True, slots=True)
class OrderMoney:
    """Holds an order's currency; its figures are so many of the major unit."""

    currency: Currency
    factor: int = 1

    def amount(self, value: Any, key: str) -> int | None:
        """Parses an amount into minor units, rounded half away from 0; None where there is nothing. Raises
        Malformed.
        """
        number = number_of(value, key)
        if number is None:
            return None
        amount = bounded(nearest_minor(abs(number) * self.factor, self.currency), key)
        return amount if number >= 0 else -amount

    def needed(self, value: Any, key: str) -> int:
        """Parses a required amount. Raises Malformed."""
        amount = self.amount(value, key)
        if amount is None:
            raise Malformed(key, "an amount, such as 19.99")
        return amount


def bounded(amount: int, key: str) -> int:
    """Returns an amount or a sum of some. Raises Malformed above an order's maximum."""
    if amount > AMOUNT_MAX:
        raise Malformed(key, f"an amount of at most {AMOUNT_MAX} minor units")
    return amount


def money_of(value: Any) -> OrderMoney:
    """Returns a currency by ISO 4217 or by Iranian plugins' codes, in any case. Raises Malformed."""
    if isinstance(value, str):
        name = "".join(letter for letter in normalised(value).upper() if letter.isalpha())
        code, factor = _NAMES.get(name, (normalised(value).upper(), 1))
        try:
            return OrderMoney(Currency.of(code), factor)
        except ValueError:
            pass
    raise Malformed("currency", "three letters of ISO 4217, IRT, IRHT or IRHR")


def shared(amount: int, weights: list[int]) -> list[int]:
    """Splits the amount in proportion to the weights; the parts add up to it: the largest remainders are rounded up.

    The weights' sum is above 0 and at least the amount, so that no part is more than its weight.
    """
    whole = sum(weights)
    parts = [amount * each // whole for each in weights]
    remainders = sorted(range(len(weights)), key=lambda place: -(amount * weights[place] % whole))
    for place in remainders[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def rounded_units(quantity: Fraction | None) -> int:
    """Returns a quantity as whole units, one at least: shops sell by weight, and plugins take goods back by -1."""
    return max(1, int(quantity)) if quantity is not None else 1
