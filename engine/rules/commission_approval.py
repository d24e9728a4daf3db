"""Approves and rejects commissions (section 9)."""

from engine.errors import AlreadySettled, UnknownCommission
from engine.events.model import Approve, Reject
from engine.notices import CommissionRejected
from engine.records import Commission
from engine.rules.crediting import set_free, take_back
from engine.rules.maturing import tell_what_is_available
from engine.unit_of_work import UnitOfWork


def approve(event: Approve, draft: UnitOfWork) -> None:
    """Approves a commission. Remembered while it is held; twice, or when available, it changes nothing."""
    commission = _the_commission(event, draft)
    if commission.state == "rejected":
        raise AlreadySettled(event.source, commission.state)
    if commission.state in ("held", "pending") and not commission.approved:
        commission = draft.edit_commission(commission)
        commission.approved = True
        if commission.state == "pending":
            set_free(draft, commission)
            tell_what_is_available(draft, [commission])


def reject(event: Reject, draft: UnitOfWork) -> None:
    """Takes back a held or pending commission; later states are refused."""
    commission = _the_commission(event, draft)
    if commission.state not in ("held", "pending"):
        raise AlreadySettled(event.source, commission.state)
    commission = draft.edit_commission(commission)
    if commission.net:
        take_back(draft, commission, commission.net)
    commission.state = "rejected"
    commission.blocker = None
    draft.notify(commission.member, CommissionRejected(commission.number, commission.net, event.source))


def _the_commission(event: Approve | Reject, draft: UnitOfWork) -> Commission:
    commission = draft.commission(event.source, event.member)
    if commission is None:
        raise UnknownCommission(event.source, event.member)
    return commission
