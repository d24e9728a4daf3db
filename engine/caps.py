"""The three caps (section 8): what of a commission may be credited."""

from typing import NamedTuple

import numpy as np

from engine.network.int_arrays import Whole

NAMES = (None, "period", "single", "lifetime")
"""The caps by number, as arrays hold them, in the order in which they cut."""


class Cut(NamedTuple):
    """What is left of a commission, and the cap that cut it last: single, lifetime, period or none."""

    amount: int
    cap: str | None
    limit: int

    def told(self) -> dict[str, str | int | None]:
        """The cap and its limit, for traces and notices."""
        return {"cap": self.cap, "limit": self.limit}


def cut(amount: int, *, single: int, lifetime: int, earnings: int, period: int = 0) -> Cut:
    """A commission after its member's caps, all in minor units; a cap of 0 is none.

    `single` is the most that one commission may be, `period` the most that one period pays, `lifetime` the most that
    `earnings` may come to.
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
    """As Cut, of many commissions; `cap` is the number of its name."""

    amount: Whole
    cap: Whole
    limit: Whole


def cut_each(amounts: Whole, *, single: Whole, lifetime: Whole, earnings: Whole, period: Whole) -> Cuts:
    """As `cut`, of one commission of each of many members."""
    cap, limit = np.zeros(len(amounts), np.int8), np.zeros(len(amounts), np.int64)
    for number, (most, name) in enumerate(((period, period), (single, single), (lifetime - earnings, lifetime)), 1):
        cuts = (name > 0) & (amounts > most)
        if cuts.any():
            amounts = np.where(cuts, np.maximum(most, 0), amounts)
            cap = np.where(cuts, np.int8(number), cap)
            limit = np.where(cuts, name, limit)
    return Cuts(amounts, cap, limit)
