"""Pairing (section 7): what one member's two volumes come to at the close of a period. Whole units, no store."""

from __future__ import annotations

from typing import NamedTuple

from engine.programme import Pairing


class Paired(NamedTuple):
    """What is paid before caps, in minor units, the volumes that are left, and what was matched, for the trace."""

    payment: int
    left: int
    right: int
    matched: int


def pair(left: int, right: int, pairing: Pairing) -> Paired:
    """Pays a qualified member's volumes; volumes below 0 pair nothing."""
    if pairing.rate is not None:
        matched = max(0, min(left, right))
        return Paired(pairing.rate.of(matched), left - matched, right - matched, matched)
    unit, bonus = pairing.unit or 1, pairing.bonus or 0
    of_left, of_right = units_of_a_pair(left, right, pairing)
    pairs = max(0, min(left // (of_left * unit), right // (of_right * unit)))
    return Paired(pairs * bonus, left - pairs * of_left * unit, right - pairs * of_right * unit, pairs)


def units_of_a_pair(left: int, right: int, pairing: Pairing) -> tuple[int, int]:
    """How many units each leg gives for a pair; with 2:1 the larger gives two, the left one on a tie."""
    if pairing.ratio in (None, "1:1"):
        return 1, 1
    return (2, 1) if left >= right else (1, 2)


def carried(volume: int, pairing: Pairing) -> int:
    """What of a leg's volume goes on into the next period."""
    if pairing.carry == "none":
        return 0
    if pairing.carry == "limited":
        return min(volume, pairing.carry_limit)
    return volume
