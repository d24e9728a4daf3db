"""Keeping the index in step with a store: grown when it is first asked for, and changed as decisions are applied."""

from collections.abc import Iterable

from engine.errors import StoreError
from engine.facts import Decision
from engine.programme import Programme
from engine.records import Member
from engine.tree.tree import Shape, Tree


def grown(
    tree: Tree | None, programme: Programme | None, members: Iterable[Member], volumes: Iterable[tuple[str, int]] = ()
) -> Tree:
    """The tree itself while it fits the programme; else a new one of the members, in the order of their joining.

    `volumes` is what came in at nodes in the open period. Raises StoreError for a plan without places.
    """
    shape = Shape.of(programme.plan) if programme is not None else None
    if shape is None:
        raise StoreError("the plan has no places")
    if tree is not None and tree.shape == shape:
        return tree
    new = Tree(shape)
    for member in sorted(members, key=lambda one: one.number):
        new.add(member.id, member.parent, member.slot)
        new.carry(member.id, member.left, member.right)
    for id, amount in volumes if tree is None else tree.own_volumes():
        new.add_volume(id, amount)
    return new


def apply_to(tree: Tree, decision: Decision) -> None:
    """Newcomers, what is carried on, and what came in."""
    if decision.closed:
        tree.clear_volumes()
    for member in decision.members.values():
        if member.id not in tree:
            tree.add(member.id, member.parent, member.slot)
        tree.carry(member.id, member.left, member.right)
    for node, amount in decision.volumes:
        tree.add_volume(node, amount)
