"""What the running programme asks beyond the rules: who may do what. A guarded event never reaches the journal."""

from collections.abc import Callable

from engine.errors import NotApproved, OwnAccount, OwnRequest, PayoutsStopped, UnknownWithdrawal
from engine.events import Adjust, Approve, Authorise, Event, Reject, Settle
from engine.facts import Facts


def guard(event: Event, actor: str | None, facts: Facts, halted: Callable[[], bool]) -> None:
    """Raises what keeps the actor from it; `halted` tells whether the books failed to verify.

    Somebody else's request is to be cancelled by nobody else, to whom it is as if it were not there.
    """
    if isinstance(event, Approve | Reject) and actor == event.member:
        raise OwnRequest(event.source)
    if isinstance(event, Adjust) and actor == event.member:
        raise OwnAccount(event.member)
    if isinstance(event, Authorise | Settle):
        row = facts.withdrawal(event.id)
        if row is None:
            return  # the rules have a word for it
        cancels = isinstance(event, Settle) and event.outcome == "cancelled"
        if cancels != (actor == row.member):
            raise UnknownWithdrawal(event.id) if cancels else OwnRequest(event.id)
        if isinstance(event, Settle) and event.outcome == "paid":
            if halted():
                raise PayoutsStopped
            if row.state == "requested":
                raise NotApproved(event.id)
