"""Adds volume up the network, and finds members who become qualified when a leg grows (section 7)."""

from engine.records import Member, OrderRecord
from engine.unit_of_work import UnitOfWork


def order_node(order: OrderRecord, draft: UnitOfWork) -> str | None:
    """Returns where the order's volume comes in: at the buyer if a member, else at the seller."""
    pairing = draft.programme.plan.pairing
    if pairing is None or pairing.measure != "sales":
        return None
    return order.buyer if draft.member(order.buyer) is not None else order.seller


def add_volume(draft: UnitOfWork, node: str, amount: int) -> None:
    """Adds to the leg that contains the node, for every member above it; below 0 takes back."""
    draft.decision.volumes.append((node, amount))


def count_newcomer(draft: UnitOfWork, newcomer: Member) -> None:
    """Adds 1 above a new member where members are measured, and fills the legs above it."""
    plan = draft.programme.plan
    if plan.pairing is not None and plan.pairing.measure == "members":
        add_volume(draft, newcomer.id, 1)
    if plan.requires is not None and plan.requires.legs:
        _fill_legs(draft, newcomer, plan.requires.legs)


def _fill_legs(draft: UnitOfWork, newcomer: Member, enough: int) -> None:
    """Goes up as far as a leg may just have become full enough: above a leg that already was, all others were too."""
    tree, slot = draft.facts.tree(), newcomer.slot
    for member in draft.upline(newcomer.id):
        if slot is None:
            return
        leg = tree.leg_of(slot)
        legs = list(tree.leg_counts(member.id))
        legs[leg] += 1
        draft.legs_grown[member.id] = (legs[0], legs[1])
        if legs[leg] > enough:
            return
        if legs[leg] == enough:
            draft.may_be_qualified[member.id] = None
        slot = member.slot
