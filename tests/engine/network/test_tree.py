"""The tree's quick answers against slow ones that walk the whole network."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from engine.network.shape import Shape
from engine.network.tree import Tree
from examples import examples

SHAPES = st.sampled_from(
    [
        *(Shape(width, width, spill) for width in (1, 2, 3, 5) for spill in ("breadth", "left")),
        *(Shape(2 * pairs, pairs, spill) for pairs in (1, 2) for spill in ("left", "breadth", "weaker")),
    ]
)


@dataclass
class Literal:
    """The rule's own words, by walking."""

    shape: Shape
    children: dict[str, dict[int, str]] = field(default_factory=dict)

    def below(self, member: str) -> list[str]:
        found = [member]
        for one in found:
            found.extend(self.children[one][slot] for slot in sorted(self.children[one]))
        return found

    def free(self, member: str, slots: range) -> int | None:
        return next((slot for slot in slots if slot not in self.children[member]), None)

    def place(self, sponsor: str) -> tuple[str, int]:
        return getattr(self, self.shape.spill)(sponsor)  # type: ignore[no-any-return]

    def breadth(self, sponsor: str) -> tuple[str, int]:
        for member in self.below(sponsor):
            slot = self.free(member, range(self.shape.places))
            if slot is not None:
                return member, slot
        raise AssertionError("some place is always free")

    def left(self, sponsor: str) -> tuple[str, int]:
        slot = self.free(sponsor, range(self.shape.places))
        return (sponsor, slot) if slot is not None else self.left(self.children[sponsor][0])

    def leg(self, leg: int) -> range:
        return range(self.shape.left) if leg == 0 else range(self.shape.left, self.shape.places)

    def leg_count(self, member: str, leg: int) -> int:
        taken = self.children[member]
        return sum(len(self.below(taken[slot])) for slot in self.leg(leg) if slot in taken)

    def weaker(self, sponsor: str) -> tuple[str, int]:
        leg = 0 if self.leg_count(sponsor, 0) <= self.leg_count(sponsor, 1) else 1
        slot = self.free(sponsor, self.leg(leg))
        if slot is not None:
            return sponsor, slot
        taken = [self.children[sponsor][each] for each in self.leg(leg)]
        return self.weaker(min(taken, key=lambda one: len(self.below(one))))


# Of some history's amounts one alone passes 64 bits.
AMOUNTS = st.one_of(st.integers(-50, 100), st.integers(-(2**66), 2**66))

# Whom a newcomer comes through, as a share of those who are there; None begins a tree of its own. The last ones are
# drawn often, so that deep chains come up.
SPONSORS = st.lists(st.one_of(st.floats(0, 1), st.floats(0.9, 1), st.just(1.0), st.just(0.0)), max_size=60)


@given(shape=SHAPES, sponsors=SPONSORS, volumes=st.lists(st.tuples(st.floats(0, 1), AMOUNTS), max_size=20))
@settings(max_examples=examples(300), deadline=None)
def test_places_counts_and_volumes_are_what_walking_finds(
    shape: Shape, sponsors: list[float], volumes: list[tuple[float, int]]
) -> None:
    tree, literal = Tree(shape), Literal(shape, {"m0": {}})
    tree.add("m0", None, None)
    assert (tree.leg_counts("m0"), tree.leg_volumes("m0")) == ((0, 0), (0, 0))  # what follows is counted as it comes
    for number, share in enumerate(sponsors, start=1):
        sponsor, newcomer = f"m{round(share * (number - 1))}", f"m{number}"
        parent, slot = tree.place(sponsor)
        assert (parent, slot) == literal.place(sponsor)
        tree.add(newcomer, parent, slot)
        literal.children[parent][slot] = newcomer
        literal.children[newcomer] = {}
    own = dict.fromkeys(literal.children, 0)
    for share, amount in volumes:
        node = f"m{round(share * len(sponsors))}"
        tree.add_volume(node, amount)
        own[node] += amount
    for member, taken in literal.children.items():
        legs: list[list[str]] = [[], []]
        for slot, child in taken.items():
            legs[0 if slot < shape.left else 1] += literal.below(child)
        assert tree.leg_counts(member) == (len(legs[0]), len(legs[1]))
        assert tree.leg_volumes(member) == tuple(sum(own[each] for each in leg) for leg in legs)
    assert dict(tree.own_volumes()) == {member: amount for member, amount in own.items() if amount}
    layout = tree.layout()
    for of_all, of_member in (
        (tree.volumes().at(layout.place), tree.leg_volumes),
        (layout.members(layout.place), tree.leg_counts),
    ):
        assert list(zip(*of_all, strict=True)) == [of_member(member) for member in tree.ids]
    again = Tree(shape)
    again.extend(tree.places())
    for node, amount in own.items():
        again.add_volume(node, amount)
    for member in tree.ids:
        assert again.place(member) == tree.place(member)
        assert again.leg_volumes(member) == tree.leg_volumes(member)
        assert again.leg_counts(member) == tree.leg_counts(member)
    tree.begin_period(tree.carried())
    assert list(tree.own_volumes()) == []
    assert all(tree.leg_volumes(member) == (0, 0) for member in literal.children)


def grown(shape: Shape, parents: list[tuple[int, int] | None]) -> Tree:
    """Asked from the beginning on, so that its sums see everybody come."""
    tree = Tree(shape)
    for number, place in enumerate(parents):
        parent, slot = (None, None) if place is None else (f"m{place[0]}", place[1])
        tree.add(f"m{number}", parent, slot)
        tree.count(0)
    return tree


def test_a_deep_chain_and_a_deep_comb_are_summed_in_few_steps() -> None:
    """Whatever the depth, a way up crosses few paths; a comb is the worst for a tree that is cut at joining."""
    size = 20_000
    chain: list[tuple[int, int] | None] = [None, *((number, 0) for number in range(size - 1))]
    spine_of = [0]
    comb: list[tuple[int, int] | None] = [None]  # a leaf first, then the spine goes on beside it
    while len(comb) < size:
        comb += [(spine_of[-1], 0), (spine_of[-1], 1)]
        spine_of.append(len(comb) - 1)
    for parents in (chain, comb):
        tree = grown(Shape(2, 1, "weaker"), parents)
        assert tree._sums is not None
        assert tree.count(0) == len(parents)
        crossed = []
        for node in range(0, len(parents), 997):
            paths, at = 0, node
            while at != -1:
                paths, at = paths + 1, tree._sums._above[tree._sums.path[at]]
            crossed.append(paths)
        assert max(crossed) <= 40
