"""The memory store: the whole programme in dictionaries, for replay, verify and the simulator."""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush

from engine.decide import decide
from engine.events import Event
from engine.facts import Decision
from engine.ledger import OVER_CAP, Transfer
from engine.programme import Programme
from engine.records import Adjustment, Commission, Member, Order, Person, Withdrawal
from engine.tree.resident import apply_to, fits, grown
from engine.tree.tree import Tree


class MemoryStore:
    """Facts in dictionaries; `take` decides an event on them and applies the decision."""

    def __init__(self, programme: Programme | None = None) -> None:
        self.programme = programme
        self._last_at = 0
        self._tree: Tree | None = None
        self.persons: dict[str, Person] = {}
        self.all_members: dict[str, Member] = {}
        self.orders: dict[str, Order] = {}
        self.commissions: dict[int, Commission] = {}
        self.withdrawals: dict[str, Withdrawal] = {}
        self.adjustments: dict[str, Adjustment] = {}
        self.transfers: list[Transfer] = []
        self.person, self.member, self.order = self.persons.get, self.all_members.get, self.orders.get
        self.withdrawal, self.adjustment = self.withdrawals.get, self.adjustments.get
        self._of_order: dict[str, tuple[int, ...]] = {}  # by source; an order has few commissions
        self._first: dict[tuple[str, str], int] = {}  # of all other sources, which may have one for each member
        self._held_by: dict[str, dict[int, None]] = {}
        self._ripening: list[tuple[int, int]] = []
        self._unapproved: dict[int, None] = {}  # ripe, but waiting for an admin's word

    def take(self, event: Event, at: int) -> Decision:
        """Decides the event (at: milliseconds UTC) and applies what was decided."""
        decision = decide(event, self, at)
        self.apply(decision)
        return decision

    # Facts

    def commission(self, source: str, member: str) -> Commission | None:
        for number in self._of_order.get(source, ()):
            if self.commissions[number].member == member:
                return self.commissions[number]
        found = self._first.get((source, member))
        return None if found is None else self.commissions[found]

    def commissions_of_order(self, order: str) -> Sequence[Commission]:
        return [self.commissions[number] for number in self._of_order.get(f"order:{order}", ())]

    def held_by(self, blocker: str) -> Sequence[Commission]:
        return [self.commissions[number] for number in self._held_by.get(blocker, ())]

    def all_held(self) -> Sequence[Commission]:
        return [self.commissions[number] for behind in self._held_by.values() for number in behind]

    def maturing(self, at: int, by_itself: bool) -> Sequence[Commission]:
        while self._ripening and self._ripening[0][0] <= at:
            self._unapproved[heappop(self._ripening)[1]] = None
        ripe = []
        for number in list(self._unapproved):
            commission = self.commissions[number]
            if commission.state != "pending":
                del self._unapproved[number]
            elif by_itself or commission.approved:
                ripe.append(commission)
        return ripe

    def last_at(self) -> int:
        return self._last_at

    def tree(self) -> Tree:
        if self._tree is None or not fits(self._tree, self.programme):
            volumes = self._tree.own_volumes() if self._tree is not None else ()
            self._tree = grown(self.programme, self.all_members.values(), volumes)
        return self._tree

    def last_member(self) -> int:
        return len(self.all_members)

    def members(self) -> Iterable[Member]:
        return self.all_members.values()

    def all_commissions(self) -> Iterable[Commission]:
        return self.commissions.values()

    def over_cap(self) -> int:
        """What caps have cut off, in minor units."""
        return sum(transfer.amount for transfer in self.transfers if transfer.credit == OVER_CAP)

    def last_commission(self) -> int:
        return len(self.commissions)

    def last_withdrawal(self) -> int:
        return len(self.withdrawals)

    # Applying

    def apply(self, decision: Decision) -> None:
        self._last_at = decision.at
        self.programme = decision.programme or self.programme
        self.persons |= decision.persons
        self.all_members |= decision.members
        self.orders |= decision.orders
        self.withdrawals |= decision.withdrawals
        self.adjustments |= decision.adjustments
        self.transfers += decision.transfers
        for number, commission in decision.commissions.items():
            self._put(number, commission)
        self._remember_sources(decision)
        if self.programme is not None and self.programme.has_places:
            apply_to(self.tree(), decision)

    def _remember_sources(self, decision: Decision) -> None:
        of_order = []
        for number in decision.credited:
            commission = decision.commissions[number]
            if commission.order is None:
                self._first.setdefault((commission.source, commission.member), number)
            else:
                of_order.append(number)
        if of_order:
            self._of_order[decision.commissions[of_order[0]].source] = tuple(of_order)

    def _put(self, number: int, commission: Commission) -> None:
        before = self.commissions.get(number)
        self.commissions[number] = commission
        if before is not None and before.blocker is not None and before.blocker != commission.blocker:
            del self._held_by[before.blocker][number]
        if commission.blocker is not None:
            self._held_by.setdefault(commission.blocker, {})[number] = None
        if commission.state == "pending" and (before is None or before.state != "pending"):
            heappush(self._ripening, (commission.matures, number))
