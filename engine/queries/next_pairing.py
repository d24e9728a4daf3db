"""Computes what a binary member's legs would match if the period closed now. Pure."""

from dataclasses import dataclass

import numpy as np

from engine.network.preorder import LegValues
from engine.programme.model import Pairing
from engine.rules.pairing import pair


@dataclass(frozen=True, slots=True)
class NextPairing:
    """Holds how much of each leg's volume would be used, left and right, and the payment before caps, minor units."""

    used: tuple[int, int]
    payment: int


def next_pairing(volumes: tuple[int, int], pairing: Pairing) -> NextPairing:
    """Returns what these volumes would give by the plan's pairing."""
    left, right = (np.array([each], np.int64) for each in volumes)
    paired = pair(LegValues(left, right), pairing)
    used = volumes[0] - int(paired.left_over.left[0]), volumes[1] - int(paired.left_over.right[0])
    return NextPairing(used, int(paired.payment[0]))
