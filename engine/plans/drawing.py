"""Draws a plan: an example network that grows by its own rules, and who pays whom when its last member sells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from engine.errors import StoreError

if TYPE_CHECKING:
    from engine.network.shape import Shape
    from engine.network.tree import Tree
    from engine.plans.plan import Plan
    from engine.programme.model import PlanTable

RECRUITS: Final = (("A", None), ("B", "A"), ("C", "A"), ("D", "A"), ("E", "B"), ("F", "E"))
"""Who joins the example and by whom, in order: wide enough to spill over, deep enough for three levels."""

SELLER: Final = RECRUITS[-1][0]


@dataclass(frozen=True, slots=True)
class DrawnMember:
    """Holds a member of the example: who brought them, and their parent and place in the network."""

    name: str
    sponsor: str | None
    parent: str | None
    slot: int | None


@dataclass(frozen=True, slots=True)
class DrawnPayment:
    """Holds one payment. `payer` is None for the shop; `level` is 0 unless a level is paid; `rate` is the level's."""

    payer: str | None
    payee: str
    kind: Literal["direct", "level", "pairing"]
    level: int = 0
    rate: str | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """Holds the members in the order of joining, who of them sells, and the payments that follow.

    Everyone is taken to be qualified, and pairing to find its match in a leg that has any members.
    """

    members: tuple[DrawnMember, ...]
    seller: str
    payments: tuple[DrawnPayment, ...]

    def below(self, parent: str | None) -> list[DrawnMember]:
        """Returns the members directly below one, by place; those at the top for None."""
        return sorted((each for each in self.members if each.parent == parent), key=lambda each: each.slot or 0)

    def paid_to(self, name: str) -> list[DrawnPayment]:
        """Returns the payments to a member."""
        return [each for each in self.payments if each.payee == name]


class ExampleNetwork:
    """Gives the example's tree, as the facts of an event give the real one."""

    def __init__(self, shape: Shape | None) -> None:
        self._tree: Tree | None = None
        if shape is not None:
            from engine.network.tree import Tree  # loads numpy, which most commands do without

            self._tree = Tree(shape)

    def tree(self) -> Tree:
        """Returns the tree. Raises StoreError for a plan without places."""
        if self._tree is None:
            raise StoreError("the plan has no places")
        return self._tree

    def add(self, member: DrawnMember) -> None:
        """Adds a member where the plan has placed them."""
        if self._tree is not None:
            self._tree.add(member.name, member.parent, member.slot)


def drawn(plan: Plan, table: PlanTable) -> Drawing:
    """Returns the drawing of a plan with the settings of a table."""
    shape = plan.shape(table)
    network, members = ExampleNetwork(shape), []
    for name, sponsor in RECRUITS:
        parent, slot = plan.place(sponsor, network) if sponsor is not None else (None, None)
        members.append(DrawnMember(name, sponsor, parent, slot))
        network.add(members[-1])
    upline = list(_upline(members))
    payments = [DrawnPayment(None, SELLER, "direct"), *_levels(upline[: plan.depth(table)], table)]
    if shape is not None and shape.legs and table.pairing is not None:
        tree = network.tree()
        payments += [DrawnPayment(None, each, "pairing") for each in upline if min(tree.leg_counts(each))]
    return Drawing(tuple(members), SELLER, tuple(payments))


def _upline(members: list[DrawnMember]) -> Iterator[str]:
    """Yields the members above the seller, the nearest first."""
    parents = {each.name: each.parent for each in members}
    above = parents[SELLER]
    while above is not None:
        yield above
        above = parents[above]


def _levels(payees: list[str], table: PlanTable) -> Iterator[DrawnPayment]:
    """Yields the levels' shares: the seller pays those that are cut out of the direct commission."""
    payer = SELLER if table.seller_funds else None
    for level, (payee, share) in enumerate(zip(payees, table.levels, strict=False), start=1):
        yield DrawnPayment(payer, payee, "level", level, share.text)
