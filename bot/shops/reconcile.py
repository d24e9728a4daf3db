"""Asks shops for what their webhooks did not bring: each delivery is sent once, and may have been lost."""

import asyncio
import json
import logging
import sqlite3
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from bot.config.shops import ShopTable
from bot.kit.shop import Change, Malformed, Shop, Snapshot
from bot.kit.woocommerce import order_name, product_of, snapshot_of
from bot.runtime.clock import Clock
from bot.shops.categories import ShopCategories
from bot.shops.client import ShopClient, ShopUnreachable
from bot.shops.current_orders import ask_refund_lines
from bot.shops.recording import NO_RATE
from bot.shops.service import ShopOrderService
from bot.shops.unreadable import UNREADABLE, can_be_asked_for
from bot.store import load_queries
from bot.store.outbox import Outbox
from engine.errors import MoarefError
from engine.store.reader import Reader
from engine.store.writer import Writer

HOUR_MS: Final = 3_600_000
FIRST_LOOK_MS: Final = 24 * HOUR_MS
"""How far back a shop is asked the first time: what was sold before it was connected brought nobody here."""
OVERLAP_MS: Final = 60_000
"""A change in the second of the last one may have come after we asked."""

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class Tally:
    """How many orders were looked at, what they came to, and which could not be read, with what is wrong with each."""

    looked_at: int = 0
    changes: Counter[Change] = field(default_factory=Counter)
    problems: dict[str, Malformed] = field(default_factory=dict)

    @property
    def unreadable(self) -> int:
        """How many could not be read."""
        return len(self.problems)


class Reconciler:
    """Polls the shops that have a `url`. `now` of the clock is milliseconds UTC."""

    def __init__(
        self,
        shops: Mapping[str, tuple[Shop, ShopTable]],
        till: ShopOrderService,
        categories: ShopCategories,
        outbox: Outbox,
        writer: Writer,
        reader: Reader,
        clock: Clock,
    ) -> None:
        self._shops = {name: pair for name, pair in shops.items() if pair[1].polled}
        self._till = till
        self._categories = categories
        self._outbox = outbox
        self._writer = writer
        self._reader = reader
        self._clock = clock
        self._queries = load_queries("shops")

    async def run(self) -> None:
        """At once and then every hour, until cancelled; a shop that does not answer is asked again next time."""
        while True:
            for name in self._shops:
                try:
                    tally = await self.ask(name)
                except (MoarefError, sqlite3.Error) as problem:
                    _log.warning("a shop is asked again in an hour: %s", problem)
                else:
                    _log.info("shop %s: %d orders looked at, %s", name, tally.looked_at, dict(tally.changes))
            await self._clock.wait(asyncio.Event(), HOUR_MS)

    async def ask(self, name: str, since: int | None = None) -> Tally:
        """Takes every order changed since the last time, or since that moment (ms, UTC). Raises ShopUnreachable.

        The next time begins where this one came to, unless this one left something out. What is dated ahead of us says
        nothing of where that is: the shop's clock may have jumped.
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
            await self._till.unreadable(shop, order, problem)
        split = {each.parent for each in complete}
        for snapshot in sorted(complete, key=lambda each: (each.modified, int(each.purchase.id))):
            whole = replace(snapshot, split=snapshot.split or snapshot.purchase.id in split)
            tally.changes[await self._till.snapshot_of_now(whole)] += 1
        if begin <= due:
            reached = max([begin, *(each.modified for each in found.values() if each.modified <= now)])
            await self._writer.run(lambda connection: self._outbox.move_cursor(connection, cursor, reached))
            await self._settle_unnamed(name, now)
        return tally

    async def _learn_categories(self, shop: Shop, client: ShopClient) -> None:
        """Orders are taken also where the shop's keys do not let us see its products."""
        await self._categories.load()
        try:
            said = [raw async for raw in client.products()]
        except ShopUnreachable as problem:
            _log.warning("the categories of products stay as they are: %s", problem)
            return
        products = []
        for raw in said:
            try:
                products.append(product_of(json.dumps(raw).encode()))
            except Malformed as problem:
                _log.error("shop %s: product %s cannot be read: %s", shop.name, raw.get("id"), problem.key)
        await self._categories.put(shop, products)

    def _read(self, raw: Any, shop: Shop, found: dict[str, Snapshot], tally: Tally) -> None:
        body = json.dumps(raw).encode()
        try:
            snapshot = snapshot_of(body, shop)
        except Malformed as problem:
            order = order_name(body)
            tally.problems[order] = problem
            _log.error("shop %s: order %s cannot be read: %s", shop.name, order, problem.key)
            return
        if snapshot.purchase.id not in found:
            tally.looked_at += 1
            found[snapshot.purchase.id] = snapshot

    async def _waiting(self, name: str) -> list[str]:
        """Orders that had no rate when they came, or could not be read: what has changed since, they are taken now."""
        kinds = (NO_RATE, UNREADABLE)
        pages = [await self._reader.fetch(self._queries.unsettled.sql, {"shop": name, "kind": kind}) for kind in kinds]
        ids = {row["order_id"] for page in pages for row in page}
        return sorted(id for id in ids if can_be_asked_for(id))

    async def _settle_unnamed(self, name: str, now: int) -> None:
        """Whatever order a delivery without a number told of, the shop has been asked for it by now."""
        values = {"shop": name, "before": now - OVERLAP_MS, "now": now}
        await self._writer.run(lambda connection: self._queries.settle_unnamed(connection, **values))
