"""Buyers who turn out to be somebody's friend after their order was recorded: a code that was added, an account that a
guest's order was given to.
"""

from collections.abc import Iterable

from bot.kit.shop import Purchase
from bot.shops.recording import Recorder
from engine.records import Order
from engine.transaction import Transaction


def befriend(books: Transaction, recorder: Recorder, purchase: Purchase, orders: Iterable[Order]) -> dict[str, str]:
    """Makes the buyer the friend whom the rules make them by now.

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
