"""Warns of costs that the operator may not expect, before the programme is in force. Pure: no I/O, no clock.

Shares are exact fractions of an order's total. They are upper bounds over every seller, product and moment, with a full
upline, before caps; rates of single links are in no file and not included.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from engine.programme.highest_rate import dearest_rate
from engine.programme.model import Programme, Rank
from engine.programme.rate_warnings import forgotten_percent, typed_rates
from engine.rates import MILLION, Rate

WHOLE = Fraction(1)

WarningCode = Literal[
    "dear",
    "cheap-joining",
    "deep-pairing",
    "signup-bonus",
    "recruiting-bonus",
    "pairing-members",
    "pyramid",
    "forgotten-percent",
    "overlap",
]
"""What a warning is about."""


@dataclass(frozen=True, slots=True)
class ProgrammeWarning:
    """Holds one warning: `key` is the programme's key that causes it; `sentence` says in plain words what will
    happen.

    `code` and `facts` are for those who say it in other words: ids, percentages as texts, and counts.
    """

    key: str
    sentence: str
    code: WarningCode = field(compare=False)
    facts: Mapping[str, str | int] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        return f"{self.key}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Payout:
    """Holds the maximum that one order can pay, as shares of its total; `pairing` is for one member above it."""

    direct: Fraction
    levels: Fraction
    bonuses: Fraction
    pairing: Fraction

    @property
    def total(self) -> Fraction:
        return self.direct + self.levels + self.bonuses + self.pairing


def guard_rails(programme: Programme) -> list[ProgrammeWarning]:
    """Returns all warnings about the programme, the costliest first."""
    return [caution for rule in RULES for caution in rule(programme)]


def most_of_an_order(programme: Programme) -> Payout:
    """Computes the maximum that one order can pay in all.

    Levels cut out of the direct commission cost nothing more. A rank's bonus is compared with the smallest order that
    reaches the rank by itself, a pair's bonus with the volume of one side of the pair.
    """
    direct = _share(dearest_rate(programme))
    each_level = _level_shares(programme, direct)
    levels = Fraction(0) if programme.plan.seller_funds else sum(each_level, Fraction(0))
    bonuses = _rank_bonuses(programme, direct, as_seller=True)
    bonuses += sum((_rank_bonuses(programme, share, as_seller=False) for share in each_level), Fraction(0))
    return Payout(direct, levels, bonuses, _pairing(programme))


def more_than_it_brings_in(programme: Programme) -> Iterator[ProgrammeWarning]:
    """Warns if one order can pay more than its total."""
    payout = most_of_an_order(programme)
    if payout.total > WHOLE:
        cheap = " where a unit costs no more than its fixed rate" if dearest_rate(programme).each else ""
        parts = [
            (payout.direct, f"of direct commission{cheap}"),
            (payout.levels, "for the levels"),
            (payout.bonuses, "of bonuses for ranks"),
            (payout.pairing, "of pairing for one member above"),
        ]
        told = ", ".join(f"{percent(share)} {what}" for share, what in parts if share)
        yield ProgrammeWarning(
            "program",
            f"one order can pay {percent(payout.total)} of its total: {told}",
            "dear",
            {"share": percent(payout.total)},
        )


def cheap_joining(programme: Programme) -> Iterator[ProgrammeWarning]:
    """Warns if a fixed bonus for joining can exceed the price of joining."""
    bonus = max(rank.signup_bonus for rank in programme.ranks)
    if programme.program.join.mode != "purchase" or not bonus:
        return
    left = WHOLE - most_of_an_order(programme).total
    if left > 0:
        least = -(-Fraction(bonus) // left)
        yield ProgrammeWarning(
            "program.join.products",
            f"a product that joins and costs less than {least} minor units pays out more than it brings in",
            "cheap-joining",
            {"least": int(least)},
        )


def deep_pairing(programme: Programme) -> Iterator[ProgrammeWarning]:
    """Warns that an order's volume counts for everyone above it, so its payout grows with the network's depth."""
    payout = most_of_an_order(programme)
    if payout.pairing and payout.total <= WHOLE:
        members = 2 + (WHOLE - payout.total) // payout.pairing
        yield ProgrammeWarning(
            "plan.pairing",
            f"an order counts for every member above it, {percent(payout.pairing)} for each who can match it:"
            f" where {members} of them do, it pays more than its total",
            "deep-pairing",
            {"share": percent(payout.pairing), "members": int(members)},
        )


def paid_for_bringing(programme: Programme) -> Iterator[ProgrammeWarning]:
    """Warns of income that needs no sale."""
    for position, rank in enumerate(programme.ranks):
        if rank.signup_bonus:
            yield ProgrammeWarning(
                f"ranks[{position}].signup_bonus",
                "members are paid for each member they bring, whether anybody ever buys or not",
                "signup-bonus",
                {"rank": rank.id},
            )
        if position and rank.bonus and _asks_for_recruits_alone(rank):
            yield ProgrammeWarning(
                f"ranks[{position}].bonus",
                "members are paid for bringing members, without a single sale",
                "recruiting-bonus",
                {"rank": rank.id},
            )
    if _pairs_members(programme):
        yield ProgrammeWarning(
            "plan.pairing.measure",
            "pairing pays for members who join, whether anybody ever buys or not",
            "pairing-members",
        )


def paid_to_join_and_to_bring(programme: Programme) -> Iterator[ProgrammeWarning]:
    """Warns if joining costs money and recruiting pays some."""
    if programme.program.join.mode == "purchase" and any(paid_for_bringing(programme)):
        yield ProgrammeWarning(
            "program.join.mode",
            "joining costs money and bringing members earns money;"
            " together that is a pyramid scheme, which the law of many countries forbids",
            "pyramid",
        )


def forgotten_percent_signs(programme: Programme) -> Iterator[ProgrammeWarning]:
    """Warns of a rate without its percent sign, which pays next to nothing and goes unnoticed."""
    for key, rate in typed_rates(programme):
        question = forgotten_percent(rate, programme.currency)
        if question is not None:
            yield ProgrammeWarning(key, question, "forgotten-percent", {"rate": rate.text})


RULES = (
    more_than_it_brings_in,
    cheap_joining,
    deep_pairing,
    paid_for_bringing,
    paid_to_join_and_to_bring,
    forgotten_percent_signs,
)


def _share(rate: Rate) -> Fraction:
    """Returns a rate's share of an order; a fixed one may take all of it, if a unit costs no more than the rate."""
    return WHOLE if rate.each else Fraction(rate.millionths, MILLION)


