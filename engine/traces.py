"""Defines traces: what each rule noted when it was applied, and so why an amount is what it is.

A reason holds the few figures it is made of; it becomes JSON when a store writes it and a mapping when it is shown.
"""

from typing import Any

import msgspec


class Reason(msgspec.Struct, eq=False, gc=False, omit_defaults=True):
    """Base of reasons; two are equal when their mappings are."""

    def told(self) -> dict[str, Any]:
        """Returns exactly what a store keeps of it."""
        content: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(self))
        return content

    def __eq__(self, other: object) -> bool:
        return self.told() == (other.told() if isinstance(other, Reason) else other)

    __hash__ = None  # type: ignore[assignment]  # what tells the same may be kept in two ways


Why = Reason | dict[str, Any]
"""A reason, or its mapping, as a store returns it."""


def told(why: Why) -> dict[str, Any]:
    """Returns the reason as a mapping."""
    return why.told() if isinstance(why, Reason) else why


class Base(msgspec.Struct, array_like=True, gc=False):
    """Holds the base of the levels' rates (direct or sale), and its amount."""

    of: str
    amount: int


class Taken(msgspec.Struct, array_like=True, gc=False):
    """Holds what a level takes out of the direct commission."""

    level: int
    member: str
    amount: int


class Capped(msgspec.Struct, gc=False):
    """Holds the cap that cut a commission last (single, lifetime or period), its limit and the amount before
    all cuts.
    """

    cap: str
    limit: int
    before: int


class Credited(Reason, kw_only=True):
    """Explains a credit, and what a cap left of it where one cut it."""

    cap: Capped | None = None


class DirectPart(Credited):
    """Explains what the seller keeps of the direct commission: without what the levels take out of it."""

    direct: int
    levels: list[Taken] = []


class LevelShare(Credited):
    """Explains a level's share: its rate of a base, and the member who blocked it when it was credited."""

    level: int
    rate: str
    base: Base
    seller: str
    blocker: str | None


class SignupBonus(Credited, tag_field="rule", tag="signup"):
    rank: str
    bonus: int
    newcomer: str


class RankBonus(Credited, tag_field="rule", tag="rank"):
    rank: str
    bonus: int


class PairedLegs(Credited, tag_field="rule", tag="pairing"):
    """Explains pairing: both legs' volumes at the close, what was matched, left and paid.

    That is `rate` of the matched volume; or `bonus` for each pair, made of `unit` of a side, where `matched` are pairs.
    """

    legs: tuple[int, int]
    matched: int
    left_over: tuple[int, int]
    rate: str | None = None
    unit: int | None = None
    bonus: int | None = None


class NamedRate(msgspec.Struct, array_like=True, gc=False):
    """Holds a rule that could give a line its rate: its kind, its name and the rate as written."""

    kind: str
    name: str
    rate: str


class LineRate(msgspec.Struct, gc=False):
    """Holds the rule that gave a line its rate, and those that lost."""

    product: str
    category: str | None
    amount: int
    quantity: int
    rule: NamedRate
    lost: tuple[NamedRate, ...]


class DirectCommission(Reason):
    """Explains an order's direct commission before caps, from its lines' rates by the seller's rank when it arrived.

    `rounded_from` is the exact sum where it was no whole number, `over_total` the sum where the total cut it.
    """

    rank: str
    lines: tuple[LineRate, ...]
    direct: int
    rounded_from: str | None = None
    over_total: int | None = None
