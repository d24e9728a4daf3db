"""Defines the programme's figures for handlers: sums of a span, in minor units, by who, where and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.programme.model import Program
from engine.queries.figures import (
    Figures,
    Overview,
    ShopSales,
    TopMember,
    WaitingCommission,
    WaitingMember,
    WaitingScope,
)


@dataclass(frozen=True, slots=True)
class TagSales:
    """Holds what links with a tag brought in a span: friends who came, those of them who have joined since, and the
    orders of everybody who ever came through them, less refunds.
    """

    tag: str
    came: int
    joined: int
    orders: int
    sold: int


class ProgrammeFigures(Protocol):
    """Sums up spans from a moment (included) until another (excluded), both in milliseconds UTC."""

    async def figures(self, since: int, until: int) -> Figures:
        """Returns the sums of a span."""

    async def by_part(self, begins: Sequence[int], until: int) -> tuple[Figures, ...]:
        """Returns the sums of each part of a span, from each of these moments to the next."""

    async def top_members(self, since: int, until: int, count: int) -> list[TopMember]:
        """Returns the members who earned most, the first first."""

    async def sales_by_shop(self, since: int, until: int, shops: frozenset[str]) -> list[ShopSales]:
        """Returns the orders by shop, the largest sales first; those of none of these `shops` are one line."""

    async def sales_by_tag(self, since: int, until: int, count: int) -> list[TagSales]:
        """Returns what came of tags of members' links, the largest sales first."""

    async def waiting_commissions(self, scope: WaitingScope, count: int) -> list[WaitingCommission]:
        """Returns the oldest commissions of the scope, at most `count`."""

    async def waiting_total(self, scope: WaitingScope) -> tuple[int, int]:
        """Returns the number of the commissions of the scope, and their sum."""

    async def waiting_by_member(self, scope: WaitingScope, count: int) -> list[WaitingMember]:
        """Returns the members of the scope for whom most waits."""

    async def overview(self, program: Program, since: int, until: int, *, top: int = 10) -> Overview:
        """Returns a span with its days in the programme's zone, and the `top` members who earned most."""
