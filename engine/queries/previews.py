"""Computes an event's effects before it happens, by the arithmetic of its rule."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.errors import OverRefund
from engine.money import share_up
from engine.queries.views import OrderView
from engine.records import Commission


@dataclass(frozen=True, slots=True)
class RefundPreview:
    """Holds minor units: the amount to refund, what is left of the order before it, what is taken back from all
    members.
    """

    amount: int
    left: int
    taken_back: int


def preview_refund(order: OrderView, amount: int | None, commissions: Iterable[Commission]) -> RefundPreview:
    """Previews a refund as engine/rules/refunds.py would apply it now; `amount` None is all that is left. Raises
    OverRefund.
    """
    left = order.total - order.refunded
    wanted = left if amount is None else amount
    if left == 0 or wanted > left:
        raise OverRefund(order.id, left)
    taken_back = sum(
        share_up(each.amount, order.refunded + wanted, order.total) - each.reversed
        for each in commissions
        if each.state != "rejected"
    )
    return RefundPreview(wanted, left, taken_back)
