"""Arrays of whole numbers: of 64 bits where nothing can pass them, of Python's own where something might.

Both kinds go through the same sums; the second is slow, and exact however large an amount is. Never a float.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[Any]
"""Whole numbers, int64 or Python ints."""
Flags: TypeAlias = npt.NDArray[np.bool_]

LARGEST = 2**63 - 1


def whole(values: Iterable[int]) -> Whole:
    """An array of the values, whatever their size."""
    found = list(values)
    try:
        return np.array(found, dtype=np.int64)
    except OverflowError:
        return np.array(found, dtype=object)


def magnitude(values: Whole) -> int:
    """The largest of the values without their signs; 0 of none."""
    return max(int(values.max()), -int(values.min())) if len(values) else 0


def fitting(summed: Whole, *beside: Whole) -> Whole:
    """The values to be summed, as Python ints if any sum of them and of one of each array beside might pass 64 bits."""
    others = sum(map(magnitude, beside))
    if magnitude(summed) * len(summed) + others <= LARGEST or sum(map(abs, summed.tolist())) + others <= LARGEST:
        return summed
    return summed.astype(object)


def times(values: Whole, factor: int) -> Whole:
    """Each value times a factor, which may be of any size itself."""
    if magnitude(values) * abs(factor) <= LARGEST and abs(factor) <= LARGEST:
        return values * factor
    return values.astype(object) * factor


def plus(values: Whole, others: Whole) -> Whole:
    """Each value and the one beside it."""
    if magnitude(values) + magnitude(others) <= LARGEST:
        return values + others
    return values.astype(object) + others
