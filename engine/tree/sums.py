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

COUNTS, VOLUMES = 0, 1
LANES = (COUNTS, VOLUMES)


class Path:
    """A way down. `entered[lane][i]` is what came in at its i-th node; `blocks` adds up BLOCK of them at a time."""

    __slots__ = ("above", "blocks", "entered", "nodes")

    def __init__(self, above: int) -> None:
        self.above = above  # the node that the first one hangs from
        self.nodes: list[int] = []
        self.entered: tuple[list[int], ...] = tuple([] for _ in LANES)
        self.blocks: tuple[list[int], ...] = tuple([] for _ in LANES)

    def append(self, node: int, entered: Iterable[int] = (0, 0)) -> int:
        """Makes the path longer by a node, with what enters there; the node's index."""
        index = len(self.nodes)
        self.nodes.append(node)
        for lane, amount in enumerate(entered):
            self.entered[lane].append(amount)
            if index % BLOCK == 0:
                self.blocks[lane].append(amount)
            else:
                self.blocks[lane][-1] += amount
        return index

    def cut_from(self, index: int) -> None:
        """Forgets the nodes from the index on."""
        del self.nodes[index:]
        for entered, blocks in zip(self.entered, self.blocks, strict=True):
            del entered[index:]
            whole = index // BLOCK
            del blocks[whole:]
            if index % BLOCK:
                blocks.append(sum(entered[whole * BLOCK :]))

    def total_from(self, index: int, lane: int) -> int:
        """What entered at the index or below it."""
        entered = self.entered[lane]
        if len(entered) <= BLOCK:
            return sum(entered[index:])
        block = index // BLOCK + 1
        return sum(entered[index : block * BLOCK]) + sum(self.blocks[lane][block:])


class PathSums:
    """Amounts at nodes, and their sums over subtrees, in two lanes: members and volumes."""

    def __init__(self, parent: array[int], children: Callable[[int], Iterable[int]]) -> None:
        """`parent` is the tree's own array, which it goes on to fill; `children` of a node in any order."""
        self._parent = parent
        self._children = children
        self._own: tuple[list[int], ...] = tuple([] for _ in LANES)
        self._path: list[Path] = []
        self._index = array("i")

    def append(self, node: int) -> None:
        """The tree's newest node, which its parent already counts among its children; it counts as one member."""
        above = self._parent[node]
        path = self._path[above] if above != NOBODY else None
        if path is None or path.nodes[-1] != above:
            path = Path(above)
        self._path.append(path)
        self._index.append(path.append(node))
        for own in self._own:
            own.append(0)
        self.add(node, COUNTS, 1)
        self._keep_short(node)

    def add(self, node: int, lane: int, amount: int) -> None:
        """Adds to the node, and so to the subtree of each of its ancestors."""
        self._own[lane][node] += amount
        while node != NOBODY:
            path, index = self._path[node], self._index[node]
            path.entered[lane][index] += amount
            path.blocks[lane][index // BLOCK] += amount
            node = path.above

    def own(self, node: int, lane: int) -> int:
        """The amount at the node itself."""
        return self._own[lane][node]

    def total(self, node: int, lane: int) -> int:
        """The sum over the node's subtree, itself included."""
        return self._path[node].total_from(self._index[node], lane)

    def clear(self, lane: int) -> None:
        """Every amount of the lane becomes 0."""
        self._own[lane][:] = [0] * len(self._own[lane])
        for path in self._path:
            if path.total_from(0, lane) or any(path.entered[lane]):
                path.entered[lane][:] = [0] * len(path.nodes)
                path.blocks[lane][:] = [0] * len(path.blocks[lane])

    def _keep_short(self, node: int) -> None:
        """Looks up from a new node for the first subtree with too many paths one above the other for its size."""
        met, node = 0, self._path[node].above
        while node != NOBODY:
            met += 1
            if met > 4 and met > 2 * self.total(node, COUNTS).bit_length():
                self._cut_anew(node)
                return
            node = self._path[node].above

    def _cut_anew(self, top: int) -> None:
        """Cuts the subtree at `top` into paths along its heavier children."""
        nodes = [top]
        for node in nodes:
            nodes.extend(self._children(node))
        totals = {node: [own[node] for own in self._own] for node in nodes}
        heavy: dict[int, int] = {}
        for node in reversed(nodes):
            if node != top:
                self._count_for_parent(node, totals, heavy)
        first = self._path[top]
        first.cut_from(self._index[top])
        for node in nodes:
            follows = heavy.get(self._parent[node]) == node
            path = first if node == top else self._path[self._parent[node]] if follows else Path(self._parent[node])
            below = totals[heavy[node]] if node in heavy else (0, 0)
            self._path[node] = path
            self._index[node] = path.append(node, map(int.__sub__, totals[node], below))

    def _count_for_parent(self, node: int, totals: dict[int, list[int]], heavy: dict[int, int]) -> None:
        above = self._parent[node]
        for lane in LANES:
            totals[above][lane] += totals[node][lane]
        if above not in heavy or totals[heavy[above]][COUNTS] < totals[node][COUNTS]:
            heavy[above] = node
