"""Keeps what the close of a period pays as arrays: one object for each commission would be millions of them.

A close takes the next numbers of commissions and of transfers, in the order in which its members joined; the full rows
are built when iterated.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from engine.caps import NAMES, Cut
from engine.ledger import OVER_CAP, PROGRAMME, Bucket, Transfer, account
from engine.network.int_arrays import Whole
from engine.programme.model import Pairing
from engine.records import Commission, State
from engine.traces import Capped, PairedLegs

BLOCK = 8192


class Standings(NamedTuple):
    """Holds some members' state when a period closes, each an array: `rank` is its index among the programme's
    ranks.
    """

    rank: Whole
    suspended: Whole
    recruits: Whole
    sales: Whole
    earnings: Whole

    def at(self, indices: Whole | slice) -> "Standings":
        """Returns the values of these members only, or in this order; of a slice they share the arrays."""
        return Standings(*(each[indices] for each in self))


class Claims(NamedTuple):
    """Holds pairing's gross commissions of members with a payment: their positions in the network, and numbers.

    `payment` is before caps and `amount` after them, in minor units; `cap` is the number of the one that cut it last.
    """

    position: Whole
    payment: Whole
    amount: Whole
    cap: Whole
    limit: Whole
    left: Whole
    right: Whole
    matched: Whole
    left_over_left: Whole
    left_over_right: Whole


class PairingClaim(NamedTuple):
    """Holds one member's claim."""

    position: int
    payment: int
    amount: int
    cap: int
    limit: int
    left: int
    right: int
    matched: int
    left_over_left: int
    left_over_right: int

    @property
    def cut(self) -> Cut:
        return Cut(self.amount, NAMES[self.cap], self.limit)


@dataclass(slots=True)
class Close:
    """Holds one closed period: its claims, and what their commissions have in common. Times in milliseconds UTC.

    `pairing` is the rule that paid them, `state` their current state. `freed_leg` is the first transfer that made them
    available, if they were ripe at the event that found the period ended; otherwise None.
    """

    source: str
    credited: int
    matures: int
    state: State
    pairing: Pairing
    ids: list[str]
    claims: Claims
    number: int
    first_leg: int
    freed_leg: int | None = None

    @property
    def count(self) -> int:
        """Counts the commissions; those cut to nothing are not included."""
        return int(np.count_nonzero(self.claims.amount))

    @property
    def legs(self) -> int:
        """Counts the transfers that credit them, those to over_cap included."""
        return self.count + int(np.count_nonzero(self.claims.cap))

    @property
    def bucket(self) -> Bucket:
        return "available" if self.state == "available" else "pending"

    def amount_of(self, position: int) -> int:
        """Returns the credit of the member at the position; 0 for none."""
        place = self._place(position)
        return 0 if place is None else int(self.claims.amount[place])

    def commission_of(self, position: int) -> Commission | None:
        """Returns the commission of the member at the position."""
        place = self._place(position)
        if place is None or not self.claims.amount[place]:
            return None
        claimed = PairingClaim(*(numbers[place : place + 1].tolist()[0] for numbers in self.claims))
        return self._commission(self.number + int(np.count_nonzero(self.claims.amount[:place])), claimed)

    def commissions(self) -> Iterator[Commission]:
        """Yields all commissions, by number."""
        for number, claimed in self.paid():
            yield self._commission(number, claimed)

    def paid(self) -> Iterator[tuple[int, PairingClaim]]:
        """Yields each commission's number and its claim."""
        number = self.number
        for claimed in self.each():
            if claimed.amount:
                yield number, claimed
                number += 1

    def each(self) -> Iterator[PairingClaim]:
        """Yields the claims one by one, those cut to nothing too."""
        for start in range(0, len(self.claims.position), BLOCK):
            block = (numbers[start : start + BLOCK].tolist() for numbers in self.claims)
            yield from map(PairingClaim._make, zip(*block, strict=True))

    def credits(self) -> Iterator[Transfer]:
        """Yields the credits, each after what a cap cut off."""
        leg, number, ids = self.first_leg, self.number, self.ids
        bucket: Bucket = self.bucket if self.freed_leg is None else "pending"
        for claimed in self.each():
            if claimed.cap:
                yield Transfer(leg, None, PROGRAMME, OVER_CAP, claimed.payment - claimed.amount)
                leg += 1
            if claimed.amount:
                id = ids[claimed.position]
                yield Transfer(leg, id, PROGRAMME, account(bucket, id), claimed.amount, number)
                leg, number = leg + 1, number + 1

    def freed(self) -> Iterator[Transfer]:
        """Yields the transfers of what became available by the event that found the period ended."""
        if self.freed_leg is None:
            return
        for leg, (number, claimed) in enumerate(self.paid(), start=self.freed_leg):
            id = self.ids[claimed.position]
            yield Transfer(leg, id, account("pending", id), account("available", id), claimed.amount, number)

    def _place(self, position: int) -> int | None:
        """Returns the index among the claims, which are sorted by position."""
        positions = self.claims.position
        place = int(np.searchsorted(positions, position))
        return place if place < len(positions) and positions[place] == position else None

    def _commission(self, number: int, claimed: PairingClaim) -> Commission:
        cut = claimed.cut
        cap = Capped(cut.cap, cut.limit, claimed.payment) if cut.cap is not None else None
        why = PairedLegs(
            (claimed.left, claimed.right),
            claimed.matched,
            (claimed.left_over_left, claimed.left_over_right),
            self.pairing.rate.text if self.pairing.rate is not None else None,
            self.pairing.unit,
            self.pairing.bonus,
            cap=cap,
        )
        id, state = self.ids[claimed.position], self.state
        return Commission(
            number, self.source, id, "pairing", 0, claimed.amount, state, self.credited, self.matures, why=why
        )
