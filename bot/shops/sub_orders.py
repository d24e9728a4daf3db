"""Counts the parent or the children of an order split by a marketplace, as configured, never both."""

from bot.kit.shop import Change, Shop, Snapshot
from bot.shops.late_friends import befriend
from bot.shops.order_sync import OrderSync
from bot.shops.recording import Recorder
from bot.store import load_queries
from engine.events.model import Refund
from engine.transaction import Transaction


class SubOrders:
    """Passes on the snapshots that count, within writer jobs. Children are recorded as they arrive."""

    def __init__(self, snapshots: OrderSync, recorder: Recorder) -> None:
        self._snapshots = snapshots
        self._recorder = recorder
        self._queries = load_queries("shops")

    def take(
        self, books: Transaction, snapshot: Snapshot, *, can_ask: bool = False, is_current: bool = False
    ) -> Change:
        """Returns the snapshot's result; "nothing" for one that does not count. Raises StateInDoubt."""
        shop, id = snapshot.purchase.shop, snapshot.purchase.id
        if snapshot.parent is not None:
            self._queries.put_sub_order(books.own_tables, shop=shop.name, id=id, parent=snapshot.parent)
        if shop.sub_orders == "parent":
            counts = self._is_recorded(books, shop, id) or not (
                snapshot.parent or self._recorded_children(books, snapshot)
            )
            if counts:
                return self._snapshots.take(books, snapshot, can_ask=can_ask, is_current=is_current)
            return "refused" if self._tell_given_back(books, snapshot) else "nothing"
        if snapshot.parent is not None:
            change = self._snapshots.take(books, snapshot, can_ask=can_ask, is_current=is_current)
            self._withdraw(books, shop, snapshot.parent)
            return change
        if snapshot.split or self._children(books, snapshot):
            return self._pass_over(books, snapshot)
        return self._snapshots.take(books, snapshot, can_ask=can_ask, is_current=is_current)

    def _tell_given_back(self, books: Transaction, snapshot: Snapshot) -> bool:
        """Notes what a vendor gave back of a child while the recorded parent, which counts, keeps all of it.

        Marketplaces need not pass that on to the parent, so only an admin can know. Returns whether there is any.
        """
        shop, id = snapshot.purchase.shop, snapshot.purchase.id
        given_back = snapshot.refunded > 0 or snapshot.payment_state == "over"
        if snapshot.parent is None or not given_back:
            return False
        parent = books.order(shop.order(snapshot.parent))
        if parent is None or parent.refunded:
            return False
        self._snapshots.tell_child_given_back(books, shop, id, snapshot)
        return True

    def _pass_over(self, books: Transaction, snapshot: Snapshot) -> Change:
        """Records only the buyer: a parent whose children count identifies the buyer and their sponsor."""
        told = False
        if snapshot.payment_state == "paid":
            told = self._befriend(books, snapshot)
        elif snapshot.payment_state == "open":
            self._recorder.link_tokens(books, snapshot.purchase)
        withdrawn = self._withdraw(books, snapshot.purchase.shop, snapshot.purchase.id)
        return "refunded" if withdrawn else "refused" if told else "nothing"

    def _befriend(self, books: Transaction, snapshot: Snapshot) -> bool:
        """Follows who the buyer is; whether a member has missed something by children that came before the parent."""
        shop = snapshot.purchase.shop
        found = {id: order for id in self._children(books, snapshot) if (order := books.order(shop.order(id)))}
        missed = befriend(books, self._recorder, snapshot.purchase, found.values())
        told = [id for id, order in found.items() if order.id in missed and order.refunded < order.total]
        for id in told:
            self._snapshots.tell_late_friend(books, shop, id, missed[found[id].id])
        return bool(told)

    def _withdraw(self, books: Transaction, shop: Shop, parent: str) -> bool:
        """Takes back a parent that was recorded before one of its children arrived. Returns whether there was one."""
        order = books.order(shop.order(parent))
        is_ours = self._queries.order(books.own_tables, shop=shop.name, id=parent) is not None
        if order is None or not is_ours or order.refunded == order.total:
            return False
        key = f"refund:{order.id}:sub_orders"
        outcome = books.submit(Refund(order.id, order.total - order.refunded), key=key, actor=shop.realm)
        assert outcome.refusal is None  # the remainder suffices
        return True

    def _children(self, books: Transaction, snapshot: Snapshot) -> list[str]:
        rows = self._queries.sub_orders(books.own_tables, shop=snapshot.purchase.shop.name, parent=snapshot.purchase.id)
        return [row["id"] for row in rows]

    def _recorded_children(self, books: Transaction, snapshot: Snapshot) -> bool:
        """Returns whether children were recorded, under the other setting."""
        shop = snapshot.purchase.shop
        return any(self._is_recorded(books, shop, id) for id in self._children(books, snapshot))

    def _is_recorded(self, books: Transaction, shop: Shop, id: str) -> bool:
        return books.order(shop.order(id)) is not None
