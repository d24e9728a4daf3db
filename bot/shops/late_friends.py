"""Attributes buyers after their order was recorded, by a code added later or an account that took over the order."""

from collections.abc import Iterable

from bot.kit.shop import Purchase
from bot.shops.recording import Recorder
from engine.records import OrderRecord
from engine.transaction import Transaction


def befriend(
    books: Transaction, recorder: Recorder, purchase: Purchase, orders: Iterable[OrderRecord]
) -> dict[str, str]:
    """Attributes the buyer by the current rules.

    Returns, by order id, the sponsor who would have earned from each of these orders had it arrived in this state: it
    was recorded, which happens once, without a sponsor. Orders without such a sponsor are left out.
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
