"""Suspends and reinstates members; repeats change nothing."""

from engine.events.model import Reinstate, Suspend
from engine.notices import MemberReinstated, MemberSuspended
from engine.unit_of_work import UnitOfWork


def suspend(event: Suspend, draft: UnitOfWork) -> None:
    """Suspends a member, who is then credited with no sale, is never qualified and cannot withdraw."""
    if not draft.the_member(event.member).suspended:
        draft.edit_member(event.member).suspended = True
        draft.notify(event.member, MemberSuspended())


def reinstate(event: Reinstate, draft: UnitOfWork) -> None:
    """Reinstates a member and checks again what was held because of the suspension."""
    if draft.the_member(event.member).suspended:
        draft.edit_member(event.member).suspended = False
        draft.may_be_qualified[event.member] = None
        draft.notify(event.member, MemberReinstated())
