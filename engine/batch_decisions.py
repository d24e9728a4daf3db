"""Carries out one decision about many requests or commissions: about exactly those that were confirmed.

Each is compared, in the transaction that decides it, with what the admin was shown; one that has changed meanwhile is
left out. A repeat under the same key finds what it had done, so that a kill in between loses and repeats nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from engine.errors import OwnRequest
from engine.events.model import Approve, Authorise, Event, Settle
from engine.records import WithdrawalState
from engine.service import Engine
from engine.transaction import Transaction

SLICE: Final = 50
"""So many are decided in one transaction: others write in between."""

Verdict = Literal["approved", "rejected"]
WhyLeft = Literal["unknown", "own", "changed", "requested", "approved", "paid", "rejected", "cancelled"]
"""Why one was left out: there is no such one, it is the admin's own, its amount has changed, or its state now."""
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class PinnedRequest:
    """Holds a withdrawal as the admin was shown it; `amount` in minor units."""

    number: int
    amount: int
    state: WithdrawalState


@dataclass(frozen=True, slots=True)
class PinnedCommission:
    """Holds an undecided commission as the admin was shown it; `net` in minor units."""

    number: int
    net: int


@dataclass(frozen=True, slots=True)
class Decided:
    """Holds what came of one: `left_out` says why it was not decided, None where it was."""

    number: int
    amount: int
    left_out: WhyLeft | None = None


async def decide_withdrawals(
    engine: Engine, pinned: Sequence[PinnedRequest], verdict: Verdict, *, actor: str, key: str, reason: str = ""
) -> list[Decided]:
    """Approves or rejects each of these withdrawals; `key` makes each count once."""
    details = {"reason": reason} if reason else {}

    def decide(books: Transaction, each: PinnedRequest) -> Decided:
        name, found = f"{key}:{each.number}", books.withdrawal_numbered(each.number)
        if found is None:
            return Decided(each.number, each.amount, "unknown")
        if not books.is_recorded(name):
            if found.state != each.state:
                return Decided(each.number, each.amount, found.state)
            if found.amount != each.amount:
                return Decided(each.number, each.amount, "changed")
            event: Event = Authorise(found.id) if verdict == "approved" else Settle(found.id, "rejected")
            if not _taken(books, event, name, actor, details):
                return Decided(each.number, each.amount, "own")
        return Decided(each.number, each.amount)

    return await _in_slices(engine, pinned, decide)


async def approve_commissions(
    engine: Engine, pinned: Sequence[PinnedCommission], *, actor: str, key: str
) -> list[Decided]:
    """Approves each of these commissions; `key` makes each count once.

    Events name a commission by source and member and mean the first: a later one of the same name counts as changed.
    """

    def decide(books: Transaction, each: PinnedCommission) -> Decided:
        name, found = f"{key}:{each.number}", books.commission_numbered(each.number)
        if found is None:
            return Decided(each.number, each.net, "unknown")
        if not books.is_recorded(name):
            if found.approved or found.state not in ("held", "pending"):
                return Decided(each.number, each.net, "rejected" if found.state == "rejected" else "approved")
            first = books.commission(found.source, found.member)
            if found.net != each.net or first is None or first.number != found.number:
                return Decided(each.number, each.net, "changed")
            if not _taken(books, Approve(found.source, found.member), name, actor, {}):
                return Decided(each.number, each.net, "own")
        return Decided(each.number, each.net)

    return await _in_slices(engine, pinned, decide)


def _taken(books: Transaction, event: Event, key: str, actor: str, details: dict[str, str]) -> bool:
    """Submits the event; returns False, with nothing changed, for one of the actor's own."""
    try:
        books.submit(event, key=key, actor=actor, details=details)
    except OwnRequest:
        return False
    return True


async def _in_slices(engine: Engine, pinned: Sequence[P], decide: Callable[[Transaction, P], Decided]) -> list[Decided]:
    decided: list[Decided] = []
    for start in range(0, len(pinned), SLICE):
        part = pinned[start : start + SLICE]
        decided += await engine.transaction(lambda books, part=part: [decide(books, each) for each in part])  # type: ignore[misc]
    return decided
