"""An order as its shop has it now, held against what is recorded: it goes forward, never back.

What is left of a recorded order only ever becomes less by itself. Where a shop has more of it again (a refund taken
back, a cancelled order revived, a line added) a person has to look, for what was taken back from members stays so.
"""

from collections.abc import Callable
from typing import Final

from bot.kit.shop import Change, Snapshot
from bot.shops.recording import Recorder
from bot.shops.records import KnownOrder, ShopRecords
from engine.events import Refund
from engine.idempotency import composed_key
from engine.money import share_up
from engine.together import Together

CAME_TO_NOTHING: Final = ("cancelled", "failed")
"""The shop lets their coupons be used again; those of a refunded order it does not."""


class Snapshots:
    """Jobs of the writer; `now` gives milliseconds UTC."""

    def __init__(self, recorder: Recorder, records: ShopRecords, now: Callable[[], int]) -> None:
        self._recorder = recorder
        self._records = records
        self._now = now

    def take(self, books: Together, snapshot: Snapshot) -> Change:
        """Records what is new in it. Of two states of one second the one that has come further holds."""
        purchase, shop = snapshot.purchase, snapshot.purchase.shop
        newest = self._records.modified(books.connection, shop, purchase.id)
        if newest is not None and snapshot.modified < newest:
            return "older"
        self._records.put_snapshot(books.connection, shop, purchase.id, snapshot.status, snapshot.modified)
        if snapshot.status in CAME_TO_NOTHING:
            self._recorder.free(books, purchase)
        if books.order(shop.order(purchase.id)) is None:
            return self._record(books, snapshot)
        return self._settle(books, snapshot, same_moment=snapshot.modified == newest) or "nothing"

    def _record(self, books: Together, snapshot: Snapshot) -> Change:
        """A paid order that is new to the books, with what was given back of it already."""
        if snapshot.standing == "open":  # by the time it is paid, a token may hold no more
            self._recorder.link_tokens(books, snapshot.purchase)
        if snapshot.standing != "paid" or not snapshot.purchase.lines:
            return "nothing"
        refused = self._recorder.record(books, snapshot.purchase)
        if refused is not None:
            return self._refuse(books, snapshot, str(refused))
        return self._settle(books, snapshot, same_moment=False) or "recorded"

    def _settle(self, books: Together, snapshot: Snapshot, *, same_moment: bool) -> Change | None:
        """Takes back what the shop has given back since; None where nothing has changed."""
        purchase, shop = snapshot.purchase, snapshot.purchase.shop
        order = books.order(shop.order(purchase.id))
        known = self._records.order(books.connection, shop, purchase.id)
        if order is None or known is None:  # typed in by an admin under the shop's number: theirs to keep right
            return None
        left, wanted = order.total - order.refunded, self._left_of(snapshot, known)
        if wanted > left and not same_moment:
            return self._refuse(books, snapshot, "more_left")
        if wanted >= left:
            return None
        cause = composed_key("refund", order.id, "state", snapshot.modified, snapshot.status, wanted)
        former = f"refund:{order.id}:{snapshot.modified}:{snapshot.status}:{wanted}"
        outcome = books.submit(Refund(order.id, left - wanted), key=cause, former_key=former, actor=shop.realm)
        assert outcome.refusal is None  # there is that much left
        return "refunded"

    def _left_of(self, snapshot: Snapshot, known: KnownOrder) -> int:
        """What the shop still has of the order, in our money: of its lines the part that was not refunded."""
        if snapshot.standing == "over":
            return 0
        purchase = snapshot.purchase
        lines = self._recorder.converted(purchase.lines, known.currency, known.rate)
        total = sum(line.amount for line in lines)
        return total - share_up(total, min(snapshot.refunded, purchase.total), purchase.total)

    def _refuse(self, books: Together, snapshot: Snapshot, kind: str) -> Change:
        purchase = snapshot.purchase
        self._records.put_problem(
            books.connection, purchase.shop, purchase.id, kind, self._now(), status=snapshot.status
        )
        return "refused"
