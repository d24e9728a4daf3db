"""Records everything that shops send, each in one durable transaction."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.kit.shop import Change, Malformed, Purchase, Receipt, Refunding, Shop, Snapshot
from bot.runtime.signals import Signal
from bot.shops.current_orders import CurrentOrders
from bot.shops.order_sync import DELETED, OrderSync, StateInDoubt
from bot.shops.recording import Recorder
from bot.shops.records import ShopRecords
from bot.shops.sub_orders import SubOrders
from bot.shops.unreadable import UNREADABLE, reason_of
from engine.errors import KeyReused, MoarefError, Refusal
from engine.exchange import Exchange
from engine.service import Engine
from engine.transaction import Transaction

CONFLICT: Final = "conflict"


class ShopOrderService:
    """Implements the kit's Till.

    `rates` are the configuration's; `now` returns ms, UTC; `failed` is set when there is a problem for the admins;
    `current` reads orders from shops.
    """

    def __init__(
        self,
        engine: Engine,
        rates: Mapping[str, str],
        *,
        now: Callable[[], int],
        failed: Signal,
        current: CurrentOrders | None = None,
    ) -> None:
        self._engine = engine
        self._records = ShopRecords()
        self._recorder = Recorder(Exchange(engine.programme.currency, rates), self._records, now)
        self._orders = SubOrders(OrderSync(self._recorder, self._records, now), self._recorder)
        self._now = now
        self._failed = failed
        self._current = current or CurrentOrders({})

    async def order(self, purchase: Purchase, *, key: str | None) -> Receipt:
        """Records an order. Raises RequestConflict, NoRate, Worthless, Conflict."""
        return self._given(
            await self._engine.transaction(lambda books: self._recorder.order(books, purchase, key), together=True)
        )

    async def refund(self, refunding: Refunding, *, key: str | None) -> Receipt:
        """Records a refund. Raises RequestConflict, UnknownOrder, OverRefund."""
        return self._given(
            await self._engine.transaction(lambda books: self._recorder.refund(books, refunding, key), together=True)
        )

    async def snapshot(self, snapshot: Snapshot) -> Change:
        """Records a delivered order state. Returns the result; rejected orders are stored for the admins.

        Where the shop can be read, it provides the refunds' details, and tells which of two states is newer.
        """
        try:
            can_ask = self._current.can_ask(snapshot.purchase.shop)
            return await self._take(await self._current.with_refund_lines(snapshot), can_ask=can_ask)
        except StateInDoubt:
            current = await self._current.now(snapshot)
            return await self._take(current, is_current=current is not snapshot)

    async def snapshot_of_now(self, snapshot: Snapshot) -> Change:
        """Records an order state that was read from the shop just now."""
        return await self._take(snapshot, is_current=True)

    async def _take(self, snapshot: Snapshot, *, can_ask: bool = False, is_current: bool = False) -> Change:
        def job(books: Transaction) -> Change:
            change = self._orders.take(books, snapshot, can_ask=can_ask, is_current=is_current)
            if change != "older":  # the unreadable delivery may be the newer state
                self._read(books, snapshot)
            return change

        try:
            change = await self._engine.transaction(job, together=True)
        except (Refusal, KeyReused):  # this number was recorded or refused with other content
            change = await self._engine.transaction(lambda books: self._conflict(books, snapshot))
        if change in ("refused", "refunded"):
            self._failed.set()
        return change

    def _read(self, books: Transaction, snapshot: Snapshot) -> None:
        shop, id = snapshot.purchase.shop, snapshot.purchase.id
        self._records.settle(books.own_tables, shop, id, UNREADABLE, self._now())

    def _conflict(self, books: Transaction, snapshot: Snapshot) -> Change:
        self._read(books, snapshot)
        shop, id = snapshot.purchase.shop, snapshot.purchase.id
        self._records.put_problem(books.own_tables, shop, id, CONFLICT, self._now(), status=snapshot.status)
        return "refused"

    async def unreadable(self, shop: Shop, order: str, problem: Malformed) -> None:
        """Stores the reason, without the shop's data, until the order can be read."""
        reason, now = reason_of(problem), self._now()
        await self._engine.transaction(
            lambda books: self._records.put_unreadable(books.own_tables, shop, order, reason, now)
        )
        self._failed.set()

    async def deleted(self, shop: Shop, order: str) -> None:
        """Reports a deleted order to the admins where part of it is still recorded."""

        def note(books: Transaction) -> bool:
            self._records.settle(books.own_tables, shop, order, UNREADABLE, self._now())
            known = books.order(shop.order(order))
            left = known is not None and known.refunded < known.total
            is_new = left and not self._records.is_unsettled(books.own_tables, shop, order, DELETED)
            if is_new:
                self._records.put_change(books.own_tables, shop, order, DELETED, self._now())
            return is_new

        if await self._engine.transaction(note):
            self._failed.set()

    def _given(self, result: Receipt | MoarefError) -> Receipt:
        """Raises an error that a job returned; it is durable by now."""
        if isinstance(result, MoarefError):
            self._failed.set()
            raise result
        return result
