"""Decides an event from the facts it needs: rows, transfers and notices, or a refusal. Pure: no clock, no I/O, no
randomness.
"""

from collections.abc import Callable, Mapping
from typing import Any

from engine.errors import Refusal, StoreError
from engine.events.model import (
    Adjust,
    Approve,
    Attribute,
    Authorise,
    Event,
    Join,
    Order,
    ProgrammeChanged,
    Refund,
    Reinstate,
    Reject,
    Settle,
    Suspend,
    Tick,
    Withdraw,
)
from engine.facts import Decision, Facts
from engine.programme.model import Programme
from engine.rules import (
    commission_approval,
    joining,
    maturing,
    orders,
    programme_change,
    refunds,
    suspension,
    withdrawals,
)
from engine.unit_of_work import UnitOfWork


def _nothing(event: Tick, draft: UnitOfWork) -> None:
    """Does nothing: a tick's only effect, the passing of time, has been applied already."""


RULES: Mapping[type[Event], Callable[[Any, UnitOfWork], None]] = {
    Attribute: joining.attribute,
    Join: joining.join,
    Order: orders.order,
    Refund: refunds.refund,
    Approve: commission_approval.approve,
    Reject: commission_approval.reject,
    Suspend: suspension.suspend,
    Reinstate: suspension.reinstate,
    Withdraw: withdrawals.withdraw,
    Authorise: withdrawals.authorise,
    Settle: withdrawals.settle,
    Adjust: withdrawals.adjust,
    ProgrammeChanged: programme_change.change_programme,
    Tick: _nothing,
}


def decide(event: Event, facts: Facts, at: int) -> Decision:
    """Returns the event's effects at this moment (milliseconds UTC, not before the previous event).

    A refusal by the rules is a decision too: its `refusal` is set, and only the passing of time has effects. Raises
    ProgrammeError for a `programme` event with invalid tables.
    """
    if facts.programme is None:
        return _begin(event, at)
    draft = UnitOfWork(facts, facts.programme, at)
    maturing.let_time_pass(draft)
    try:
        RULES[type(event)](event, draft)
    except Refusal as refusal:
        draft.decision.refusal = refusal
    maturing.settle(draft)
    return draft.decision


def _begin(event: Event, at: int) -> Decision:
    """Starts a journal with its programme."""
    if not isinstance(event, ProgrammeChanged):
        raise StoreError("the first event must be a programme")
    return Decision(at, programme=Programme.from_tables(event.tables))
