"""Computes pairing (section 7): the matched volumes of many members at the close of a period. Pure, whole units."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from engine.network.int_arrays import LARGEST, Whole, magnitude, times
from engine.network.preorder import LegValues
from engine.programme.model import Pairing
from engine.rates import MILLION, Rate


class Paired(NamedTuple):
    """Holds, by member: the payment before caps, in minor units, the matched volume, and the volumes that are left."""

    payment: Whole
    matched: Whole
    left_over: LegValues


def pair(legs: LegValues, pairing: Pairing) -> Paired:
    """Pays the volumes of qualified members; volumes below 0 pair nothing."""
    if pairing.rate is not None:
        matched = np.minimum(legs.left, legs.right)
        np.maximum(matched, 0, out=matched)
        return Paired(_share(matched, pairing.rate), matched, LegValues(legs.left - matched, legs.right - matched))
    unit, bonus = pairing.unit or 1, pairing.bonus or 0
    if 2 * unit > LARGEST:
        legs = LegValues(legs.left.astype(object), legs.right.astype(object))
    of_left, of_right = (units * unit for units in _units(legs, pairing))
    pairs = np.maximum(np.minimum(legs.left // of_left, legs.right // of_right), 0)
    return Paired(times(pairs, bonus), pairs, LegValues(legs.left - pairs * of_left, legs.right - pairs * of_right))


def _share(matched: Whole, rate: Rate) -> Whole:
    """Returns a percentage's share, rounded down; in two parts where an amount times a million might pass 64 bits."""
    share: Whole
    if magnitude(matched) * MILLION <= LARGEST:
        share = matched * rate.millionths
        share //= MILLION
    else:
        share = matched // MILLION * rate.millionths + matched % MILLION * rate.millionths // MILLION
    return share


def _units(legs: LegValues, pairing: Pairing) -> tuple[Whole, Whole]:
    """Computes `units_of_a_pair` for each member."""
    one = np.ones(len(legs.left), legs.left.dtype)
    if pairing.ratio in (None, "1:1"):
        return one, one
    of_left = one + (legs.left >= legs.right)
    return of_left, 3 - of_left


def units_of_a_pair(left: int, right: int, pairing: Pairing) -> tuple[int, int]:
    """Returns the units each leg gives for a pair; with 2:1 the larger gives two, the left one on a tie."""
    if pairing.ratio in (None, "1:1"):
        return 1, 1
    return (2, 1) if left >= right else (1, 2)


def carried(volumes: Whole, pairing: Pairing) -> Whole:
    """Returns the part of a leg's volumes that is carried into the next period."""
    if pairing.carry == "none":
        return np.zeros_like(volumes)
    if pairing.carry == "limited":
        return np.minimum(volumes, pairing.carry_limit)
    return volumes
