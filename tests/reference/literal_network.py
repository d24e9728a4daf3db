"""Where members stand, who is above and below them, and who is qualified (sections 3 and 5)."""

from __future__ import annotations

from literal_programme import places_under_a_member
from literal_world import Member, World


def upline(world: World, member: str) -> list[str]:
    """The member's ancestors in the placement tree, nearest first."""
    above = []
    parent = world.members[member].parent
    while parent is not None:
        above.append(parent)
        parent = world.members[parent].parent
    return above


def children(world: World, member: str) -> list[Member]:
    return [each for each in world.members.values() if each.parent == member]


def count_below_and_itself(world: World, member: str) -> int:
    return sum(name == member or member in upline(world, name) for name in world.members)


def occupant(world: World, member: str, slot: int) -> str | None:
    """Who stands in this place under the member, or None where it is free."""
    return next((child.name for child in children(world, member) if child.slot == slot), None)


def first_free(world: World, member: str, slots: list[int]) -> int | None:
    return next((slot for slot in slots if occupant(world, member, slot) is None), None)


def all_slots(world: World) -> list[int]:
    return list(range(places_under_a_member(world.programme["plan"]) or 0))


def leg_slots(world: World, leg: int) -> list[int]:
    """The places of the left (0) or right (1) leg of a binary member."""
    pairs = world.programme["plan"]["pairs"]
    return list(range(leg * pairs, (leg + 1) * pairs))


def count_in_leg(world: World, member: str, leg: int) -> int:
    occupants = [occupant(world, member, slot) for slot in leg_slots(world, leg)]
    return sum(count_below_and_itself(world, name) for name in occupants if name is not None)


def leg_above(world: World, member: str, ancestor: str) -> int:
    """Through which leg of the ancestor, 0 or 1, the member hangs below it."""
    path = [member, *upline(world, member)]
    slot = world.members[path[path.index(ancestor) - 1]].slot
    return 0 if slot in leg_slots(world, 0) else 1


def place_for_newcomer(world: World, sponsor: str | None) -> tuple[str | None, int | None]:
    """Parent and place of whoever joins under the sponsor now."""
    if sponsor is None:
        return None, None
    if places_under_a_member(world.programme["plan"]) is None:
        return sponsor, None
    spills = {"breadth": breadth_spill, "left": left_spill, "weaker": weaker_spill}
    return spills[world.programme["plan"]["spill"]](world, sponsor)


def breadth_spill(world: World, sponsor: str) -> tuple[str, int]:
    """The first free place in breadth-first order from the sponsor."""
    row = [sponsor]
    while True:
        for member in row:
            slot = first_free(world, member, all_slots(world))
            if slot is not None:
                return member, slot
        below = [[occupant(world, member, slot) for slot in all_slots(world)] for member in row]
        row = [name for places in below for name in places if name is not None]


def left_spill(world: World, sponsor: str) -> tuple[str, int]:
    """The sponsor's first free place; if there is none, ask again at the member in the first place."""
    slot = first_free(world, sponsor, all_slots(world))
    if slot is not None:
        return sponsor, slot
    leftmost = occupant(world, sponsor, 0)
    assert leftmost is not None
    return left_spill(world, leftmost)


def weaker_spill(world: World, sponsor: str) -> tuple[str, int]:
    """In the leg with fewer members the first free place, or ask again where the fewest are below."""
    leg = 0 if count_in_leg(world, sponsor, 0) <= count_in_leg(world, sponsor, 1) else 1
    slots = leg_slots(world, leg)
    slot = first_free(world, sponsor, slots)
    if slot is not None:
        return sponsor, slot
    occupants = [name for each in slots if (name := occupant(world, sponsor, each)) is not None]
    return weaker_spill(world, min(occupants, key=lambda name: count_below_and_itself(world, name)))


def is_qualified(world: World, name: str) -> bool:
    """A suspended member never is; others are with the legs, recruits and sales that the plan requires."""
    requires: dict[str, int] = world.programme["plan"]["requires"]
    if world.members[name].suspended:
        return False
    if requires["legs"] and any(count_in_leg(world, name, leg) < requires["legs"] for leg in (0, 1)):
        return False
    return world.recruits_of(name) >= requires["recruits"] and world.sales_of(name) >= requires["sales"]


def share_is_blocked(world: World, seller: str, level: int) -> bool:
    """Whether the upline member of this level is not qualified, or with `chain` anyone up to that level."""
    levels_up_to_it = upline(world, seller)[:level]
    asked = levels_up_to_it if world.programme["plan"]["chain"] else levels_up_to_it[-1:]
    return not all(is_qualified(world, name) for name in asked)


def add_volume(world: World, node: str, volume: int) -> None:
    """Adds to the leg it came through, for every member above the node; negative volume takes away."""
    for ancestor in upline(world, node):
        world.members[ancestor].volume[leg_above(world, node, ancestor)] += volume
