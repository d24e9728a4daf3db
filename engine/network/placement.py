"""Places newcomers when the sponsor's places are taken: one class a spill, registered in `SPILLS` (section 3.4).

Each keeps an index that makes its answer quick in networks of any size and depth. It is built from an existing tree,
and told of every member added afterwards.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar, Protocol

from engine.network.subtree_sums import NOBODY

if TYPE_CHECKING:
    from engine.network.tree import Tree


class Spill(Protocol):
    """Finds places; takes and returns positions. `needs_legs` refuses it for plans whose places make no legs."""

    needs_legs: ClassVar[bool]

    def __init__(self, tree: Tree) -> None: ...
    def place(self, sponsor: int) -> tuple[int, int]:
        """Returns the parent and place for a member who joins under the sponsor now."""

    def added(self, position: int) -> None:
        """Updates the index with the tree's newest member."""


class Left:
    """Fills the sponsor's first free place; if there is none, recurs into the member in the first place.

    Full members who stand first under each other form groups (a union-find by size); all of a group's members lead to
    the same member with a free place.
    """

    needs_legs: ClassVar[bool] = False

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._leader = array("i", range(len(tree)))
        self._size = array("i", [1]) * len(tree)
        self._open = array("i", range(len(tree)))
        for position in range(len(tree)):
            if tree.is_full(position):
                self._join(position, tree.first_child(position))

    def place(self, sponsor: int) -> tuple[int, int]:
        """Returns the free place to which the sponsor's group leads."""
        parent = self._open[self._group(sponsor)]
        return parent, self._tree.first_free(parent)

    def added(self, position: int) -> None:
        """Joins the parent's group with that of its first place, if the parent is now full."""
        self._leader.append(position)
        self._size.append(1)
        self._open.append(position)
        parent = self._tree.parent[position]
        if parent != NOBODY and self._tree.is_full(parent):
            self._join(parent, self._tree.first_child(parent))

    def _group(self, position: int) -> int:
        while self._leader[position] != position:
            position = self._leader[position]
        return position

    def _join(self, full: int, below: int) -> None:
        upper, lower = self._group(full), self._group(below)
        opening = self._open[lower]
        if self._size[upper] < self._size[lower]:
            upper, lower = lower, upper
        self._leader[lower] = upper
        self._size[upper] += self._size[lower]
        self._open[upper] = opening


class Breadth:
    """Fills the first free place in breadth-first order from the sponsor.

    Each member stores the distance to the nearest open place below; the way down follows it, and a change goes up only
    as far as it changes a distance, which the fullness above bounds by log2(n). Width 1 makes a chain, which `Left`
    handles.
    """

    needs_legs: ClassVar[bool] = False

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._distance = array("i", [0]) * len(tree)
        self._chain = Left(tree) if tree.shape.places == 1 else None
        for position in range(len(tree) - 1, -1, -1):  # members below joined later
            if self._chain is None and tree.is_full(position):
                self._distance[position] = self._nearest(position)

    def place(self, sponsor: int) -> tuple[int, int]:
        """Returns the first of the nearest free places; ties go by the order of places from the top down."""
        if self._chain is not None:
            return self._chain.place(sponsor)
        distances, next_sibling, eldest = self._distance, self._tree.next_sibling, self._tree.eldest
        member, distance = sponsor, distances[sponsor]
        while distance:
            member, distance = eldest[member], distance - 1
            while distances[member] != distance:
                member = next_sibling[member]
        return member, self._tree.first_free(member)

    def added(self, position: int) -> None:
        if self._chain is not None:
            self._chain.added(position)
            return
        self._distance.append(0)
        member = self._tree.parent[position]
        while member != NOBODY and self._tree.is_full(member):
            distance = self._nearest(member)
            if distance == self._distance[member]:
                return
            self._distance[member] = distance
            member = self._tree.parent[member]

    def _nearest(self, full: int) -> int:
        """Returns the distance from a full member down to the nearest open place."""
        return 1 + min(self._distance[child] for child in self._tree.children(full))


class Weaker:
    """Fills the first free place of the leg with fewer members; if there is none, recurs into its smallest subtree."""

    needs_legs: ClassVar[bool] = True

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def place(self, sponsor: int) -> tuple[int, int]:
        """Returns the place. Each step enters at most half of those below, so there are at most log2(n) steps."""
        places = self._tree.shape.left
        member = self._below_full(sponsor) if places == 1 and self._tree.is_full(sponsor) else sponsor
        while True:
            leg, taken, fewest = self._weaker_leg(member)
            if taken < places:
                return member, self._tree.first_free(member, range(leg * places, (leg + 1) * places))
            member = fewest

    def _below_full(self, member: int) -> int:
        """Returns the member with a free place to whom the weaker legs lead, where a leg is one place.

        Of two children one continues the member's path, and the other one's path has a total; so no step adds up.
        """
        tree, sums = self._tree, self._tree.sums()
        filled, eldest, next_sibling = tree.filled, tree.eldest, tree.next_sibling
        path, totals, count = sums.path, sums.counts_of_paths, sums.count(member)
        while filled[member] == 2:
            left = eldest[member]
            right = next_sibling[left]
            goes_left = path[left] == path[member]
            in_left = count - 1 - totals[path[right]] if goes_left else totals[path[left]]
            in_right = count - 1 - in_left
            member, count = (left, in_left) if in_left <= in_right else (right, in_right)
        return member

    def _weaker_leg(self, member: int) -> tuple[int, int, int]:
        """Returns the leg with fewer members, its number of taken places, and the child with the fewest below."""
        tree = self._tree
        members, taken, fewest, least = [0, 0], [0, 0], [NOBODY, NOBODY], [0, 0]
        for child in tree.children(member):
            leg, count = tree.leg_of(tree.slot[child]), tree.count(child)
            members[leg] += count
            taken[leg] += 1
            if fewest[leg] == NOBODY or count < least[leg]:
                fewest[leg], least[leg] = child, count
        weaker = 0 if members[0] <= members[1] else 1
        return weaker, taken[weaker], fewest[weaker]

    def added(self, position: int) -> None:
        """Does nothing: the tree's own counts suffice."""


SPILLS: Mapping[str, type[Spill]] = {
    "left": Left,
    "breadth": Breadth,
    "weaker": Weaker,
}
