"""Checks what the running programme forbids beyond the rules: who may do what. Guarded events are never journaled."""

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
    """Raises the Forbidden error that applies to this event and actor; `halted` tells whether verification of the
    ledger failed.
    """
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
    """Refuses to cancel another member's request, which is reported as unknown.

    Once a request is approved its member cannot cancel it: the admin may be at the bank. The rules would allow it, and
    old journals contain it, so it is forbidden here.
    """
    row = facts.withdrawal(event.id)
    if row is None:
        return  # the rules refuse this themselves
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
    """Raises OwnSale where the actor would earn from the order they record. Runs before anything is stored."""
    if isinstance(event, Order) and actor in earners(decision):
        raise OwnSale(event.order)


def earners(decision: Decision) -> frozenset[str]:
    """Returns the members credited by the order itself: as seller, at a level above, or as sponsor of a new member."""
    new = (decision.commissions[number] for number in decision.credited)
    return frozenset(each.member for each in new if each.kind in ("direct", "level", "signup"))
