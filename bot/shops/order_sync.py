"""Compares an order's current state at its shop with its record, which only ever moves forward.

The remainder of a recorded order decreases automatically. Where a shop has more again (a refund reversed, a cancelled
order revived, a line added) an admin must decide, because amounts taken back from members stay so; likewise for a
change of currency. Each change is reported once, even where the order's date is unchanged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from bot.kit.shop import Change, Purchase, Shop, Snapshot
from bot.shops.late_friends import befriend
from bot.shops.order_states import OrderState, Worth, came_before, is_older, is_uncertain, next_state, worth_of
from bot.shops.recording import NUMBER_TAKEN, Recorder
from bot.shops.records import KnownOrder, ShopRecords, digest_of_snapshot, whose_digest
from engine.errors import MoarefError
from engine.events.model import Refund
from engine.idempotency import composed_key
from engine.records import OrderRecord
from engine.transaction import Transaction

CAME_TO_NOTHING: Final = ("cancelled", "failed")
"""States in which the shop releases the coupons; those of a refunded order stay used."""
MORE_LEFT: Final = "more_left"
CURRENCY_CHANGED: Final = "currency_changed"
LATE_FRIEND: Final = "late_friend"
CHILD_GIVEN_BACK: Final = "child_given_back"
DELETED: Final = "deleted"


class StateInDoubt(MoarefError):
    """Reports that only the shop can tell which of two states is newer; nothing was written."""


@dataclass(frozen=True, slots=True)
class _Step:
    """Holds the step between two states of a recorded order: `left` is its remainder in the ledger."""

    order: OrderRecord
    known: OrderState | None
    snapshot: Snapshot
    digest: str
    worth: Worth
    is_first: bool

    @property
    def purchase(self) -> Purchase:
        return self.snapshot.purchase

    @property
    def shop(self) -> Shop:
        return self.snapshot.purchase.shop

    @property
    def before(self) -> Worth | None:
        return self.known.worth if self.known is not None else None

    @property
    def left(self) -> int:
        return self.order.total - self.order.refunded

    @property
    def is_repeated(self) -> bool:
        """Returns whether the last body was delivered again."""
        return self.known is not None and self.known.digest == self.digest

    @property
    def has_risen(self) -> bool:
        """Returns whether the shop has more of it than before, and than is left in the ledger."""
        earlier = self.before.left if self.before is not None else self.left
        return not self.is_first and not self.is_repeated and self.worth.left > max(earlier, self.left)


class OrderSync:
    """Synchronises orders within writer jobs; `now` returns ms, UTC."""

    def __init__(self, recorder: Recorder, records: ShopRecords, now: Callable[[], int]) -> None:
        self._recorder = recorder
        self._records = records
        self._now = now

    def take(
        self, books: Transaction, snapshot: Snapshot, *, can_ask: bool = False, is_current: bool = False
    ) -> Change:
        """Records the changes. Of two states of one second, the more advanced one holds.

        `is_current`: the snapshot was read from the shop just now. Raises StateInDoubt where it was not, the order of
        states matters, and the shop can be read.
        """
        purchase, shop = snapshot.purchase, snapshot.purchase.shop
        known = self._records.state(books.own_tables, shop, purchase.id)
        digest = digest_of_snapshot(snapshot)
        if known is not None and is_older(snapshot, digest, known, self._now(), is_current=is_current):
            return "older"
        if snapshot.status in CAME_TO_NOTHING:
            self._recorder.free(books, purchase)
        self._records.settle(books.own_tables, shop, purchase.id, DELETED, self._now())
        if self._recorder.is_taken(books, purchase):
            change = self._refuse(books, snapshot, NUMBER_TAKEN) if snapshot.payment_state == "paid" else "nothing"
        elif (recorded := self._records.order(books.own_tables, shop, purchase.id)) is not None:
            step = self._step(books, snapshot, digest, known, recorded)
            if can_ask and step.has_risen and is_uncertain(snapshot, known):
                raise StateInDoubt
            return self._follow(books, step)
        else:
            if can_ask and _is_revived(snapshot, known):
                raise StateInDoubt
            change = self._record(books, snapshot)
            recorded = self._records.order(books.own_tables, shop, purchase.id)
            if recorded is not None:
                return self._follow(books, self._step(books, snapshot, digest, known, recorded, is_first=True))
        self._put(books, snapshot, next_state(snapshot, digest, whose_digest(purchase), known, None, self._now()))
        return change

    def _put(self, books: Transaction, snapshot: Snapshot, state: OrderState) -> None:
        self._records.put_state(books.own_tables, snapshot.purchase.shop, snapshot.purchase.id, state)

    def _step(
        self,
        books: Transaction,
        snapshot: Snapshot,
        digest: str,
        known: OrderState | None,
        recorded: KnownOrder,
        *,
        is_first: bool = False,
    ) -> _Step:
        purchase = snapshot.purchase
        order = books.order(purchase.shop.order(purchase.id))
        assert order is not None  # both rows are written together
        lines = self._recorder.converted(purchase.lines, recorded.currency, recorded.rate)
        before = known.worth if known is not None else None
        worth = worth_of(snapshot, recorded.currency, lines, order.total, before)
        return _Step(order, known, snapshot, digest, worth, is_first)

    def _record(self, books: Transaction, snapshot: Snapshot) -> Change:
        """Records a paid order that the ledger lacks."""
        if snapshot.payment_state == "open":  # a token may expire before the order is paid
            self._recorder.link_tokens(books, snapshot.purchase)
        if snapshot.payment_state != "paid" or not snapshot.purchase.lines:
            return "nothing"
        refused = self._recorder.record(books, snapshot.purchase)
        return "recorded" if refused is None else self._refuse(books, snapshot, str(refused))

    def _follow(self, books: Transaction, step: _Step) -> Change:
        """Takes back what the shop refunded since, and reports changes that cannot be applied."""
        whose = whose_digest(step.purchase)
        state = next_state(step.snapshot, step.digest, whose, step.known, step.worth, self._now())
        if step.has_risen and step.known is not None and came_before(step.snapshot, step.worth, step.known):
            self._put(books, step.snapshot, _still(step.known, step.digest, step.worth))
            return "nothing"
        self._put(books, step.snapshot, state)
        told = self._tell(books, step)
        told |= self._befriend(books, step)
        if step.worth.left < step.left:
            self._give_back(books, step)
            return "refunded"
        if step.is_first:
            return "recorded"
        is_open = step.worth.left > step.left and self._is_unsettled(books, step, MORE_LEFT)
        return "refused" if told or is_open else "nothing"

    def _give_back(self, books: Transaction, step: _Step) -> None:
        """Reduces the recorded remainder to the shop's."""
        snapshot, wanted = step.snapshot, step.worth.left
        id = step.order.id
        cause = composed_key("refund", id, "state", snapshot.modified, snapshot.status, wanted)
        former = f"refund:{id}:{snapshot.modified}:{snapshot.status}:{wanted}"
        event = Refund(id, step.left - wanted)
        outcome = books.submit(event, key=cause, former_key=former, actor=step.shop.realm)
        assert outcome.refusal is None  # the remainder suffices

    def _tell(self, books: Transaction, step: _Step) -> bool:
        """Records each change that is not applied. Returns whether there is one."""
        db, shop, id, now = books.own_tables, step.shop, step.purchase.id, self._now()
        recorded = self._records.order(db, shop, id)
        assert recorded is not None
        earlier = step.before.currency if step.before is not None else recorded.currency
        is_other = step.worth.currency not in (earlier, recorded.currency)
        if is_other:
            content = {"recorded": recorded.currency, "currency": step.worth.currency}
            self._records.put_change(db, shop, id, CURRENCY_CHANGED, now, **content)
        elif step.worth.currency == recorded.currency:
            self._records.settle(db, shop, id, CURRENCY_CHANGED, now)
        if step.has_risen:
            self._records.put_change(db, shop, id, MORE_LEFT, now, status=step.snapshot.status)
        elif step.worth.left <= step.left:
            self._records.settle(db, shop, id, MORE_LEFT, now)
        return is_other or step.has_risen

    def _befriend(self, books: Transaction, step: _Step) -> bool:
        """Updates the buyer's attribution. Returns whether a member missed a commission by the delay."""
        purchase, known = step.purchase, step.known
        is_same = known is not None and known.whose == whose_digest(purchase)
        if step.is_first or is_same or step.snapshot.payment_state == "over":
            return False
        sponsor = befriend(books, self._recorder, purchase, [step.order]).get(step.order.id)
        if sponsor is None or not step.worth.left:
            return False
        self.tell_late_friend(books, step.shop, purchase.id, sponsor)
        return True

    def tell_late_friend(self, books: Transaction, shop: Shop, id: str, sponsor: str) -> None:
        """Notes that a member would have earned from the shop's order, had it been known who brought its buyer."""
        content = {"sponsor": sponsor}
        self._records.put_problem(books.own_tables, shop, id, LATE_FRIEND, self._now(), change=sponsor, **content)

    def tell_child_given_back(self, books: Transaction, shop: Shop, id: str, snapshot: Snapshot) -> None:
        """Notes once for each state that something of a child went back, which its parent does not show."""
        state = f"{snapshot.status}:{snapshot.refunded}"
        content = {"parent": shop.order(snapshot.parent or "")}
        self._records.put_problem(books.own_tables, shop, id, CHILD_GIVEN_BACK, self._now(), change=state, **content)

    def _is_unsettled(self, books: Transaction, step: _Step, kind: str) -> bool:
        return self._records.is_unsettled(books.own_tables, step.shop, step.purchase.id, kind)

    def _refuse(self, books: Transaction, snapshot: Snapshot, kind: str) -> Change:
        purchase = snapshot.purchase
        self._records.put_problem(
            books.own_tables, purchase.shop, purchase.id, kind, self._now(), status=snapshot.status
        )
        return "refused"


def _is_revived(snapshot: Snapshot, known: OrderState | None) -> bool:
    """Returns whether a cancelled order is paid, and no date orders the two states."""
    over = known is not None and known.status in (*CAME_TO_NOTHING, "refunded")
    return over and snapshot.payment_state == "paid" and is_uncertain(snapshot, known)


def _still(known: OrderState, digest: str, worth: Worth) -> OrderState:
    """Returns the known state, kept where an earlier state of the same moment arrived after it."""
    earlier = known.worth or worth
    return replace(known, digest=digest, worth=replace(earlier, most=max(earlier.most, worth.most)))
