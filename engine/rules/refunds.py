"""Applies refunds: takes their part of every commission of the order back, through the whole upline (section 9)."""

from engine.errors import OverRefund, UnknownOrder
from engine.events.model import Refund
from engine.money import share_up
from engine.notices import CommissionReversed
from engine.records import Commission, OrderRecord
from engine.rules.crediting import take_back
from engine.rules.volumes import add_volume
from engine.unit_of_work import UnitOfWork


def refund(event: Refund, draft: UnitOfWork) -> None:
    """Takes back all that is left of the order, or the amount that the event names."""
    order = draft.order(event.order)
    if order is None:
        raise UnknownOrder(event.order)
    left = order.total - order.refunded
    amount = left if event.amount is None else event.amount
    if left == 0 or amount > left:
        raise OverRefund(event.order, left)
    order = order.copy()
    order.refunded += amount
    draft.put_order(order)
    if order.node is not None:
        add_volume(draft, order.node, -amount)
    if order.seller is not None:
        draft.edit_member(order.seller).sales -= amount
    for commission in draft.facts.commissions_of_order(order.id):
        if commission.state != "rejected":
            _reverse(draft, draft.edit_commission(draft.latest(commission)), order)


def _reverse(draft: UnitOfWork, commission: Commission, order: OrderRecord) -> None:
    """Reverses amount * refunded / total, rounded up, over all refunds so far."""
    due = share_up(commission.amount, order.refunded, order.total)
    more = due - commission.reversed
    if more == 0:
        return
    take_back(draft, commission, more)
    commission.reversed = due
    if commission.net == 0:
        commission.state = "reversed"
        commission.blocker = None
    draft.notify(
        commission.member,
        CommissionReversed(commission.number, more, order.id, left=commission.net, source=commission.source),
    )
