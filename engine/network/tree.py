"""Stores the network as arrays: a member is a position, and positions are in the order of joining."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from engine.network.int_arrays import Whole, whole
from engine.network.placement import SPILLS, Spill
from engine.network.preorder import Layout, LegValues, laid_out
from engine.network.shape import Shape
from engine.network.subtree_sums import NOBODY, PathSums

BLOCK = 8192


class Tree:
    """Holds the network. Members never move or leave: adding is the only change."""

    def __init__(self, shape: Shape) -> None:
        self.shape = shape
        self.ids: list[str] = []
        self.parent = array("i")
        self.slot = array("i")
        self.filled = array("i")
        self._position: dict[str, int] = {}
        self.eldest = array("i")  # of each member: the child in the first place taken, and the sibling after them
        self.next_sibling = array("i")
        self._last_child = array("i")
        self._carried: tuple[array[int], array[int]] = (array("q"), array("q"))
        self._came: dict[int, int] = {}
        # Built on first use and then kept: a network read only for a close needs neither of the first two.
        self._sums: PathSums | None = None
        self._spill: Spill | None = None
        self._layout: Layout | None = None

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id: str) -> bool:
        return id in self._position

    # Growing

    def place(self, sponsor: str) -> tuple[str, int]:
        """Returns the parent and place for a member who joins under the sponsor now, by the plan's spill
        (section 3.4).
        """
        if self._spill is None:
            self._spill = SPILLS[self.shape.spill](self)
        parent, slot = self._spill.place(self._position[sponsor])
        return self.ids[parent], slot

    def add(self, id: str, parent: str | None, slot: int | None) -> None:
        """Adds a new member at a free place, or as the root of a tree of their own."""
        position, above = len(self.ids), NOBODY if parent is None else self._position[parent]
        self._layout = None
        self.ids.append(id)
        self._position[id] = position
        self.parent.append(above)
        self.slot.append(NOBODY if slot is None else slot)
        self.filled.append(0)
        for nobody in (self.eldest, self._last_child, self.next_sibling):
            nobody.append(NOBODY)
        for leg in self._carried:
            leg.append(0)
        if above != NOBODY:
            self._hang(position, above)
        if self._sums is not None:
            self._sums.append(position)
        if self._spill is not None:
            self._spill.added(position)

    def extend(self, members: Iterable[tuple[str, str | None, int | None]]) -> None:
        """Adds members in the order of joining: id, parent and place."""
        if self.ids:
            for id, parent, slot in members:
                self.add(id, parent, slot)
            return
        positions, ids = self._position, self.ids
        for id, parent, slot in members:
            positions[id] = len(ids)
            ids.append(id)
            self.parent.append(NOBODY if parent is None else positions[parent])
            self.slot.append(NOBODY if slot is None else slot)
        self._hang_all()

    def _hang_all(self) -> None:
        """Links all members to their parents, as `_hang` does for one."""
        parent, slot = np.array(self.parent), np.array(self.slot)
        below = np.lexsort((slot, parent))[np.count_nonzero(parent == NOBODY) :].astype(np.int32)
        above = parent[below]
        begins = np.flatnonzero(np.diff(above, prepend=NOBODY))
        first, last, following = (np.full(len(parent), NOBODY, np.int32) for _ in range(3))
        first[above[begins]] = below[begins]
        last[above] = below  # the last one written stays
        following[below[:-1]] = np.where(above[:-1] == above[1:], below[1:], NOBODY)
        filled = np.bincount(above, minlength=len(parent)).astype(np.int32)
        self.eldest, self._last_child, self.next_sibling, self.filled = (
            array("i", each.tobytes()) for each in (first, last, following, filled)
        )
        nothing = array("q", [0]) * len(parent)
        self._carried = nothing, nothing[:]

    def _hang(self, position: int, above: int) -> None:
        """Links a member to its parent, keeping siblings by place; usually the new one is last."""
        self.filled[above] += 1
        slot, last = self.slot[position], self._last_child[above]
        if last == NOBODY or self.slot[last] < slot:
            before, after = last, NOBODY
            self._last_child[above] = position
        else:
            earlier = [child for child in self.children(above) if self.slot[child] < slot]
            before = earlier[-1] if earlier else NOBODY
            after = self.eldest[above] if before == NOBODY else self.next_sibling[before]
        self.next_sibling[position] = after
        if before == NOBODY:
            self.eldest[above] = position
        else:
            self.next_sibling[before] = position

    # Lookups by position

    def children(self, position: int) -> Iterator[int]:
        """Yields the children by place."""
        child = self.eldest[position]
        while child != NOBODY:
            yield child
            child = self.next_sibling[child]

    def first_child(self, position: int) -> int:
        """Returns the member in the first place; NOBODY where it is free."""
        child = self.eldest[position]
        return child if child != NOBODY and self.slot[child] == 0 else NOBODY

    def first_free(self, position: int, places: range | None = None) -> int:
        """Returns the first free place, of these or of all, of a member who has one there.

        Places may be taken in any order: `weaker` leaves gaps, and a changed programme goes on in what it finds.
        """
        filled, last = self.filled[position], self._last_child[position]
        if places is None and (last == NOBODY or self.slot[last] == filled - 1):
            return filled
        taken = {self.slot[child] for child in self.children(position)}
        return next(slot for slot in places or range(self.shape.places) if slot not in taken)

    def is_full(self, position: int) -> bool:
        """Returns whether every place under the member is taken."""
        return self.filled[position] == self.shape.places

    def count(self, position: int) -> int:
        """Returns the number of members below and at the position."""
        return self.sums().count(position)

    # Lookups by member

    def leg_of(self, slot: int) -> int:
        """Returns 0 for a place of the left leg, 1 for one of the right."""
        return 0 if slot < self.shape.left else 1

    def level_counts(self, id: str, depth: int) -> list[int]:
        """Counts the members at each level below the member, level 1 first, as far as there are any."""
        counts: list[int] = []
        level = [self._position[id]]
        while len(counts) < depth and (level := [child for above in level for child in self.children(above)]):
            counts.append(len(level))
        return counts

    def leg_counts(self, id: str) -> tuple[int, int]:
        """Counts the members in the left and the right leg."""
        return self._legs(id, self.sums().count)

    def leg_volumes(self, id: str) -> tuple[int, int]:
        """Returns the left and the right leg's current volume: carried forward plus what has come in since."""
        left, right = self._legs(id, self.sums().volume)
        position = self._position[id]
        return self._carried[0][position] + left, self._carried[1][position] + right

    def sums(self) -> PathSums:
        """Returns the sums over subtrees, which follow the network from then on."""
        if self._sums is None:
            self._sums = PathSums(self.parent, self.children, self._came)
        return self._sums

    def _legs(self, id: str, total: Callable[[int], int]) -> tuple[int, int]:
        legs = [0, 0]
        for child in self.children(self._position[id]):
            legs[self.leg_of(self.slot[child])] += total(child)
        return legs[0], legs[1]

    # Bulk lookups

    def position(self, id: str) -> int:
        """Returns the member's index in arrays of all members: the number of those who joined before."""
        return self._position[id]

    def layout(self) -> Layout:
        """Returns the layout of all members; rebuilt after a member has joined."""
        if self._layout is None:
            self._layout = laid_out(self.parent, self.slot, self.shape.left)
        return self._layout

    def volumes(self) -> LegValues:
        """Returns all current leg volumes, by place in the layout."""
        layout = self.layout()
        return layout.volumes(self.came(), self.carried().at(layout.position))

    def came(self) -> Whole:
        """Returns the volume that came in at each member themself since the last close, by place in the layout."""
        amounts = whole(self._came.values())
        came = np.zeros(len(self), amounts.dtype)
        came[self.layout().place[np.fromiter(self._came, np.intp, len(self._came))]] = amounts
        return came

    def carried(self) -> LegValues:
        """Returns the volumes carried forward in every member's legs, by position."""
        left, right = (np.array(leg, np.int64) for leg in self._carried)
        return LegValues(left, right)

    # Volume of the open period

    def add_volume(self, id: str, amount: int) -> None:
        """Adds to the leg that contains the member, for every member above; an amount below 0 takes away."""
        position = self._position[id]
        self._came[position] = self._came.get(position, 0) + amount
        if self._sums is not None:
            self._sums.add_volume(position, amount)

    def begin_period(self, carried: LegValues) -> None:
        """Sets the volumes carried forward in every member's legs, by position, and clears the open period.

        Raises OverflowError for a volume of more than 64 bits, which no store can hold.
        """
        left, right = (array("q", leg.astype(np.int64, casting="unsafe").tobytes()) for leg in carried)
        self._carried = left, right
        self._came.clear()
        if self._sums is not None:
            self._sums.clear_volumes()

    def carry(self, position: int, left: int, right: int) -> None:
        """Sets the volumes carried forward in one member's legs."""
        self._carried[0][position], self._carried[1][position] = left, right

    def own_volumes(self) -> Iterator[tuple[str, int]]:
        """Yields the nodes at which volume came in, with it."""
        for position, amount in self._came.items():
            if amount:
                yield self.ids[position], amount

    def changes_of(self, carried: LegValues) -> Iterator[tuple[int, int, int]]:
        """Yields the members whose carried volume differs from before, by number, with both legs."""
        before = self.carried()
        changed = np.flatnonzero((before.left != carried.left) | (before.right != carried.right))
        for start in range(0, len(changed), BLOCK):
            block = changed[start : start + BLOCK]
            rows = (block + 1).tolist(), carried.left[block].tolist(), carried.right[block].tolist()
            yield from zip(*rows, strict=True)

    def places(self) -> Iterator[tuple[str, str | None, int | None]]:
        """Yields all members' ids, parents and places, in the order of joining."""
        for id, above, slot in zip(self.ids, self.parent, self.slot, strict=True):
            yield (id, None, None) if above == NOBODY else (id, self.ids[above], slot)

    def each_carried(self) -> Iterator[tuple[int, int, int]]:
        """Yields the members with carried volume in a leg, by number: one more than the position."""
        for number, (left, right) in enumerate(zip(*self._carried, strict=True), start=1):
            if left or right:
                yield number, left, right
