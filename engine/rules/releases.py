"""Releases held commissions as soon as nothing blocks them, for good (section 5)."""

from engine.notices import CommissionReleased
from engine.qualification import blocker
from engine.records import Commission, Member
from engine.rules.crediting import set_free
from engine.rules.levels import path_of
from engine.unit_of_work import UnitOfWork


def release_behind(id: str, draft: UnitOfWork) -> None:
    """Checks again what this member blocked; commissions without a blocker are released, for good."""
    if not draft.is_qualified(draft.the_member(id)):
        return
    for commission in draft.held_by(id):
        look_again(draft.edit_commission(commission), draft)


def look_again(commission: Commission, draft: UnitOfWork) -> None:
    """Releases a held commission without a blocker; otherwise notes the current blocker."""
    still = blocker(_path(commission, draft), draft.programme.plan.chain, draft.is_qualified)
    if still is not None:
        commission.blocker = still.id
        return
    set_free(draft, commission)
    draft.notify(
        commission.member,
        CommissionReleased(commission.number, commission.net, commission.state, commission.source, commission.matures),
    )


def _path(commission: Commission, draft: UnitOfWork) -> list[Member]:
    """Returns the members who may block it, its own member last."""
    if commission.kind == "level" and commission.order is not None:
        order = draft.order(commission.order)
        if order is not None and order.seller is not None:
            return path_of(order.seller, commission.level, draft)
    return [draft.the_member(commission.member)]
