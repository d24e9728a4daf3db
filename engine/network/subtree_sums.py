"""Sums over subtrees of a growing tree, without touching every ancestor.

The tree is cut into paths that run downwards. An amount at a node counts for each of its ancestors: for the upper part
of its own path and of every path above it. It is added once a path, at the place where the way up enters it; a node's
total is the sum of what entered its path at its place or below. Where paths follow the heavier child, the way up meets
at most log2(n) of them. As the tree grows this degrades; when a way up meets too many paths, the smallest unbalanced
subtree is cut anew, as in a scapegoat tree. So the work stays logarithmic over time, even in a chain of a million.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

NOBODY = -1
BLOCK = 512

ENOUGH: Final = 4
"""Paths that a way up may meet in a subtree of any size."""


class Paths(NamedTuple):
    """Holds of each node its path and its place in it, and of each path the node above its first one."""

    of: array[int]
    place: array[int]
    above: array[int]


class Lane:
    """Holds one kind of amount: for each path its total, and what entered at each of its places; for a long path also
    sums of BLOCK places.
    """

    __slots__ = ("_blocks", "_entered", "totals")

    def __init__(self) -> None:
        self.totals: list[int] = []
        self._entered: list[list[int]] = []
        self._blocks: dict[int, list[int]] = {}

    def new_path(self) -> None:
        """Adds a path without places."""
        self._entered.append([])
        self.totals.append(0)

    def append(self, path: int, amount: int) -> None:
        """Adds a place at the path's end."""
        entered = self._entered[path]
        entered.append(amount)
        self.totals[path] += amount
        if len(entered) > BLOCK:
            self._add_up(path)

    def enter(self, node: int, amount: int, where: Paths) -> bool:
        """Adds an amount to each path that the way up from a node meets, at the place where it enters.

        Returns whether it has met more paths than are enough for some subtree's size: twice the digits of their number.
        """
        entered, totals, blocks = self._entered, self.totals, self._blocks
        paths, indices, above = where
        met, too_many = 0, False
        while node != NOBODY:
            path, index = paths[node], indices[node]
            entered[path][index] += amount
            totals[path] += amount
            if path in blocks:
                blocks[path][index // BLOCK] += amount
            node = above[path]
            met += 1
            if met > ENOUGH and met > 2 * totals[path].bit_length():
                too_many = True
        return too_many

    def total_from(self, path: int, index: int) -> int:
        """Returns the sum of what entered at the place or below it."""
        if not index:
            return self.totals[path]
        entered = self._entered[path]
        if path not in self._blocks:
            return sum(entered[index:])
        block = index // BLOCK + 1
        return sum(entered[index : block * BLOCK]) + sum(self._blocks[path][block:])

    def cut_from(self, path: int, index: int) -> None:
        """Removes the places from here on."""
        entered = self._entered[path]
        del entered[index:]
        self.totals[path] = sum(entered)
        if self._blocks.pop(path, None) is not None and len(entered) > BLOCK:
            self._blocks[path] = [sum(entered[at : at + BLOCK]) for at in range(0, len(entered), BLOCK)]

    def clear(self) -> None:
        """Resets every amount to 0."""
        for entered in self._entered:
            if any(entered):
                entered[:] = [0] * len(entered)
        self.totals[:] = [0] * len(self.totals)
        for blocks in self._blocks.values():
            blocks[:] = [0] * len(blocks)

    def _add_up(self, path: int) -> None:
        """Updates the block sums of a path that has just become longer."""
        entered = self._entered[path]
        blocks = self._blocks.get(path)
        if blocks is None:
            blocks = self._blocks[path] = [sum(entered[:BLOCK])]
        if len(entered) % BLOCK == 1:
            blocks.append(0)
        blocks[-1] += entered[-1]


class PathSums:
    """Counts the members of any subtree and sums its volume."""

    def __init__(self, parent: array[int], children: Callable[[int], Iterable[int]], own: Mapping[int, int]) -> None:
        """Builds the sums of an existing tree; `own` is the volume at each node itself, where there was any.

        `parent` and `own` belong to the tree, which goes on to fill them; `children` of a node in any order.
        """
        self._parent = parent
        self._children = children
        self.path = array("i", [NOBODY]) * len(parent)  # of each node: its path and its index in it
        self._index = array("i", [0]) * len(parent)
        self._above = array("i")  # of each path: the node above its first one, and its last node
        self._tail = array("i")
        self._paths = Paths(self.path, self._index, self._above)
        self._counts = Lane()
        self._volumes = Lane()
        self._own = own
        self._cut(range(len(parent)))

    def append(self, node: int) -> None:
        """Adds the tree's newest node, which its parent already counts among its children."""
        above = self._parent[node]
        path = self.path[above] if above != NOBODY else NOBODY
        if path == NOBODY or self._tail[path] != above:
            path = self._new_path(above)
        self.path.append(NOBODY)
        self._index.append(0)
        self._lengthen(path, node, self._index[above] + 1 if self._above[path] != above else 0, 0, 0)
        if self._counts.enter(node, 1, self._paths):
            self._keep_short(node)

    def add_volume(self, node: int, amount: int) -> None:
        """Adds to the node, and so to the subtree of each of its ancestors."""
        self._volumes.enter(node, amount, self._paths)

    @property
    def counts_of_paths(self) -> Sequence[int]:
        """Returns the number of members in the subtree of each path's first node, kept up to date."""
        return self._counts.totals

    def count(self, node: int) -> int:
        """Returns the number of members in the node's subtree, itself included."""
        return self._counts.total_from(self.path[node], self._index[node])

    def volume(self, node: int) -> int:
        """Returns the volume of the node's subtree, itself included."""
        return self._volumes.total_from(self.path[node], self._index[node])

    def clear_volumes(self) -> None:
        """Resets every volume to 0."""
        self._volumes.clear()

    def _new_path(self, above: int) -> int:
        self._above.append(above)
        self._tail.append(NOBODY)
        self._counts.new_path()
        self._volumes.new_path()
        return len(self._above) - 1

    def _lengthen(self, path: int, node: int, index: int, count: int, volume: int) -> None:
        self.path[node], self._index[node], self._tail[path] = path, index, node
        self._counts.append(path, count)
        self._volumes.append(path, volume)

    def _keep_short(self, node: int) -> None:
        """Finds, upwards from a new node, the first subtree whose paths are nested too deeply for its size, and cuts it
        anew.
        """
        met, node = 0, self._above[self.path[node]]
        while node != NOBODY:
            met += 1
            if met > ENOUGH and met > 2 * self.count(node).bit_length():
                self._cut_anew(node)
                return
            node = self._above[self.path[node]]

    def _cut_anew(self, top: int) -> None:
        """Cuts the subtree at `top` into paths along its heavier children."""
        nodes = [top]
        for node in nodes:
            nodes.extend(self._children(node))
        path, index = self.path[top], self._index[top]
        self._counts.cut_from(path, index)
        self._volumes.cut_from(path, index)
        self._cut(nodes, path, index)

    def _cut(self, nodes: Sequence[int], path: int = NOBODY, index: int = 0) -> None:
        """Cuts whole subtrees, parents first, into paths; the first node continues a path at the given place."""
        totals = _Totals(nodes, self._parent, self._own)
        for node in nodes:
            above, below = self._parent[node], totals.heavy.get(node)
            if node == nodes[0] and path != NOBODY:
                mine, place = path, index
            elif above != NOBODY and totals.heavy[above] == node:
                mine, place = self.path[above], self._index[above] + 1
            else:
                mine, place = self._new_path(above), 0
            count, volume = totals.of(node)
            if below is not None:
                count_below, volume_below = totals.of(below)
                count, volume = count - count_below, volume - volume_below
            self._lengthen(mine, node, place, count, volume)


class _Totals:
    """Computes each node's count, volume and heaviest child; `nodes` are whole subtrees, parents first."""

    def __init__(self, nodes: Sequence[int], parent: Sequence[int], own: Mapping[int, int]) -> None:
        self._counts = dict.fromkeys(nodes, 1)
        self._volumes = {node: own[node] for node in nodes if node in own}
        self.heavy: dict[int, int] = {}
        counts, volumes = self._counts, self._volumes
        for node in reversed(nodes):
            above = parent[node]
            if above not in counts:
                continue
            counts[above] += counts[node]
            if node in volumes:
                volumes[above] = volumes.get(above, 0) + volumes[node]
            if above not in self.heavy or counts[self.heavy[above]] < counts[node]:
                self.heavy[above] = node

    def of(self, node: int) -> tuple[int, int]:
        """Returns count and volume of a node's subtree."""
        return self._counts[node], self._volumes.get(node, 0)
