"""Keeping the index in step with a store: grown when it is first asked for, and changed as decisions are applied."""

from collections.abc import Iterable

from engine.errors import StoreError
from engine.facts import Decision
from engine.network.tree import Tree
from engine.programme.model import Programme
from engine.programme.shape import Shape


def fits(tree: Tree, programme: Programme | None) -> bool:
    """Whether the tree grows as the programme's plan says; a changed programme may have another spill."""
    return programme is not None and tree.shape == Shape.of(programme.plan)


def grown(
    programme: Programme | None,
    places: Iterable[tuple[str, str | None, int | None]],
    volumes: Iterable[tuple[str, int]],
    carried: Iterable[tuple[int, int, int]],
) -> Tree:
    """A tree of all members: their ids, parents and places in the order of joining.

    `volumes` is what came in at nodes in the open period, `carried` what each leg brought into it, left and right,
    beside the member's number. Raises StoreError for a plan without places.
    """
    shape = Shape.of(programme.plan) if programme is not None else None
    if shape is None:
        raise StoreError("the plan has no places")
    tree = Tree(shape)
    tree.extend(places)
    for number, left, right in carried:
        tree.carry(number - 1, left, right)
    for id, amount in volumes:
        tree.add_volume(id, amount)
    return tree


def apply_to(tree: Tree, decision: Decision) -> None:
    """What is carried on, newcomers, and what came in."""
    if decision.carried is not None:
        tree.begin_period(decision.carried)
    for member in decision.members.values():
        if member.id not in tree:
            tree.add(member.id, member.parent, member.slot)
    for node, amount in decision.volumes:
        tree.add_volume(node, amount)
