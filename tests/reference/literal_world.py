"""Everything that one history has brought about, and the sums that the rules take over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from literal_programme import Tables, rank_index


class RefusedError(Exception):
    """The rules forbid this event; `code` is one of section 10's."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass
class Sponsorship:
    """Who brought a person in, when, and the rate that the link was made with, if any."""

    sponsor: str
    since: datetime
    link_rate: str | None = None


@dataclass
class Member:
    """A person who has joined; `entered` are the ranks that this member has ever held."""

    name: str
    parent: str | None
    slot: int | None
    rank: str
    entered: set[str]
    suspended: bool = False
    volume: list[int] = field(default_factory=lambda: [0, 0])


@dataclass
class Order:
    """An accepted order; `volume_node` is None when the order added nothing to any leg."""

    name: str
    buyer: str
    lines: list[Tables]
    seller: str | None
    volume_node: str | None
    refunded: int = 0

    @property
    def total(self) -> int:
        return sum(line["amount"] for line in self.lines)


@dataclass
class Commission:
    """One credit to one member; `stage` is its state as long as it is not wholly reversed."""

    source: str
    member: str
    kind: str
    level: int
    amount: int
    matures: datetime
    stage: str
    seller: str | None = None
    approved: bool = False
    reversed: int = 0

    @property
    def state(self) -> str:
        return "reversed" if self.stage != "rejected" and self.reversed == self.amount else self.stage

    @property
    def net(self) -> int:
        return self.amount - self.reversed


@dataclass
class Withdrawal:
    """A request for money; its state is reserved, paid, rejected or cancelled."""

    member: str
    amount: int
    state: str = "reserved"


@dataclass
class World:
    """The whole state of a history at the time `now`; dictionaries keep the order in which things came."""

    programme: Tables
    now: datetime
    sponsorships: dict[str, Sponsorship] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    commissions: list[Commission] = field(default_factory=list)
    withdrawals: dict[str, Withdrawal] = field(default_factory=dict)
    adjustments: dict[str, tuple[str, int]] = field(default_factory=dict)
    over_cap: int = 0

    def member(self, name: str) -> Member:
        """The member of this name, or the refusal `unknown_member`."""
        if name not in self.members:
            raise RefusedError("unknown_member")
        return self.members[name]

    def sponsor_of(self, person: str) -> str | None:
        sponsorship = self.sponsorships.get(person)
        return None if sponsorship is None else sponsorship.sponsor

    def rank_of(self, member: Member) -> Tables:
        rank: Tables = self.programme["ranks"][rank_index(self.programme, member.rank)]
        return rank

    def days(self, count: int) -> timedelta:
        """A day, in maturity and window, is 24 hours."""
        return timedelta(hours=24 * count)

    def commissions_of(self, member: str) -> Iterator[Commission]:
        return (commission for commission in self.commissions if commission.member == member)

    def earnings_of(self, member: str) -> int:
        """Everything credited and not rejected, held and pending included, net of reversals."""
        return sum(each.net for each in self.commissions_of(member) if each.stage != "rejected")

    def sales_of(self, member: str) -> int:
        """Totals of the member's orders as seller, less refunds."""
        return sum(order.total - order.refunded for order in self.orders.values() if order.seller == member)

    def recruits_of(self, member: str) -> int:
        """How many members this member has sponsored."""
        return sum(self.sponsor_of(name) == member for name in self.members)

    def in_stage(self, member: str, stage: str) -> int:
        """The sum of the member's commissions of one stage, net of reversals."""
        return sum(each.net for each in self.commissions_of(member) if each.stage == stage)

    def withdrawn(self, member: str, state: str) -> int:
        """The sum of the member's withdrawals that are in one state."""
        own = [each for each in self.withdrawals.values() if each.member == member]
        return sum(each.amount for each in own if each.state == state)

    def available_to(self, member: str) -> int:
        """What the member may withdraw: available commissions and adjustments, net of reserved and paid."""
        adjusted = sum(amount for name, amount in self.adjustments.values() if name == member)
        taken = self.withdrawn(member, "reserved") + self.withdrawn(member, "paid")
        return self.in_stage(member, "available") + adjusted - taken

    def shown(self) -> dict[str, Any]:
        """Members, commissions and over_cap in the form of section 10's result."""
        return {
            "members": {name: self.shown_member(member) for name, member in self.members.items()},
            "commissions": [shown_commission(each) for each in sorted(self.commissions, key=sort_key)],
            "over_cap": self.over_cap,
        }

    def shown_member(self, member: Member) -> dict[str, Any]:
        shown = {
            "sponsor": self.sponsor_of(member.name),
            "parent": member.parent,
            "slot": member.slot,
            "rank": member.rank,
            "held": self.in_stage(member.name, "held"),
            "pending": self.in_stage(member.name, "pending"),
            "available": self.available_to(member.name),
            "reserved": self.withdrawn(member.name, "reserved"),
            "paid": self.withdrawn(member.name, "paid"),
        }
        return shown | ({"volume": list(member.volume)} if self.programme["plan"]["pairing"] else {})


def sort_key(commission: Commission) -> tuple[str, str, str, int]:
    return commission.source, commission.member, commission.kind, commission.level


def shown_commission(commission: Commission) -> dict[str, Any]:
    return {
        "source": commission.source,
        "member": commission.member,
        "kind": commission.kind,
        "level": commission.level,
        "amount": commission.amount,
        "reversed": commission.reversed,
        "state": commission.state,
    }
