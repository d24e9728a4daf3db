"""Implements the unit of work of one event: the facts, overlaid with its changes so far."""

from collections.abc import Iterator

from engine.close_result import Claims, Close
from engine.errors import UnknownMember
from engine.facts import Addressed, Decision, Facts
from engine.ledger import Bucket, Transfer, account
from engine.notices import Notice
from engine.programme.model import Pairing, Programme
from engine.qualification import qualified
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, State, Withdrawal


class UnitOfWork:
    """Reads with the event's own changes; writes go to `decision` and never to the facts."""

    def __init__(self, facts: Facts, programme: Programme, at: int) -> None:
        self.facts = facts
        self.programme = programme
        self.at = at
        self.decision = Decision(at)
        # Two queues in the order in which members came up, so that a replay numbers its commissions alike.
        self.rank_may_rise: dict[str, None] = {}
        self.may_be_qualified: dict[str, None] = {}
        self.legs_grown: dict[str, tuple[int, int]] = {}  # the legs of those above a newcomer of this event
        self._last_commission = facts.last_commission()
        self._next_leg = 0
        self._known = facts.member  # a member's row, not to be changed, as the closes of this event have left it

    # Persons and members

    def person(self, id: str) -> PersonRecord | None:
        return self.decision.persons.get(id) or self.facts.person(id)

    def edit_person(self, id: str) -> PersonRecord:
        """Returns the person's row, to be changed; a new one for an unknown person."""
        person = self.decision.persons.get(id)
        if person is None:
            known = self.facts.person(id)
            person = self.decision.persons[id] = known.copy() if known is not None else PersonRecord(id)
        return person

    def member(self, id: str) -> Member | None:
        return self.decision.members.get(id) or self._known(id)

    def _after_closes(self, id: str) -> Member | None:
        member = self.facts.member(id)
        if member is None:
            return None
        member, position = member.copy(), self.facts.tree().position(id)
        for close in self.decision.closes:
            _credit(member, close, position)
        return member

    def the_member(self, id: str) -> Member:
        """Returns the member. Raises UnknownMember."""
        member = self.member(id)
        if member is None:
            raise UnknownMember(id)
        return member

    def edit_member(self, id: str) -> Member:
        """Returns the member's row, to be changed. Raises UnknownMember."""
        member = self.decision.members.get(id)
        if member is None:
            known = self._known(id)
            if known is None:
                raise UnknownMember(id)
            member = self.decision.members[id] = known.copy()
        return member

    def add_member(self, member: Member) -> None:
        self.decision.members[member.id] = member

    def upline(self, member: str) -> Iterator[Member]:
        """Yields the member's ancestors in the placement tree, nearest first."""
        changed, known = self.decision.members, self._known
        at = changed.get(member) or known(member)
        while at is not None and at.parent is not None:
            at = changed.get(at.parent) or known(at.parent)
            if at is not None:
                yield at

    def legs(self, id: str) -> tuple[int, int]:
        """Counts the members of the left and the right leg, with this event's newcomer."""
        return self.legs_grown.get(id) or self.facts.tree().leg_counts(id)

    def is_qualified(self, member: Member) -> bool:
        """Returns whether the member meets the plan's requirements, with this event's changes so far."""
        if self.programme.plan.requires is None:
            return not member.suspended
        return qualified(member, self.programme, self.legs)

    # Orders, withdrawals, adjustments

    def order(self, id: str) -> OrderRecord | None:
        return self.decision.orders.get(id) or self.facts.order(id)

    def put_order(self, order: OrderRecord) -> None:
        self.decision.orders[order.id] = order

    def withdrawal(self, id: str) -> Withdrawal | None:
        return self.decision.withdrawals.get(id) or self.facts.withdrawal(id)

    def put_withdrawal(self, withdrawal: Withdrawal) -> None:
        self.decision.withdrawals[withdrawal.id] = withdrawal

    def next_withdrawal_number(self) -> int:
        return self.facts.last_withdrawal() + 1

    def adjustment(self, id: str) -> Adjustment | None:
        return self.decision.adjustments.get(id) or self.facts.adjustment(id)

    def put_adjustment(self, adjustment: Adjustment) -> None:
        self.decision.adjustments[adjustment.id] = adjustment

    # Commissions

    def next_commission_number(self) -> int:
        self._last_commission += 1
        return self._last_commission

    def commission(self, source: str, member: str) -> Commission | None:
        """Returns the first recorded commission of that source and member, with this event's own changes."""
        found = self.facts.commission(source, member)
        if found is None:
            mine = (
                each for each in self.decision.commissions.values() if (each.source, each.member) == (source, member)
            )
            found = next(mine, None) or self._of_closes(source, member)
        return None if found is None else self.latest(found)

    def _of_closes(self, source: str, member: str) -> Commission | None:
        for close in self.decision.closes:
            if close.source == source and member in (tree := self.facts.tree()):
                return close.commission_of(tree.position(member))
        return None

    def latest(self, commission: Commission) -> Commission:
        """Returns a commission of the facts, with this event's changes so far."""
        return self.decision.commissions.get(commission.number, commission)

    def held_by(self, blocker: str) -> list[Commission]:
        """Returns the commissions that a member blocks now: of the facts, and of this event's own credits."""
        numbers = {commission.number: commission for commission in self.facts.held_by(blocker)}
        return [each for each in (numbers | self.decision.commissions).values() if each.blocker == blocker]

    def edit_commission(self, commission: Commission) -> Commission:
        """Returns the commission's row, to be changed."""
        mine = self.decision.commissions.get(commission.number)
        if mine is None:
            mine = self.decision.commissions[commission.number] = commission.copy()
        return mine

    # Closes

    def add_close(self, source: str, matures: int, state: State, pairing: Pairing, claims: Claims) -> Close:
        """Adds a period that closes now, with the next numbers of commissions and transfers for its claims."""
        ids, number = self.facts.tree().ids, self._last_commission + 1
        close = Close(source, self.at, matures, state, pairing, ids, claims, number, self._next_leg)
        self._last_commission += close.count
        self._next_leg += close.legs
        for member in self.decision.members.values():
            _credit(member, close, self.facts.tree().position(member.id))
        self.decision.closes.append(close)
        self._known = self._after_closes
        return close

    def free_close(self, close: Close) -> None:
        """Makes a close's pending commissions available."""
        close.state, close.freed_leg = "available", self._next_leg
        self._next_leg += close.count
        for member in self.decision.members.values():
            amount = close.amount_of(self.facts.tree().position(member.id))
            member.pending -= amount
            member.available += amount

    # Money and notices

    def pay(self, member: Member, bucket: Bucket, amount: int, other: str, commission: int | None = None) -> None:
        """Moves an amount (minor units, below 0 to take back) into a member's bucket from another account."""
        setattr(member, bucket, getattr(member, bucket) + amount)
        id = member.id
        mine = account(bucket, id)
        if amount > 0:
            self.transfer(id, other, mine, amount, commission)
        else:
            self.transfer(id, mine, other, -amount, commission)

    def move(self, member: Member, here: Bucket, there: Bucket, amount: int, commission: int | None = None) -> None:
        """Moves an amount above 0 between two buckets of one member."""
        setattr(member, here, getattr(member, here) - amount)
        setattr(member, there, getattr(member, there) + amount)
        self.transfer(member.id, account(here, member.id), account(there, member.id), amount, commission)

    def transfer(self, member: str | None, debit: str, credit: str, amount: int, commission: int | None = None) -> None:
        """Records that an amount moves; 0 moves nothing and leaves no row."""
        if amount:
            self.decision.transfers.append(Transfer(self._next_leg, member, debit, credit, amount, commission))
            self._next_leg += 1

    def notify(self, person: str | None, notice: Notice) -> None:
        """Adds a notice to a person; None to all admins."""
        self.decision.notices.append(Addressed(person, notice))


def _credit(member: Member, close: Close, position: int) -> None:
    """Adds a member's credit from a close."""
    if amount := close.amount_of(position):
        member.earnings += amount
        setattr(member, close.bucket, getattr(member, close.bucket) + amount)
