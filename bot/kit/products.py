"""Defines the bot's own products, and payments for them.

Amounts are minor units of their own currency. A payment's charge identifies it for ever: an invoice can be paid again,
and Telegram may report a payment twice.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.kit.json import Json
from bot.kit.languages import LANGUAGES, Language, by_preference
from engine.errors import MoarefError
from engine.events.model import Line, Order
from engine.exchange import Exchange
from engine.money import Currency

STARS: Final = "XTR"
CHAT_ORDERS: Final = ("stars", "payment")
"""The prefixes of payments in the chat, before their charge; shops' orders begin with their shop's name."""

STARS_MATURITY_DAYS: Final = 21
"""Telegram lets a bot spend Stars after so many days; until then they may be refunded."""


@dataclass(frozen=True, slots=True)
class ProductWords:
    """Holds a product's texts in one language; a description may be empty."""

    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Product:
    """Holds a product at `price` in minor units of `currency`; `picture` is an address or empty."""

    id: str
    price: int
    currency: Currency
    category: str | None
    picture: str
    words: Mapping[Language, ProductWords]

    def invoice(self, language: Language) -> Json:
        """Returns an invoice's parameters, without what a payment provider needs."""
        words = self.words[language]
        return {
            "title": words.title,
            "description": words.description,
            "payload": self.id,
            "currency": self.currency.code,
            "prices": [{"label": words.title, "amount": self.price}],
            **({"photo_url": self.picture} if self.picture else {}),
        }


@dataclass(frozen=True, slots=True)
class Payment:
    """Holds a payment or a refund: `payload` is the product's id, as the invoice carried it."""

    charge: str
    payload: str
    currency: str
    amount: int

    @property
    def order(self) -> str:
        """Returns what identifies the order: the cause of its number, and its id in the books of earlier versions.

        Orders of causes that begin with `stars:` can be refunded by the bot itself.
        """
        stars, other = CHAT_ORDERS
        return f"{stars if self.currency == STARS else other}:{self.charge}"


def star_charge(cause: str) -> str | None:
    """Returns the charge of an order that was paid in Stars, by the cause of its number; None for any other."""
    kind, _, charge = cause.partition(":")
    return charge if kind == CHAT_ORDERS[0] and charge else None


@dataclass(eq=False)
class NotForSale(MoarefError):
    """Raised for a product that is gone, has another price, or whose currency has no rate."""

    why: Literal["gone", "price", "currency"]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Holds all products by id, and the exchange rates."""

    exchange: Exchange
    products: Mapping[str, Product] = field(default_factory=dict)

    def agreed(self, payload: str, currency: str, amount: int) -> Product:
        """Returns the product that may be paid with these values. Raises NotForSale."""
        product = self.products.get(payload)
        if product is None:
            raise NotForSale("gone")
        if (product.currency.code, product.price) != (currency, amount):
            raise NotForSale("price")
        if self._worth(currency, amount) is None:
            raise NotForSale("currency")
        return product

    def order(self, payment: Payment, buyer: str) -> tuple[Callable[[str], Order], Json]:
        """Converts a payment to its event, in the programme's currency, and the event's details.

        The event is complete once it is given the order's id.

        A discontinued product is recorded under its id all the same, as it has been paid. Raises NotForSale for a
        currency without a rate.
        """
        worth = self._worth(payment.currency, payment.amount)
        if worth is None:
            raise NotForSale("currency")
        product = self.products.get(payment.payload)
        line = Line(payment.payload, worth, product.category if product else None)
        days = STARS_MATURITY_DAYS if payment.currency == STARS else None
        noted = {"currency": payment.currency, "paid": payment.amount, "rate": self.exchange.rate(payment.currency)}
        return lambda id: Order(id, buyer, (line,), days), noted

    def _worth(self, currency: str, amount: int) -> int | None:
        """Returns minor units of the programme's currency; None without a rate, or if nothing is left."""
        rate = self.exchange.rate(currency)
        return (self.exchange.converted(amount, currency, rate) or None) if rate is not None else None


def in_each_language(words: Mapping[Language, ProductWords]) -> dict[Language, ProductWords]:
    """Fills in another language's texts for a missing title; the title for a missing description."""
    titled = {each: given for each, given in words.items() if given.title}
    chosen = {each: titled[next(known for known in by_preference(each) if known in titled)] for each in LANGUAGES}
    return {each: ProductWords(found.title, found.description or found.title) for each, found in chosen.items()}
