"""Buyers who turn out to be somebody's friend after their order was recorded: a code that was added, an account that a
guest's order was given to.
"""

from bot.kit.shop import Purchase
from bot.shops.recording import Recorder
from engine.records import Order
from engine.transaction import Transaction


def befriend(books: Transaction, recorder: Recorder, purchase: Purchase, order: Order) -> str | None:
    """Makes the buyer the friend whom the rules make them by now.

    Returns the sponsor who would have earned from the order, had it come like this: it was recorded, which happens
    once, without one. None where nobody would.
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
