"""Polls shops for changes that their webhooks missed: a delivery is sent once, and may be lost."""

import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from bot.kit.shop import Change, Malformed, Shop, Snapshot
from bot.kit.shop_kind import ShopConnection, ShopSettings, ShopUnreachable, UnreadableOrder
from bot.runtime.clock import Clock
from bot.runtime.ticker import Recurring
from bot.shop_kinds import connection_to
from bot.shops.categories import ShopCategories
from bot.shops.current_orders import ask_refund_lines
from bot.shops.recording import NO_RATE
from bot.shops.service import ShopOrderService
from bot.shops.unreadable import UNREADABLE, can_be_asked_for
from bot.store import load_queries
from bot.store.outbox import Outbox
from engine.errors import MoarefError
from engine.store.driver import DriverError
from engine.store.reader import Reader
from engine.store.writer import Writer

HOUR_MS: Final = 3_600_000
FIRST_LOOK_MS: Final = 24 * HOUR_MS
"""Age limit of the first poll: orders from before the shop was connected have no referral."""
OVERLAP_MS: Final = 60_000
"""Overlap of polls: a change in the second of the last one may follow its poll."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """Holds the number of orders read, their results, and the unreadable ones with their reasons."""

    looked_at: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    problems: dict[str, Malformed] = field(default_factory=dict)

    @property
    def unreadable(self) -> int:
        """Returns the number of unreadable orders."""
        return len(self.problems)


class Reconciler:
    """Polls the shops that can be asked. The clock's `now` is ms, UTC."""

    def __init__(
        self,
        shops: Mapping[str, tuple[Shop, ShopSettings]],
        order_service: ShopOrderService,
        categories: ShopCategories,
        outbox: Outbox,
        writer: Writer,
        reader: Reader,
        clock: Clock,
    ) -> None:
        self._shops = {name: pair for name, pair in shops.items() if pair[1].polled}
        self._order_service = order_service
        self._categories = categories
        self._outbox = outbox
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._queries = load_queries("shops")

    def recurring(self) -> Recurring:
        """Returns the hourly poll as recurring work."""
        return Recurring("shop poll", HOUR_MS, self.poll)

    async def poll(self) -> None:
        """Polls all shops; an unreachable one is retried the next time."""
        for name in self._shops:
            try:
                tally = await self.ask(name)
            except (MoarefError, DriverError) as problem:
                _log.warning("shop poll failed; retrying in an hour: %s", problem)
            else:
                _log.info("shop %s polled: %d orders, %s", name, tally.looked_at, dict(tally.changes))

    async def ask(self, name: str, since: int | None = None) -> Tally:
        """Takes every order changed since the last poll, or since that moment (ms, UTC). Raises ShopUnreachable.

        The next poll starts where this one ended, unless this one skipped something. Orders dated ahead do not move
        that point: the shop's clock may have jumped.
        """
        shop, settings = self._shops[name]
        cursor, now = f"reconcile:{name}", self._clock.now()
        known = await self._outbox.cursor(cursor)
        due = known - OVERLAP_MS if known else now - FIRST_LOOK_MS
        begin = since if since is not None else due
        tally, found = Tally(), dict[str, Snapshot]()
        async with connection_to(name, settings) as connection:
            await self._learn_categories(shop, connection)
            async for order in connection.orders_modified_after(shop, begin):
                self._sort(order, shop, found, tally)
            for order in await connection.orders_numbered(shop, await self._waiting(name)):
                self._sort(order, shop, found, tally)
            complete = [await ask_refund_lines(connection, each) for each in found.values()]
        for id, problem in tally.problems.items():
            await self._order_service.unreadable(shop, id, problem)
        split = {each.parent for each in complete}
        for snapshot in sorted(complete, key=_in_order):
            whole = replace(snapshot, split=snapshot.split or snapshot.purchase.id in split)
            tally.changes[await self._order_service.snapshot_of_now(whole)] += 1
        if begin <= due:
            reached = max([begin, *(each.modified for each in found.values() if each.modified <= now)])
            await self._writer.run(lambda connection: self._outbox.move_cursor(connection, cursor, reached))
            await self._settle_unnamed(name, now)
        return tally

    async def _learn_categories(self, shop: Shop, connection: ShopConnection) -> None:
        """Updates the categories. Orders are taken even where the shop's keys may not read its products."""
        await self._categories.load()
        try:
            products = [product async for product in connection.products()]
        except ShopUnreachable as problem:
            _log.warning("product categories not updated: %s", problem)
            return
        await self._categories.put(shop, products)

    @staticmethod
    def _sort(order: Snapshot | UnreadableOrder, shop: Shop, found: dict[str, Snapshot], tally: Tally) -> None:
        if isinstance(order, UnreadableOrder):
            tally.problems[order.order] = order.problem
            _log.error("shop %s: order %s unreadable: %s", shop.name, order.order, order.problem.key)
        elif order.purchase.id not in found:
            tally.looked_at += 1
            found[order.purchase.id] = order

    async def _waiting(self, name: str) -> list[str]:
        """Returns the orders that lacked an exchange rate or were unreadable; they are read again."""
        kinds = (NO_RATE, UNREADABLE)
        pages = [await self._reader.fetch(self._queries.unsettled.sql, {"shop": name, "kind": kind}) for kind in kinds]
        ids = {row["order_id"] for page in pages for row in page}
        return sorted(id for id in ids if can_be_asked_for(id))

    async def _settle_unnamed(self, name: str, now: int) -> None:
        """Settles problems of deliveries without an order number: the poll has covered their orders."""
        values = {"shop": name, "before": now - OVERLAP_MS, "now": now}
        await self._writer.run(lambda connection: self._queries.settle_unnamed(connection, **values))


def _in_order(snapshot: Snapshot) -> tuple[int, int, str]:
    """Returns what sorts by time, and orders of one moment by number."""
    return snapshot.modified, len(snapshot.purchase.id), snapshot.purchase.id
