"""The network laid out in one row, so that a whole leg is one stretch of it (a preorder).

Walking down from each root, places in their order, one meets after every member those of the left leg, and after them
those of the right one. In such a row a leg's volume is the difference of two running sums, however deep it is.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from engine.whole import Whole, fitting

NOBODY = -1


class Legs(NamedTuple):
    """Something of both legs, of each position."""

    left: Whole
    right: Whole


class Layout(NamedTuple):
    """Of each position, as places in the row: where those below begin, where the right leg begins, where both end."""

    begin: Whole
    middle: Whole
    end: Whole

    def members(self) -> Legs:
        """How many stand in each leg."""
        return Legs(self.middle - self.begin, self.end - self.middle)

    def volumes(self, positions: Whole, amounts: Whole, carried: Legs) -> Legs:
        """Each leg's volume: what was carried on, and what came in below; each position once, the amounts beside.

        Volumes that might pass 64 bits come as Python ints.
        """
        amounts = fitting(amounts, *carried)
        sums = np.zeros(len(self.begin) + 1, amounts.dtype)
        sums[self.begin[positions]] = amounts
        np.cumsum(sums, out=sums)
        at_middle = sums[self.middle]
        left, right = at_middle - sums[self.begin], sums[self.end] - at_middle
        left += carried.left
        right += carried.right
        return Legs(left, right)


def laid_out(parent: Sequence[int], slot: Sequence[int], left: int, below: "Below") -> Layout:
    """The layout of a network: of each position the parent and the place, and how many places are the left leg's.

    A member's position is after that of whoever stands above.
    """
    sizes = _sizes(parent)
    first_child, next_sibling = below
    begins, middles, ends = [0] * len(sizes), [0] * len(sizes), [0] * len(sizes)
    free = 1
    for position, size in enumerate(sizes):
        if parent[position] == NOBODY:
            begins[position] = free
            free += size
        at = begins[position]
        ends[position] = end = at + size - 1
        middle, child = end, first_child[position]
        while child != NOBODY:
            begins[child] = at + 1
            if slot[child] >= left and middle == end:
                middle = at
            at += sizes[child]
            child = next_sibling[child]
        middles[position] = middle
    return Layout(*(np.array(each, np.intp) for each in (begins, middles, ends)))


class Below(NamedTuple):
    """Of each position: the first of those right below, and the next one under the same member; NOBODY for none."""

    first_child: Sequence[int]
    next_sibling: Sequence[int]


def _sizes(parent: Sequence[int]) -> list[int]:
    """How many stand below and at each position."""
    sizes = [1] * len(parent)
    for position in range(len(parent) - 1, -1, -1):
        above = parent[position]
        if above != NOBODY:
            sizes[above] += sizes[position]
    return sizes
