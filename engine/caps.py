"""Applies the three caps (section 8) to a commission."""

from typing import NamedTuple

import numpy as np

from engine.network.int_arrays import Whole

NAMES = (None, "period", "single", "lifetime")
"""The caps by number, as arrays hold them, in the order in which they cut."""


class Cut(NamedTuple):
    """Holds what is left of a commission, and the cap that cut it last: single, lifetime, period or none."""

    amount: int
    cap: str | None
    limit: int


def cut(amount: int, *, single: int, lifetime: int, earnings: int, period: int = 0) -> Cut:
    """Applies a member's caps to a commission, all in minor units; a cap of 0 is none.

    `single` limits one commission, `period` what one period pays, `lifetime` the total of `earnings`.
    """
    result = Cut(amount, None, 0)
    if period and amount > period:
        result = Cut(period, "period", period)
    if single and result.amount > single:
        result = Cut(single, "single", single)
    if lifetime and result.amount > (room := max(0, lifetime - earnings)):
        result = Cut(room, "lifetime", lifetime)
    return result


class Cuts(NamedTuple):
    """Holds Cut's fields for many commissions; `cap` is the number of its name."""

    amount: Whole
    cap: Whole
    limit: Whole


def uncut(amounts: Whole) -> Cuts:
    """Returns commissions that no cap has cut."""
    return Cuts(amounts, np.zeros(len(amounts), np.int8), np.zeros(len(amounts), np.int64))


def cut_each(amounts: Whole, *, single: Whole, lifetime: Whole, earnings: Whole, period: Whole) -> Cuts:
    """Applies `cut` to one commission of each of many members."""
    _, cap, limit = uncut(amounts)
    for number, (most, name) in enumerate(((period, period), (single, single), (lifetime - earnings, lifetime)), 1):
        cuts = (name > 0) & (amounts > most)
        if cuts.any():
            amounts = np.where(cuts, np.maximum(most, 0), amounts)
            cap = np.where(cuts, np.int8(number), cap)
            limit = np.where(cuts, name, limit)
    return Cuts(amounts, cap, limit)
