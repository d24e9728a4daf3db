"""Defines the facts that a decision reads and the decision it returns. Only stores provide facts."""

from collections.abc import Iterable, Iterator, Sequence
from heapq import merge
from operator import attrgetter
from typing import NamedTuple, Protocol

from msgspec import Struct

from engine.close_result import Close, Standings
from engine.errors import Refusal
from engine.ledger import Transfer
from engine.network.int_arrays import Whole
from engine.network.preorder import LegValues
from engine.network.tree import Tree
from engine.notices import CommissionCredited, Notice
from engine.programme.model import Programme
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Withdrawal


class Facts(Protocol):
    """Reads the state before an event. Returned rows must not be changed: decisions work on copies."""

    @property
    def programme(self) -> Programme | None:
        """Returns the programme in force; None before the journal's first event."""

    def person(self, id: str, /) -> PersonRecord | None: ...
    def member(self, id: str, /) -> Member | None: ...
    def order(self, id: str, /) -> OrderRecord | None: ...
    def withdrawal(self, id: str, /) -> Withdrawal | None: ...
    def adjustment(self, id: str, /) -> Adjustment | None: ...
    def commission(self, source: str, member: str) -> Commission | None:
        """Returns the first recorded commission of that source and member."""

    def commissions_of_order(self, order: str) -> Sequence[Commission]: ...
    def held_by(self, blocker: str) -> Sequence[Commission]:
        """Returns the held commissions that this member blocks, by number."""

    def all_held(self) -> Sequence[Commission]:
        """Returns all held commissions, by number."""

    def tree(self) -> Tree:
        """Returns the placement network. Raises StoreError for a plan without places."""

    def last_at(self) -> int:
        """Returns the time of the last event (milliseconds UTC), 0 before the first."""

    def maturing(self, at: int, by_itself: bool) -> Sequence[Commission]:
        """Returns the pending commissions that are ripe at this moment and approved, or need no approval (`by_itself`).

        Ordered by the time they ripened, then by number.
        """

    def members(self) -> Iterable[Member]: ...
    def standings(self, positions: Whole) -> Standings:
        """Returns the rank, totals and status of the members at these positions of the network."""

    def last_member(self) -> int:
        """Returns the number of members."""

    def last_commission(self) -> int:
        """Returns the number of the last commission, 0 before the first."""

    def last_withdrawal(self) -> int: ...


class Addressed(NamedTuple):
    """Holds a notice and whom it is for; `person` None are the admins."""

    person: str | None
    notice: Notice


class Decision(Struct):
    """Holds the effects of an event: the rows as they are afterwards, transfers and notices.

    `credited` are the numbers of the new commissions, except those of `closes`: what each closed period brought its
    members. Where a member or a commission is also among `members` and `commissions`, the row there takes precedence.
    `carried` is, where a period was closed, every member's volume carried forward, by position in the network;
    `volumes` is what came in at nodes after that.
    """

    at: int
    refusal: Refusal | None = None
    programme: Programme | None = None
    persons: dict[str, PersonRecord] = {}
    members: dict[str, Member] = {}
    orders: dict[str, OrderRecord] = {}
    commissions: dict[int, Commission] = {}
    withdrawals: dict[str, Withdrawal] = {}
    adjustments: dict[str, Adjustment] = {}
    closes: list[Close] = []
    carried: LegValues | None = None
    volumes: list[tuple[str, int]] = []
    credited: list[int] = []
    transfers: list[Transfer] = []
    notices: list[Addressed] = []

    @property
    def closed(self) -> bool:
        """Returns whether a period was closed."""
        return self.carried is not None

    def commissions_of_closes(self) -> Iterator[Commission]:
        """Yields the commissions of closes that nothing else in the same event has changed."""
        for close in self.closes:
            yield from (each for each in close.commissions() if each.number not in self.commissions)

    def last_commission(self, before: int) -> int:
        """Returns the number of the last commission after the event, when it was `before`."""
        return before + len(self.credited) + sum(close.count for close in self.closes)

    def all_transfers(self) -> Iterator[Transfer]:
        """Yields all transfers by leg."""
        if not self.closes:
            return iter(self.transfers)
        of_closes = [moves for close in self.closes for moves in (close.credits(), close.freed())]
        return merge(self.transfers, *of_closes, key=attrgetter("leg"))

    def all_notices(self) -> Iterator[Addressed]:
        """Yields the notices of credits, as they are at the end of the event, and then the other notices."""
        credited: Iterable[Commission] = (self.commissions[number] for number in self.credited)
        if self.closes:
            credited = merge(credited, *(close.commissions() for close in self.closes), key=attrgetter("number"))
        for each in credited:
            commission = self.commissions.get(each.number, each)
            yield Addressed(commission.member, _credited(commission))
        yield from self.notices


def _credited(commission: Commission) -> CommissionCredited:
    return CommissionCredited(
        commission.number,
        commission.amount,
        commission.kind,
        commission.level,
        commission.state,
        commission.source,
        commission.matures,
        commission.blocker,
    )
