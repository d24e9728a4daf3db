"""Processes withdrawals in two phases, reserve and then pay or release, and admins' adjustments (section 9)."""

from engine.errors import (
    AlreadySettled,
    BelowMinimum,
    Conflict,
    InsufficientFunds,
    Suspended,
    UnknownWithdrawal,
)
from engine.events.model import Adjust, Authorise, Settle, Withdraw
from engine.ledger import ADJUSTMENTS
from engine.notices import TOLD_TO_ADMINS, TOLD_TO_MEMBERS, BalanceAdjusted
from engine.records import Adjustment, Withdrawal
from engine.unit_of_work import UnitOfWork

OPEN_STATES = ("requested", "approved")


def withdraw(event: Withdraw, draft: UnitOfWork) -> None:
    """Reserves the amount. A refused request leaves its id free."""
    member = draft.the_member(event.member)
    known = draft.withdrawal(event.id)
    if known is not None:
        if (known.member, known.amount) != (event.member, event.amount):
            raise Conflict(event.id)
        return
    if member.suspended:
        raise Suspended(event.member)
    minimum = draft.programme.program.min_withdrawal
    if event.amount < minimum:
        raise BelowMinimum(minimum)
    if event.amount > member.available:
        raise InsufficientFunds(member.available)
    number = draft.next_withdrawal_number()
    row = Withdrawal(event.id, number, event.member, event.amount, "requested", draft.at)
    draft.put_withdrawal(row)
    draft.move(draft.edit_member(event.member), "available", "reserved", event.amount)
    _tell(draft, row)


def authorise(event: Authorise, draft: UnitOfWork) -> None:
    """Approves the payment; repeats change nothing."""
    row = _the_open_one(event.id, draft)
    if row.state == "requested":
        row = row.copy()
        row.state = "approved"
        draft.put_withdrawal(row)
        _tell(draft, row)


def settle(event: Settle, draft: UnitOfWork) -> None:
    """Pays the reserved amount out, or gives it back."""
    row = _the_open_one(event.id, draft).copy()
    row.state = event.outcome
    draft.put_withdrawal(row)
    member = draft.edit_member(row.member)
    draft.move(member, "reserved", "paid" if event.outcome == "paid" else "available", row.amount)
    _tell(draft, row)


def adjust(event: Adjust, draft: UnitOfWork) -> None:
    """Adjusts a balance; not a commission: no cap, no earnings, available at once."""
    draft.the_member(event.member)
    known = draft.adjustment(event.id)
    if known is not None:
        if (known.member, known.amount) != (event.member, event.amount):
            raise Conflict(event.id)
        return
    draft.put_adjustment(Adjustment(event.id, event.member, event.amount))
    draft.pay(draft.edit_member(event.member), "available", event.amount, ADJUSTMENTS)
    draft.notify(event.member, BalanceAdjusted(event.amount, event.reason))


def _the_open_one(id: str, draft: UnitOfWork) -> Withdrawal:
    row = draft.withdrawal(id)
    if row is None:
        raise UnknownWithdrawal(id)
    if row.state not in OPEN_STATES:
        raise AlreadySettled(id, row.state)
    return row


def _tell(draft: UnitOfWork, row: Withdrawal) -> None:
    """Notifies the member of each step, and the admins of what waits for them."""
    draft.notify(row.member, TOLD_TO_MEMBERS[row.state](row.number, row.id, row.amount))
    if row.state in TOLD_TO_ADMINS:
        draft.notify(None, TOLD_TO_ADMINS[row.state](row.member, row.number, row.id, row.amount))
