"""Attributes buyers after their order was recorded, by a code added later or an account that took over the order."""

from collections.abc import Iterable

from bot.kit.shop import Purchase
from bot.shops.recording import Recorder
from engine.records import Order
from engine.transaction import Transaction


def befriend(books: Transaction, recorder: Recorder, purchase: Purchase, orders: Iterable[Order]) -> dict[str, str]:
    """Attributes the buyer by the current rules.

    Returns by the id of each of these orders of theirs the sponsor who would have earned from it, had it come like
    this: it was recorded, which happens once, without one. Those from which nobody would are left out.
    """
    before = [(order, _sponsor(books, order.buyer)) for order in orders]
    buyer = recorder.buyer(books, purchase)
    sponsor = _sponsor(books, buyer)
    return {
        order.id: sponsor
        for order, earlier in before
        if sponsor is not None
        and sponsor != order.buyer
        and (buyer != order.buyer or earlier is None)
        and order.seller is None
        and order.trace.get("no_seller") == "no_sponsor"
    }


def _sponsor(books: Transaction, person: str) -> str | None:
    known = books.person(person)
    return known.sponsor if known is not None else None
