"""Suspending and reinstating a member; either one twice is silent."""

from engine.events.model import Reinstate, Suspend
from engine.unit_of_work import UnitOfWork


def suspend(event: Suspend, draft: UnitOfWork) -> None:
    """A suspended member is credited with no sale, is never qualified and cannot withdraw."""
    if not draft.the_member(event.member).suspended:
        draft.edit_member(event.member).suspended = True
        draft.notify("suspended", event.member)


def reinstate(event: Reinstate, draft: UnitOfWork) -> None:
    """What was held because of the suspension is looked at again."""
    if draft.the_member(event.member).suspended:
        draft.edit_member(event.member).suspended = False
        draft.may_be_qualified[event.member] = None
        draft.notify("reinstated", event.member)
