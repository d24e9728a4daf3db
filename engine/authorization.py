"""What the running programme asks beyond the rules: who may do what. A guarded event never reaches the journal."""

from collections.abc import Callable

from engine.errors import (
    ApprovedAlready,
    NotApproved,
    OwnAccount,
    OwnMembership,
    OwnRequest,
    OwnSale,
    PayoutsStopped,
    UnknownWithdrawal,
)
from engine.events.model import Adjust, Approve, Authorise, Event, Order, Reinstate, Reject, Settle, Suspend
from engine.facts import Decision, Facts


def guard(event: Event, actor: str | None, facts: Facts, halted: Callable[[], bool]) -> None:
    """Raises what keeps the actor from it; `halted` tells whether the books failed to verify."""
    match event:
        case Approve() | Reject() if actor == event.member:
            raise OwnRequest(event.source)
        case Adjust() if actor == event.member:
            raise OwnAccount(event.member)
        case Suspend() | Reinstate() if actor == event.member:
            raise OwnMembership(event.member)
        case Authorise() | Settle():
            _guard_withdrawal(event, actor, facts, halted)


def _guard_withdrawal(event: Authorise | Settle, actor: str | None, facts: Facts, halted: Callable[[], bool]) -> None:
    """Somebody else's request is to be cancelled by nobody else, to whom it is as if it were not there.

    Once it is approved its member cannot cancel it: the admin may be at the bank. The rules would let them, and old
    journals hold it, which is why it is forbidden here.
    """
    row = facts.withdrawal(event.id)
    if row is None:
        return  # the rules have a word for it
    cancels = isinstance(event, Settle) and event.outcome == "cancelled"
    if cancels != (actor == row.member):
        raise UnknownWithdrawal(event.id) if cancels else OwnRequest(event.id)
    if cancels and row.state == "approved":
        raise ApprovedAlready(event.id)
    if isinstance(event, Settle) and event.outcome == "paid":
        if halted():
            raise PayoutsStopped
        if row.state == "requested":
            raise NotApproved(event.id)


def guard_outcome(event: Event, actor: str | None, decision: Decision) -> None:
    """Raises OwnSale where somebody records an order that would credit themself. Before anything of it is kept."""
    if isinstance(event, Order) and actor in earners(decision):
        raise OwnSale(event.order)


def earners(decision: Decision) -> frozenset[str]:
    """Who is credited by an order itself: as its seller, at a level above, or for a member that it makes."""
    new = (decision.commissions[number] for number in decision.credited)
    return frozenset(each.member for each in new if each.kind in ("direct", "level", "signup"))
