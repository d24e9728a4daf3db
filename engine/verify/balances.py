"""Verifies that the balances of each decision change by its transfers, so that both add up for any history."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import attrgetter

from engine.facts import Decision
from engine.ledger import BUCKETS, account
from engine.records import Member

_balances = attrgetter(*BUCKETS)
_NOTHING = (0,) * len(BUCKETS)


def compare_balances(seq: int, decision: Decision, before: Callable[[str], Member | None]) -> Iterator[str]:
    """Yields a line for each balance that changes by another amount than its transfers say.

    `before` returns a member as it was. What a closed period brought members whom nothing else has changed is compared
    in total.
    """
    moved: dict[str, int] = defaultdict(int)
    of_others = _sum_moved(decision, moved)
    for id, member in decision.members.items():
        earlier = before(id)
        then = _balances(earlier) if earlier is not None else _NOTHING
        for bucket, was, is_now in zip(BUCKETS, then, _balances(member), strict=True):
            if was != is_now:
                moved[account(bucket, id)] -= is_now - was
    for name, amount in moved.items():
        if amount:
            yield f"journal row {seq}: the transfers of {name} differ by {amount} from the change of its balance"
    brought = sum(
        claimed.amount
        for close in decision.closes
        for _, claimed in close.paid()
        if close.ids[claimed.position] not in decision.members
    )
    if of_others != brought:
        yield f"journal row {seq}: balances change by {brought}, their transfers add up to {of_others}"


def _sum_moved(decision: Decision, moved: dict[str, int]) -> int:
    """Adds the transfers of changed members to `moved`, by account; returns what all other members were given."""
    changed, of_others = decision.members, 0
    for transfer in decision.all_transfers():
        for name, amount in ((transfer.debit, -transfer.amount), (transfer.credit, transfer.amount)):
            _, owned, id = name.partition(":")
            if id in changed:
                moved[name] += amount
            elif owned:
                of_others += amount
    return of_others
