"""Lays the network out as a preorder, so that a whole leg is one contiguous range.

After every member come those of the left leg, then those of the right one. A leg's volume is then the difference of two
running sums, however deep the leg is.
"""

from __future__ import annotations

from array import array
from typing import NamedTuple

import numpy as np

from engine.network.int_arrays import Whole, fitting

NOBODY = -1


class LegValues(NamedTuple):
    """Holds one value for each leg, left and right, of many members."""

    left: Whole
    right: Whole

    def at(self, indices: Whole | slice) -> LegValues:
        """Returns the values of these members only, or in this order; of a slice they share the arrays."""
        return LegValues(self.left[indices], self.right[indices])


class Layout(NamedTuple):
    """Maps positions to preorder places and back.

    A position is the number of members who joined before. Of each place `middle` is where the right leg begins, `end`
    where it ends; the left one begins right after the member.
    """

    place: Whole
    position: Whole
    middle: Whole
    end: Whole

    def members(self, places: Whole) -> LegValues:
        """Counts the members in each leg of those at the places."""
        middle = self.middle[places]
        return LegValues(middle - places - 1, self.end[places] - middle)

    def volumes(self, came: Whole, carried: LegValues) -> LegValues:
        """Returns each leg's volume, by place: what was carried forward plus what came in below; both arguments are by
        place too.

        Volumes that might pass 64 bits are Python ints.
        """
        came = fitting(came, *carried)
        sums = np.zeros(len(came) + 1, came.dtype)
        np.cumsum(came, out=sums[1:])
        left, right = sums[self.middle], sums[self.end]
        right -= left
        left -= sums[1:]
        left += carried.left
        right += carried.right
        return LegValues(left, right)


def laid_out(parents: array[int], slots: array[int], left: int) -> Layout:
    """Lays out a network from each position's parent and place under it, of which the first `left` are the left leg.

    Parents joined before their children. Takes steps by the size of the network, not by its depth.
    """
    sizes, left_sizes = _sizes(parents, slots, left)
    free, free_left, free_right = 0, array("i"), array("i")
    places = array("i")
    for above, slot, size, left_size in zip(parents, slots, sizes, left_sizes, strict=True):
        if above == NOBODY:
            at = free
            free += size
        elif slot < left:
            at = free_left[above]
            free_left[above] = at + size
        else:
            at = free_right[above]
            free_right[above] = at + size
        places.append(at)
        free_left.append(at + 1)
        free_right.append(at + 1 + left_size)
    place = np.array(places, np.intp)
    position, middle, end = np.empty_like(place), np.empty_like(place), np.empty_like(place)
    position[place] = np.arange(len(place))
    middle[place] = place + 1 + np.array(left_sizes, np.intp)
    end[place] = place + np.array(sizes, np.intp)
    return Layout(place, position, middle, end)


def _sizes(parents: array[int], slots: array[int], left: int) -> tuple[array[int], array[int]]:
    """Counts the members below and at each position, and those in its left leg."""
    sizes, left_sizes = array("i", [1]) * len(parents), array("i", [0]) * len(parents)
    for position in range(len(parents) - 1, -1, -1):
        above = parents[position]
        if above != NOBODY:
            size = sizes[position]
            sizes[above] += size
            if slots[position] < left:
                left_sizes[above] += size
    return sizes, left_sizes
