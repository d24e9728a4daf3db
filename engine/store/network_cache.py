"""Keeps the in-memory network in step with a store: built when first needed, then updated by each decision."""

from collections.abc import Iterable

from engine.errors import StoreError
from engine.facts import Decision
from engine.network.tree import Tree
from engine.programme.model import Programme


def fits(tree: Tree, programme: Programme | None) -> bool:
    """Returns whether the tree grows as the programme's plan says; a changed programme may have another spill."""
    return programme is not None and tree.shape == programme.plan.shape


def grown(
    programme: Programme | None,
    places: Iterable[tuple[str, str | None, int | None]],
    volumes: Iterable[tuple[str, int]],
    carried: Iterable[tuple[int, int, int]],
) -> Tree:
    """Builds a tree of all members from their ids, parents and places in the order of joining.

    `volumes` is what came in at nodes in the open period, `carried` what each leg brought into it, left and right, by
    the member's number. Raises StoreError for a plan without places.
    """
    shape = programme.plan.shape if programme is not None else None
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
    """Applies a decision to the tree: volumes carried forward, newcomers, and new volume."""
    if decision.carried is not None:
        tree.begin_period(decision.carried)
    for member in decision.members.values():
        if member.id not in tree:
            tree.add(member.id, member.parent, member.slot)
    for node, amount in decision.volumes:
        tree.add_volume(node, amount)
