"""Keeps the whole programme in dictionaries, for replay, verify and the simulator."""

from collections.abc import Iterable, Sequence
from heapq import heappop, heappush
from itertools import chain
from operator import attrgetter

from engine.close_result import Close, Standings
from engine.decide import decide
from engine.events.codec import check_event
from engine.events.model import Event
from engine.facts import Decision
from engine.ledger import OVER_CAP, Transfer
from engine.network.int_arrays import Whole, whole
from engine.network.tree import Tree
from engine.programme.model import Programme
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Withdrawal
from engine.store.network_cache import apply_to, fits, grown


class MemoryStore:
    """Holds facts in dictionaries; `take` decides an event on them and applies the decision."""

    def __init__(self, programme: Programme | None = None) -> None:
        self.programme = programme
        self._last_at = 0
        self._tree: Tree | None = None
        self.persons: dict[str, PersonRecord] = {}
        self.all_members: dict[str, Member] = {}
        self.orders: dict[str, OrderRecord] = {}
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
        """Decides the event (at: milliseconds UTC) and applies the decision. Raises as `check_event`."""
        check_event(event)
        return self.retake(event, at)

    def retake(self, event: Event, at: int) -> Decision:
        """Takes an event that was parsed from a journal line and so needs no check."""
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
        return [self.commissions[number] for number in sorted(self._held_by.get(blocker, ()))]

    def all_held(self) -> Sequence[Commission]:
        return [self.commissions[number] for number in sorted(chain.from_iterable(self._held_by.values()))]

    def maturing(self, at: int, by_itself: bool) -> Sequence[Commission]:
        while self._ripening and self._ripening[0][0] <= at:
            self._unapproved[heappop(self._ripening)[1]] = None
        if not self._unapproved:
            return ()
        ripe = []
        for number in list(self._unapproved):
            commission = self.commissions[number]
            if commission.state != "pending":
                del self._unapproved[number]
            elif by_itself or commission.approved:
                ripe.append(commission)
        return sorted(ripe, key=attrgetter("matures", "number"))

    def last_at(self) -> int:
        return self._last_at

    def tree(self) -> Tree:
        if self._tree is None or not fits(self._tree, self.programme):
            volumes, carried = ((), ()) if self._tree is None else (self._tree.own_volumes(), self._tree.each_carried())
            places = ((member.id, member.parent, member.slot) for member in self.all_members.values())
            self._tree = grown(self.programme, places, volumes, carried)
        return self._tree

    def last_member(self) -> int:
        return len(self.all_members)

    def members(self) -> Iterable[Member]:
        return self.all_members.values()

    def standings(self, positions: Whole) -> Standings:
        assert self.programme is not None  # one of its periods has ended
        ids, ranks = self.tree().ids, self.programme.rank_order
        members = [self.all_members[ids[position]] for position in positions.tolist()]
        rank = whole(ranks[member.rank] for member in members)
        return Standings(rank, *(whole(map(attrgetter(name), members)) for name in Standings._fields[1:]))

    def all_commissions(self) -> Iterable[Commission]:
        return self.commissions.values()

    def over_cap(self) -> int:
        """Returns the sum that caps have cut off, in minor units."""
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
        for close in decision.closes:
            self._credit(close)
        self.all_members |= decision.members
        self.orders |= decision.orders
        self.withdrawals |= decision.withdrawals
        self.adjustments |= decision.adjustments
        self.transfers += decision.all_transfers()
        if decision.closes:
            for commission in decision.commissions_of_closes():
                self._put(commission.number, commission)
        for number, commission in decision.commissions.items():
            self._put(number, commission)
        self._remember_sources(decision)
        if self.programme is not None and self.programme.has_places:
            apply_to(self.tree(), decision)

    def _credit(self, close: Close) -> None:
        for number, claimed in close.paid():
            id = close.ids[claimed.position]
            member = self.all_members[id] = self.all_members[id].copy()
            member.earnings += claimed.amount
            setattr(member, close.bucket, getattr(member, close.bucket) + claimed.amount)
            self._first.setdefault((close.source, id), number)

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
        if before is None and commission.blocker is None:  # as almost all are
            if commission.state == "pending":
                heappush(self._ripening, (commission.matures, number))
            return
        if before is not None and before.blocker is not None and before.blocker != commission.blocker:
            del self._held_by[before.blocker][number]
        if commission.blocker is not None:
            self._held_by.setdefault(commission.blocker, {})[number] = None
        if commission.state == "pending" and (before is None or before.state != "pending"):
            heappush(self._ripening, (commission.matures, number))
