"""What the bot sells in the chat, and what a payment for it says.

Amounts are minor units of the currency they are in. A payment's charge is its number for ever: an invoice can be paid
again, and the platform may tell of a payment twice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from bot.kit.languages import LANGUAGES, Language
from engine.errors import MoarefError
from engine.events.model import Line, Order
from engine.exchange import Exchange
from engine.money import Currency

STARS: Final = "XTR"
CHAT_ORDERS: Final = ("stars", "payment")
"""What orders that are paid in the chat are called, before their charge; other orders begin with their shop's name."""

STARS_MATURITY_DAYS: Final = 21
"""Telegram lets a bot spend Stars after so many days; until then they may go back."""


@dataclass(frozen=True, slots=True)
class ProductWords:
    """A product in one language; a description may be empty."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Product:
    """Something to buy, at `price` in minor units of `currency`; `picture` is an address or empty."""

    id: str
    price: int
    currency: Currency
    category: str | None
    picture: str
    words: Mapping[Language, ProductWords]


@dataclass(frozen=True, slots=True)
class Payment:
    """What was paid, or given back: `payload` is the product's id, as the invoice carried it."""

    charge: str
    payload: str
    currency: str
    amount: int

    @property
    def order(self) -> str:
        """The order's id in the books. What begins with `stars:` can be given back by the bot itself."""
        stars, other = CHAT_ORDERS
        return f"{stars if self.currency == STARS else other}:{self.charge}"


def star_charge(order: str) -> str | None:
    """The charge of an order that was paid in Stars; None for any other order."""
    kind, _, charge = order.partition(":")
    return charge if kind == CHAT_ORDERS[0] and charge else None


@dataclass(eq=False)
class NotForSale(MoarefError):
    """What cannot be paid: it is gone, has another price, or its money has no rate."""

    why: Literal["gone", "price", "currency"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All products by id, and what other currencies are worth."""

    exchange: Exchange
    products: Mapping[str, Product] = field(default_factory=dict)

    def agreed(self, payload: str, currency: str, amount: int) -> Product:
        """The product that may be paid so. Raises NotForSale."""
        product = self.products.get(payload)
        if product is None:
            raise NotForSale("gone")
        if (product.currency.code, product.price) != (currency, amount):
            raise NotForSale("price")
        if self._worth(currency, amount) is None:
            raise NotForSale("currency")
        return product

    def order(self, payment: Payment, buyer: str) -> tuple[Order, dict[str, Any]]:
        """The event that a payment is, in the programme's money, and what is noted beside it.

        A product that is not sold any more is recorded under its id all the same: the money is here. Raises NotForSale
        for money without a rate.
        """
        worth = self._worth(payment.currency, payment.amount)
        if worth is None:
            raise NotForSale("currency")
        product = self.products.get(payment.payload)
        line = Line(payment.payload, worth, product.category if product else None)
        days = STARS_MATURITY_DAYS if payment.currency == STARS else None
        noted = {"currency": payment.currency, "paid": payment.amount, "rate": self.exchange.rate(payment.currency)}
        return Order(payment.order, buyer, (line,), days), noted

    def _worth(self, currency: str, amount: int) -> int | None:
        """In minor units of the programme's currency; None where there is no rate, or nothing is left."""
        rate = self.exchange.rate(currency)
        return (self.exchange.converted(amount, currency, rate) or None) if rate is not None else None


def in_each_language(words: Mapping[Language, ProductWords]) -> dict[Language, ProductWords]:
    """Where a language has no title, another's words stand in; where no description, the title does."""
    given = next(words[each] for each in LANGUAGES if words[each].title)
    chosen = {each: words[each] if words[each].title else given for each in LANGUAGES}
    return {each: ProductWords(found.title, found.description or found.title) for each, found in chosen.items()}
