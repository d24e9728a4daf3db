"""Polls shops for changes that their webhooks missed: a delivery is sent once, and may be lost."""

import json
import logging
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.config.shops import ShopTable
from bot.kit.shop import Change, Malformed, Shop, Snapshot
from bot.kit.woocommerce import order_name, product_of, snapshot_of
from bot.runtime.clock import Clock
from bot.runtime.ticker import Recurring
from bot.shops.categories import ShopCategories
from bot.shops.client import ShopClient, ShopUnreachable
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
    """Polls the shops that have a `url`. The clock's `now` is ms, UTC."""

    def __init__(
        self,
        shops: Mapping[str, tuple[Shop, ShopTable]],
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
        shop, table = self._shops[name]
        cursor, now = f"reconcile:{name}", self._clock.now()
        known = await self._outbox.cursor(cursor)
        due = known - OVERLAP_MS if known else now - FIRST_LOOK_MS
        begin = since if since is not None else due
        tally, found = Tally(), dict[str, Snapshot]()
        async with ShopClient(name, table) as client:
            await self._learn_categories(shop, client)
            async for raw in client.modified_after(begin):
                self._read(raw, shop, found, tally)
            for raw in await client.numbered(await self._waiting(name)):
                self._read(raw, shop, found, tally)
            complete = [await ask_refund_lines(client, each) for each in found.values()]
        for order, problem in tally.problems.items():
            await self._order_service.unreadable(shop, order, problem)
        split = {each.parent for each in complete}
        for snapshot in sorted(complete, key=lambda each: (each.modified, int(each.purchase.id))):
            whole = replace(snapshot, split=snapshot.split or snapshot.purchase.id in split)
            tally.changes[await self._order_service.snapshot_of_now(whole)] += 1
        if begin <= due:
            reached = max([begin, *(each.modified for each in found.values() if each.modified <= now)])
            await self._writer.run(lambda connection: self._outbox.move_cursor(connection, cursor, reached))
            await self._settle_unnamed(name, now)
        return tally

    async def _learn_categories(self, shop: Shop, client: ShopClient) -> None:
        """Updates the categories. Orders are taken even where the shop's keys may not read its products."""
        await self._categories.load()
        try:
            said = [raw async for raw in client.products()]
        except ShopUnreachable as problem:
            _log.warning("product categories not updated: %s", problem)
            return
        products = []
        for raw in said:
            try:
                products.append(product_of(json.dumps(raw).encode()))
            except Malformed as problem:
                _log.error("shop %s: product %s unreadable: %s", shop.name, raw.get("id"), problem.key)
        await self._categories.put(shop, products)

    def _read(self, raw: Any, shop: Shop, found: dict[str, Snapshot], tally: Tally) -> None:
        body = json.dumps(raw).encode()
        try:
            snapshot = snapshot_of(body, shop)
        except Malformed as problem:
            order = order_name(body)
            tally.problems[order] = problem
            _log.error("shop %s: order %s unreadable: %s", shop.name, order, problem.key)
            return
        if snapshot.purchase.id not in found:
            tally.looked_at += 1
            found[snapshot.purchase.id] = snapshot

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
