"""Computes a member's progress: requirements met so far, the next rank, and current rates.

Pure: rows and the programme in, answers out. Amounts in minor units, times in milliseconds UTC.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from engine.periods import boundaries
from engine.programme.model import DAY_MS, Offer, PlanRequires, Programme, Rank
from engine.rates import MILLION, Rate, Rule, choose, parse_percent
from engine.records import Member

NeedKind = Literal["recruits", "sales", "earnings", "left", "right"]

_LONGEST_PERIOD_MS = 32 * DAY_MS
_LARGE_ORDER = 1_000_000
"""Minor units: of two offers, one a part of an order and one an amount for each unit, the part is then the better."""


@dataclass(frozen=True, slots=True)
class Need:
    """Holds one requirement and how much of it is met. Sales and earnings are in minor units."""

    kind: NeedKind
    has: int
    asks: int

    @property
    def met(self) -> bool:
        return self.has >= self.asks


@dataclass(frozen=True, slots=True)
class LegProgress:
    """Holds a binary member's legs, left and right: their member counts and current volumes."""

    members: tuple[int, int]
    volumes: tuple[int, int]


@dataclass(frozen=True, slots=True)
class HeldBehind:
    """Holds the commissions that one member (possibly the owner) blocks: their number and sum."""

    blocker: str
    commissions: int
    amount: int


def plan_needs(member: Member, asks: PlanRequires | None, legs: tuple[int, int]) -> list[Need]:
    """Returns the plan's requirements for a share (section 5), met or not. `legs` counts members."""
    if asks is None:
        return []
    needs = [
        Need("recruits", member.recruits, asks.recruits),
        Need("sales", member.sales, asks.sales),
        Need("left", legs[0], asks.legs),
        Need("right", legs[1], asks.legs),
    ]
    return _asked(needs)


def rank_needs(member: Member, rank: Rank) -> list[Need]:
    """Returns the rank's requirements (section 6), met or not."""
    asks = rank.requires
    if asks is None:
        return []
    needs = [
        Need("sales", member.sales, asks.sales),
        Need("earnings", member.earnings, asks.earnings),
        Need("recruits", member.recruits, asks.recruits),
    ]
    return _asked(needs)


def _asked(needs: Iterable[Need]) -> list[Need]:
    return [need for need in needs if need.asks]


def next_rank(member: Member, programme: Programme) -> Rank | None:
    """Returns the rank above the member's own; None at the top."""
    position = programme.rank_order[member.rank] + 1
    return programme.ranks[position] if position < len(programme.ranks) else None


def offers_for(seller: str, programme: Programme, at: int) -> list[Offer]:
    """Returns the offers valid for this seller now or later, in the file's order."""
    return [
        offer
        for offer in programme.offers
        if (offer.members is None or seller in offer.members) and (offer.ends is None or at < offer.ends)
    ]


def general_rate(person: str, rank: str, programme: Programme, at: int) -> Rate:
    """Returns what a member of this rank earns at a moment (ms, UTC) on an order of no special product or category
    (section 4).
    """
    offers = [
        Rule("offer", offer.id, offer.commission)
        for offer in programme.offers
        if offer.products is None and offer.categories is None and offer.holds(person, at)
    ]
    winner, _ = choose([programme.rank_rules[rank], *offers], _LARGE_ORDER, 1)
    return winner.rate


def next_close(programme: Programme, at: int) -> int | None:
    """Returns when the period open at this moment closes; None without pairing."""
    pairing = programme.plan.pairing
    if pairing is None:
        return None
    following = boundaries(programme.program, pairing.period, at, at + _LONGEST_PERIOD_MS)
    return next((boundary for boundary, _ in following), None)


def exact_share(percent: str, amount: int) -> str | None:
    """Returns a percentage's share of an amount before rounding, such as "2400.75"; None where it is whole."""
    whole, rest = divmod(parse_percent(percent).millionths_of(amount, 1), MILLION)
    return f"{whole}.{rest:06}".rstrip("0") if rest else None
