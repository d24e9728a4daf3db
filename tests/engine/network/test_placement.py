"""The spills stay quick however large the network: their answers are checked beside, their steps are counted here."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

import pytest

from engine.network.placement import SPILLS, Breadth, Left, Weaker
from engine.network.shape import Shape
from engine.network.tree import Tree

SIZE = 4096


class CountedTree(Tree):
    """Counts how many children were looked at."""

    looked = 0

    def children(self, position: int) -> Iterator[int]:
        for child in super().children(position):
            self.looked += 1
            yield child


def filled(shape: Shape, places: list[tuple[int, int]]) -> CountedTree:
    """A root, m0, and members in these places, by the number of their parent; the spill sees each of them come."""
    tree = CountedTree(shape)
    tree.add("m0", None, None)
    tree.place("m0")
    for number, (parent, slot) in enumerate(places, start=1):
        tree.add(f"m{number}", f"m{parent}", slot)
    return tree


def steps_to_the_leader(spill: Left, position: int) -> int:
    steps = 0
    while spill._leader[position] != position:
        position, steps = spill._leader[position], steps + 1
    return steps


def test_each_spill_is_called_by_its_name_in_the_programme() -> None:
    assert SPILLS.items() >= {"left": Left, "breadth": Breadth, "weaker": Weaker}.items()


def test_a_chain_filled_from_its_end_upwards_is_crossed_in_few_steps() -> None:
    """Each member becomes full after the one in their first place, so every group is joined from above."""
    chain = [(number, 0) for number in range(SIZE)]
    second_places = [(number, 1) for number in range(SIZE - 1, -1, -1)]
    tree = filled(Shape(2, 1, "left"), chain + second_places)
    assert tree.place("m0") == (f"m{SIZE}", 0)
    spill = tree._spill
    assert isinstance(spill, Left)
    assert max(steps_to_the_leader(spill, position) for position in range(SIZE)) <= 12  # log2 of the size


def test_a_chain_filled_from_its_top_downwards_is_crossed_in_few_steps() -> None:
    tree = filled(Shape(1, 1, "left"), [(number, 0) for number in range(SIZE)])
    assert tree.place("m0") == (f"m{SIZE}", 0)
    spill = tree._spill
    assert isinstance(spill, Left)
    assert max(steps_to_the_leader(spill, position) for position in range(SIZE)) <= 12


@pytest.mark.parametrize("shape", [Shape(1, 1, "left"), Shape(1, 1, "breadth"), Shape(2, 1, "left")])
def test_a_chain_that_was_there_before_is_crossed_in_few_steps(shape: Shape) -> None:
    tree = CountedTree(shape)
    tree.extend((f"m{number}", f"m{number - 1}" if number else None, 0 if number else None) for number in range(SIZE))
    tree.extend((f"second-{number}", f"m{number}", 1) for number in range(SIZE - 1) if shape.places == 2)
    assert tree.place("m0") == (f"m{SIZE - 1}", 0)
    tree.looked = 0
    assert tree.place("m7") == (f"m{SIZE - 1}", 0)
    assert tree.looked < 50


@pytest.mark.parametrize("before", SPILLS)
@pytest.mark.parametrize("after", SPILLS)
def test_a_spill_goes_on_in_free_places_from_where_another_one_left_off(before: str, after: str) -> None:
    """A programme that changes its spill keeps the network, whatever places the earlier one has filled."""
    for size in range(1, 12):
        tree = Tree(Shape(4, 2, before))
        tree.add("m0", None, None)
        for number in range(1, size):
            tree.add(f"m{number}", *tree.place("m0"))
        changed = Tree(Shape(4, 2, after))
        changed.extend(tree.places())
        taken = {(parent, slot) for _, parent, slot in tree.places()}
        for number in range(size, size + 12):
            place = changed.place("m0")
            assert place not in taken
            assert place[1] in range(4)
            taken.add(place)
            changed.add(f"m{number}", *place)


@pytest.mark.parametrize("spill", SPILLS)
@pytest.mark.parametrize("taken", [(1,), (3,), (1, 3), (0, 3), (1, 2), (1, 2, 3)])
def test_places_that_are_taken_out_of_order_are_given_to_nobody_twice(spill: str, taken: tuple[int, ...]) -> None:
    tree = Tree(Shape(4, 2, spill))
    tree.extend([("m0", None, None), *((f"t{slot}", "m0", slot) for slot in taken)])
    given = {("m0", slot) for slot in taken}
    for number in range(12):
        place = tree.place("m0")
        assert place not in given
        given.add(place)
        tree.add(f"n{number}", *place)


def test_one_place_each_makes_a_chain_that_breadth_does_not_walk() -> None:
    tree = filled(Shape(1, 1, "breadth"), [(number, 0) for number in range(SIZE)])
    tree.looked = 0
    assert tree.place("m0") == (f"m{SIZE}", 0)
    tree.add("newcomer", f"m{SIZE}", 0)
    assert tree.place("m7") == ("newcomer", 0)
    assert tree.looked < 50


def test_breadth_goes_down_as_many_steps_as_there_are_full_rows() -> None:
    """Of twelve rows of a binary tree one place is free."""
    tree = filled(Shape(2, 1, "breadth"), [((number - 1) // 2, (number - 1) % 2) for number in range(1, SIZE - 2)])
    tree.looked = 0
    assert tree.place("m0") == ("m2046", 1)
    assert tree.looked <= 2 * 12
    tree.add("last", "m2046", 1)
    assert tree.place("m0") == ("m2047", 0)
    assert tree.place("m2") == ("m3071", 0)


def test_weaker_goes_down_to_at_most_half_of_those_below_at_each_step() -> None:
    tree = CountedTree(Shape(2, 1, "weaker"))
    tree.add("m0", None, None)
    for number in range(1, SIZE):
        parent, slot = tree.place("m0")
        tree.add(f"m{number}", parent, slot)
    tree.looked = 0
    tree.place("m0")
    assert tree.looked <= 2 * 12


def shapes_for(spill: str) -> list[Shape]:
    """Shapes that the spill is for: with legs, and without if it needs none."""
    without = [] if SPILLS[spill].needs_legs else [Shape(1, 1, spill), Shape(3, 3, spill)]
    return [Shape(2, 1, spill), Shape(4, 2, spill), *without]


@pytest.mark.parametrize("shape", [shape for spill in SPILLS for shape in shapes_for(spill)], ids=str)
def test_each_spill_finds_a_free_place_below_the_sponsor_and_the_same_one_from_a_stored_network(shape: Shape) -> None:
    random, tree = Random(7), Tree(shape)
    rows: list[tuple[str, str | None, int | None]] = [("m0", None, None)]
    tree.add("m0", None, None)
    taken: set[tuple[str | None, int | None]] = set()
    for number in range(1, 120):
        sponsor = f"m{random.randrange(number)}"
        place = tree.place(sponsor)
        assert place not in taken
        assert place[1] in range(shape.places)
        assert sponsor in upline(tree, place[0])
        stored = Tree(shape)
        stored.extend(rows)
        assert stored.place(sponsor) == place
        taken.add(place)
        rows.append((f"m{number}", *place))
        tree.add(*rows[-1])


def upline(tree: Tree, id: str) -> set[str]:
    """The member and those above."""
    found, position = {id}, tree.position(id)
    while (position := tree.parent[position]) >= 0:
        found.add(tree.ids[position])
    return found
