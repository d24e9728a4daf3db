"""Shows the network below a member as a tree: the first three levels, with as many members as fit on one page.

By places where the plan has them, else by who brought whom.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from engine.network.subtree_sums import NOBODY
from engine.network.tree import Tree
from engine.programme.model import Programme

CHILDREN_A_PAGE: Final = 6
ROWS_MAX: Final = 16
_GRANDCHILDREN_MAX: Final = 3

Children = Callable[[Sequence[str], int, int], Awaitable[list[list[tuple[str, int]]]]]
"""Returns a page of each one's children, by `skip` and `count`, with the number of their own."""


class Network(Protocol):
    """Answers who is below whom; the engine implements it."""

    @property
    def programme(self) -> Programme:
        """Returns the programme in force."""

    async def in_network(self, look: Callable[[Tree], list[list[tuple[str, int]]]]) -> list[list[tuple[str, int]]]:
        """Returns what `look` finds in the network in memory."""

    async def recruits_of(self, sponsors: Sequence[str], skip: int, count: int) -> list[list[tuple[str, int]]]:
        """Returns a page of each one's recruits, with the number of their own."""


@dataclass(frozen=True, slots=True)
class BranchMember:
    """Holds a member of a branch: their level below its root, 1 the nearest, and how many are directly below them."""

    id: str
    level: int
    below: int


async def branch(network: Network, root: str, *, skip: int = 0) -> list[BranchMember]:
    """Returns the members below `root` in the order of a tree: of the nearest those after the first `skip`, and of
    each as many as there is room for.
    """
    children = _by_places(network) if network.programme.has_places else network.recruits_of
    (nearest,) = await children([root], skip, CHILDREN_A_PAGE)
    below: dict[str, list[tuple[str, int]]] = {}
    shown, level = len(nearest), nearest
    for _ in range(2):
        above = [id for id, count in level if count]
        found = await children(above, 0, _GRANDCHILDREN_MAX) if above and shown < ROWS_MAX else []
        below |= _dealt(dict(zip(above, found, strict=False)), ROWS_MAX - shown)
        level = [each for id in above for each in below.get(id, [])]
        shown += len(level)
    return _in_order(nearest, below, 1)


def _by_places(network: Network) -> Children:
    async def children(ids: Sequence[str], skip: int, count: int) -> list[list[tuple[str, int]]]:
        return await network.in_network(lambda tree: [_children_in(tree, id, skip, count) for id in ids])

    return children


def _children_in(tree: Tree, id: str, skip: int, count: int) -> list[tuple[str, int]]:
    found = list(tree.children(tree.position(id)))[skip : skip + count]
    return [(tree.ids[each], tree.filled[each]) for each in found]


def is_placed_below(tree: Tree, id: str, member: str) -> bool:
    """Returns whether somebody is the member or has a place below them; not for those without a place."""
    if id not in tree or member not in tree:
        return False
    position, wanted = tree.position(id), tree.position(member)
    while position not in (wanted, NOBODY):
        position = tree.parent[position]
    return position == wanted


def _dealt(found: dict[str, list[tuple[str, int]]], room: int) -> dict[str, list[tuple[str, int]]]:
    """Deals the room out one by one, so that everybody's first child comes before anybody's second."""
    dealt: dict[str, list[tuple[str, int]]] = {id: [] for id in found}
    for turn in range(_GRANDCHILDREN_MAX):
        for id, children in found.items():
            if room and turn < len(children):
                dealt[id].append(children[turn])
                room -= 1
    return dealt


def _in_order(
    members: Sequence[tuple[str, int]], below: dict[str, list[tuple[str, int]]], level: int
) -> list[BranchMember]:
    return [
        each
        for id, count in members
        for each in (BranchMember(id, level, count), *_in_order(below.get(id, []), below, level + 1))
    ]
