"""Sums over subtrees of a growing tree, without touching every ancestor.

The tree is cut into paths that run downwards. An amount at a node counts for each of its ancestors: for the upper part
of its own path and of every path above it. So it is added once a path, at the place where the way up enters it; and
a node's total is what entered its path at its place or below. Where paths follow the heavier child, the way up meets at
most log2(n) of them. As the tree grows this wears off; when a way up meets too many, the smallest subtree that is to
blame is cut anew, as in a scapegoat tree. So the work stays logarithmic over time, in a chain of a million too.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable

NOBODY = -1
BLOCK = 512


class Lane:
    """One kind of amount: for each path what entered at each of its places; of a long one also sums of BLOCK."""

    __slots__ = ("_blocks", "_entered")

    def __init__(self) -> None:
        self._entered: list[list[int]] = []
        self._blocks: dict[int, list[int]] = {}

    def new_path(self) -> None:
        """The next path, with no places yet."""
        self._entered.append([])

    def append(self, path: int, amount: int) -> None:
        """One more place at the path's end."""
        entered = self._entered[path]
        entered.append(amount)
        if len(entered) > BLOCK:
            self._add_up(path)

    def add(self, path: int, index: int, amount: int) -> None:
        """Something enters at a place."""
        self._entered[path][index] += amount
        if path in self._blocks:
            self._blocks[path][index // BLOCK] += amount

    def total_from(self, path: int, index: int) -> int:
        """What entered at the place or below it."""
        entered = self._entered[path]
        if path not in self._blocks:
            return sum(entered[index:]) if index else sum(entered)
        block = index // BLOCK + 1
        return sum(entered[index : block * BLOCK]) + sum(self._blocks[path][block:])

    def cut_from(self, path: int, index: int) -> None:
        """Forgets the places from here on."""
        entered = self._entered[path]
        del entered[index:]
        if self._blocks.pop(path, None) is not None and len(entered) > BLOCK:
            self._blocks[path] = [sum(entered[at : at + BLOCK]) for at in range(0, len(entered), BLOCK)]

    def clear(self) -> None:
        """Nothing has entered anywhere."""
        for entered in self._entered:
            if any(entered):
                entered[:] = [0] * len(entered)
        for blocks in self._blocks.values():
            blocks[:] = [0] * len(blocks)

    def _add_up(self, path: int) -> None:
        """Keeps the block sums of a path that has just become longer."""
        entered = self._entered[path]
        blocks = self._blocks.get(path)
        if blocks is None:
            blocks = self._blocks[path] = [sum(entered[:BLOCK])]
        if len(entered) % BLOCK == 1:
            blocks.append(0)
        blocks[-1] += entered[-1]


class PathSums:
    """How many members stand in any subtree, and what volume came in there."""

    def __init__(self, parent: array[int], children: Callable[[int], Iterable[int]]) -> None:
        """`parent` is the tree's own array, which it goes on to fill; `children` of a node in any order."""
        self._parent = parent
        self._children = children
        self._path = array("i")  # of each node: its path, and its place there
        self._index = array("i")
        self._above = array("i")  # of each path: the node that its first one hangs from, and its last node
        self._tail = array("i")
        self._counts = Lane()
        self._volumes = Lane()
        self._own: dict[int, int] = {}

    def append(self, node: int) -> None:
        """The tree's newest node, which its parent already counts among its children."""
        above = self._parent[node]
        path = self._path[above] if above != NOBODY else NOBODY
        if path == NOBODY or self._tail[path] != above:
            path = self._new_path(above)
        self._path.append(NOBODY)
        self._index.append(0)
        self._lengthen(path, node, self._index[above] + 1 if self._above[path] != above else 0, 0, 0)
        self._enter(self._counts, node, 1)
        self._keep_short(node)

    def add_volume(self, node: int, amount: int) -> None:
        """Adds to the node, and so to the subtree of each of its ancestors."""
        self._own[node] = self._own.get(node, 0) + amount
        self._enter(self._volumes, node, amount)

    def own_volumes(self) -> dict[int, int]:
        """The volume at each node itself, where there was any."""
        return self._own

    def count(self, node: int) -> int:
        """How many stand in the node's subtree, itself included."""
        return self._counts.total_from(self._path[node], self._index[node])

    def volume(self, node: int) -> int:
        """What volume came in in the node's subtree, itself included."""
        return self._volumes.total_from(self._path[node], self._index[node])

    def clear_volumes(self) -> None:
        """Every volume becomes 0."""
        self._own.clear()
        self._volumes.clear()

    def _enter(self, lane: Lane, node: int, amount: int) -> None:
        while node != NOBODY:
            path = self._path[node]
            lane.add(path, self._index[node], amount)
            node = self._above[path]

    def _new_path(self, above: int) -> int:
        self._above.append(above)
        self._tail.append(NOBODY)
        self._counts.new_path()
        self._volumes.new_path()
        return len(self._above) - 1

    def _lengthen(self, path: int, node: int, index: int, count: int, volume: int) -> None:
        self._path[node], self._index[node], self._tail[path] = path, index, node
        self._counts.append(path, count)
        self._volumes.append(path, volume)

    def _keep_short(self, node: int) -> None:
        """Looks up from a new node for the first subtree with too many paths one above the other for its size."""
        met, node = 0, self._above[self._path[node]]
        while node != NOBODY:
            met += 1
            if met > 4 and met > 2 * self.count(node).bit_length():
                self._cut_anew(node)
                return
            node = self._above[self._path[node]]

    def _cut_anew(self, top: int) -> None:
        """Cuts the subtree at `top` into paths along its heavier children."""
        nodes = [top]
        for node in nodes:
            nodes.extend(self._children(node))
        counts, volumes, heavy = self._totals(nodes)
        first, index = self._path[top], self._index[top]
        self._counts.cut_from(first, index)
        self._volumes.cut_from(first, index)
        for node in nodes:
            above, below = self._parent[node], heavy.get(node)
            follows = node == top or heavy[above] == node
            path = first if node == top else self._path[above] if follows else self._new_path(above)
            place = index if node == top else self._index[above] + 1 if follows else 0
            count = counts[node] - (counts[below] if below is not None else 0)
            volume = volumes[node] - (volumes[below] if below is not None else 0)
            self._lengthen(path, node, place, count, volume)

    def _totals(self, nodes: list[int]) -> tuple[dict[int, int], dict[int, int], dict[int, int]]:
        """Each node's count and volume, and its heaviest child; `nodes` are a subtree's, parents first."""
        counts = dict.fromkeys(nodes, 1)
        volumes = {node: self._own.get(node, 0) for node in nodes}
        heavy: dict[int, int] = {}
        for node in reversed(nodes[1:]):
            above = self._parent[node]
            counts[above] += counts[node]
            volumes[above] += volumes[node]
            if above not in heavy or counts[heavy[above]] < counts[node]:
                heavy[above] = node
        return counts, volumes, heavy
