"""Attributes buyers after their order was recorded, by a code added later or an account that took over the order."""

from bot.kit.shop import Purchase
from bot.shops.recording import Recorder
from engine.records import Order
from engine.transaction import Transaction


def befriend(books: Transaction, recorder: Recorder, purchase: Purchase, order: Order) -> str | None:
    """Attributes the buyer by the current rules.

    Returns the sponsor who would have earned from the order had it arrived in this state: it was recorded, which
    happens once, without a sponsor. None where there is no such sponsor.
    """
    before = _sponsor(books, order.buyer)
    buyer = recorder.buyer(books, purchase)
    sponsor = _sponsor(books, buyer)
    is_new = buyer != order.buyer or before is None
    missed = order.seller is None and order.trace.get("no_seller") == "no_sponsor"
    return sponsor if missed and is_new and sponsor != order.buyer else None


def _sponsor(books: Transaction, person: str) -> str | None:
    known = books.person(person)
    return known.sponsor if known is not None else None
