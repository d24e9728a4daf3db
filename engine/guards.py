"""What the running programme asks beyond the rules: who may do what. A guarded event never reaches the journal."""

from engine.errors import NotApproved, OwnRequest, PayoutsStopped, UnknownWithdrawal
from engine.events import Authorise, Event, Settle
from engine.facts import Facts


def guard(event: Event, actor: str | None, facts: Facts, halted: bool) -> None:
    """Raises the Forbidden that applies. `halted` is whether the books failed to verify."""
    if isinstance(event, Authorise | Settle):
        row = facts.withdrawal(event.id)
        if row is None:
            raise UnknownWithdrawal(event.id)
        cancels = isinstance(event, Settle) and event.outcome == "cancelled"
        if cancels != (actor == row.member):
            raise UnknownWithdrawal(event.id) if cancels else OwnRequest(event.id)
        if isinstance(event, Settle) and event.outcome == "paid":
            if halted:
                raise PayoutsStopped
            if row.state == "requested":
                raise NotApproved(event.id)