def _level_shares(programme: Programme, direct: Fraction) -> list[Fraction]:
    base = direct if programme.plan.base == "direct" else WHOLE
    return [base * Fraction(level.millionths, MILLION) for level in programme.plan.levels]


def _rank_bonuses(programme: Programme, earned: Fraction, *, as_seller: bool) -> Fraction:
    """Sums the bonuses of all ranks up to the costliest one, as a share of the order that reaches it by itself.

    `earned` is the member's share of the order. Only its seller has sold something.
    """
    dearest, bonuses = Fraction(0), 0
    for rank in programme.ranks[1:]:
        bonuses += rank.bonus
        if (total := _order_that_reaches(rank, earned, as_seller=as_seller)) > 0:
            dearest = max(dearest, bonuses / total)
    return dearest


def _order_that_reaches(rank: Rank, earned: Fraction, *, as_seller: bool) -> Fraction:
    """Returns the smallest order that meets the rank's sales and earnings; 0 where it asks for neither or none can."""
    asks = rank.requires
    if asks is None or (asks.sales and not as_seller) or (asks.earnings and not earned):
        return Fraction(0)
    return max(Fraction(asks.sales), asks.earnings / earned if asks.earnings else Fraction(0))


def _pairing(programme: Programme) -> Fraction:
    """Returns what one member is paid from an order's volume if all of it is matched."""
    pairing = programme.plan.pairing
    if pairing is None or pairing.measure == "members":
        return Fraction(0)
    if pairing.rate is not None:
        return Fraction(pairing.rate.millionths, MILLION)
    return Fraction(pairing.bonus or 0, pairing.unit or 1)


def _pairs_members(programme: Programme) -> bool:
    pairing = programme.plan.pairing
    return pairing is not None and pairing.measure == "members"


def _asks_for_recruits_alone(rank: Rank) -> bool:
    asks = rank.requires
    return asks is not None and bool(asks.recruits) and not (asks.sales or asks.earnings)


def percent(share: Fraction) -> str:
    """Formats 0.125 as 12.5%; at most four decimals, rounded up, so that a share above 100% never reads as 100%."""
    ten_thousandths = -(-share * MILLION // 1)
    whole, rest = divmod(int(ten_thousandths), 10_000)
    decimals = f".{rest:04}".rstrip("0").rstrip(".")
    return f"{whole}{decimals}%"
