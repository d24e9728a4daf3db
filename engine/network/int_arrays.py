"""Defines integer arrays: 64-bit where no value can overflow, Python ints where one might.

Both kinds support the same arithmetic; the second is slow, and exact for any amount. Never floats.
"""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Whole: TypeAlias = npt.NDArray[Any]
"""An array of int64 or Python ints."""
Flags: TypeAlias = npt.NDArray[np.bool_]

LARGEST = 2**63 - 1


def whole(values: Iterable[int]) -> Whole:
    """Builds an array of the values, whatever their size."""
    found = list(values)
    try:
        return np.array(found, dtype=np.int64)
    except OverflowError:
        return np.array(found, dtype=object)


def magnitude(values: Whole) -> int:
    """Returns the largest absolute value; 0 of none."""
    return max(int(values.max()), -int(values.min())) if len(values) else 0


def where(flags: Flags) -> Whole | slice:
    """Returns the indices at which the flags are set; a slice where all are, for which arrays need not be copied."""
    return slice(None) if flags.all() else np.flatnonzero(flags)


def fitting(summed: Whole, *beside: Whole) -> Whole:
    """Returns the values to be summed, as Python ints if any sum of them and of one of each other array might pass 64
    bits.
    """
    others = sum(map(magnitude, beside))
    if magnitude(summed) * len(summed) + others <= LARGEST or sum(map(abs, summed.tolist())) + others <= LARGEST:
        return summed
    return summed.astype(object)


def times(values: Whole, factor: int) -> Whole:
    """Multiplies each value by a factor of any size."""
    if magnitude(values) * abs(factor) <= LARGEST and abs(factor) <= LARGEST:
        return values * factor
    return values.astype(object) * factor


def plus(values: Whole, others: Whole) -> Whole:
    """Adds the two arrays, value by value."""
    if magnitude(values) + magnitude(others) <= LARGEST:
        return values + others
    return values.astype(object) + others
