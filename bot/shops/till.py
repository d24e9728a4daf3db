"""The till: everything that shops say goes through here, each in one durable transaction."""

from collections.abc import Callable, Mapping
from typing import Final

from bot.kit.shop import Change, Malformed, Purchase, Receipt, Refunding, Shop, Snapshot
from bot.shops.recording import Recorder
from bot.shops.records import ShopRecords
from bot.shops.snapshots import Snapshots
from bot.shops.sub_orders import SubOrders
from bot.shops.unreadable import UNREADABLE, reason_of
from engine.errors import KeyReused, MoarefError, Refusal
from engine.exchange import Exchange
from engine.service import Engine
from engine.together import Together

CONFLICT: Final = "conflict"


class ShopTill:
    """The kit's Till.

    `rates` are the configuration's; `now` gives milliseconds UTC; `troubled` is called when admins have to look.
    """

    def __init__(
        self,
        engine: Engine,
        rates: Mapping[str, str],
        *,
        now: Callable[[], int],
        troubled: Callable[[], None] = lambda: None,
    ) -> None:
        self._engine = engine
        self._records = ShopRecords()
        self._recorder = Recorder(Exchange(engine.programme.currency, rates), self._records, now)
        self._orders = SubOrders(Snapshots(self._recorder, self._records, now), self._recorder)
        self._now = now
        self._troubled = troubled

    async def order(self, purchase: Purchase, *, key: str | None) -> Receipt:
        """Raises RequestConflict, NoRate, Worthless, Conflict."""
        return self._given(await self._engine.together(lambda books: self._recorder.order(books, purchase, key)))

    async def refund(self, refunding: Refunding, *, key: str | None) -> Receipt:
        """Raises RequestConflict, UnknownOrder, OverRefund."""
        return self._given(await self._engine.together(lambda books: self._recorder.refund(books, refunding, key)))

    async def snapshot(self, snapshot: Snapshot) -> Change:
        """What it came to; what cannot be taken is kept for the admins."""
        try:
            change = await self._engine.together(lambda books: self._take(books, snapshot))
        except (Refusal, KeyReused):  # an order under this number was taken, or refused, with other content
            change = await self._engine.together(lambda books: self._conflict(books, snapshot))
        if change == "refused":
            self._troubled()
        return change

    def _take(self, books: Together, snapshot: Snapshot) -> Change:
        change = self._orders.take(books, snapshot)
        if change != "older":  # what could not be read may be the newer state
            self._read(books, snapshot)
        return change

    def _read(self, books: Together, snapshot: Snapshot) -> None:
        shop, id = snapshot.purchase.shop, snapshot.purchase.id
        self._records.settle(books.connection, shop, id, UNREADABLE, self._now())

    def _conflict(self, books: Together, snapshot: Snapshot) -> Change:
        self._read(books, snapshot)
        shop, id = snapshot.purchase.shop, snapshot.purchase.id
        self._records.put_problem(books.connection, shop, id, CONFLICT, self._now(), status=snapshot.status)
        return "refused"

    async def unreadable(self, shop: Shop, order: str, problem: Malformed) -> None:
        """Keeps the reason and nothing else, until the order can be read."""
        reason, now = reason_of(problem), self._now()
        await self._engine.together(
            lambda books: self._records.put_unreadable(books.connection, shop, order, reason, now)
        )
        self._troubled()

    async def deleted(self, shop: Shop, order: str) -> None:
        """Where something is left of the order the admins hear that their shop no longer has it."""

        def note(books: Together) -> bool:
            self._records.settle(books.connection, shop, order, UNREADABLE, self._now())
            known = books.order(shop.order(order))
            left = known is not None and known.refunded < known.total
            if left:
                self._records.put_problem(books.connection, shop, order, "deleted", self._now())
            return left

        if await self._engine.together(note):
            self._troubled()

    def _given(self, result: Receipt | MoarefError) -> Receipt:
        """What a job returns as an error is durable, and raised only now."""
        if isinstance(result, MoarefError):
            self._troubled()
            raise result
        return result
