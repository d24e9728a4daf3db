"""Reads one order from its shop while a delivery waits: the details of its refunds, and its current state.

Where a shop cannot be reached, or does not answer in time, the delivered state is used.
"""

import json
import logging
from collections.abc import Mapping
from typing import Final

import aiohttp

from bot.config.shops import ShopTable
from bot.kit.json import JsonView
from bot.kit.shop import Malformed, Shop, Snapshot
from bot.kit.woocommerce import snapshot_of
from bot.shops.client import NotAllowed, ShopClient, ShopUnreachable
from bot.shops.refund_lines import UnreadableRefunds, with_refund_lines

TIMEOUT: Final = aiohttp.ClientTimeout(total=8, sock_connect=3, sock_read=5)
"""Time limit in seconds; the shop waits for the answer to its delivery meanwhile."""

_log = logging.getLogger(__name__)


class CurrentOrders:
    """Reads from the shops that have a `url`, by name."""

    def __init__(self, shops: Mapping[str, ShopTable]) -> None:
        self._tables = {name: table for name, table in shops.items() if table.polled}

    def can_ask(self, shop: Shop) -> bool:
        """Returns whether the shop can be read."""
        return shop.name in self._tables

    async def with_refund_lines(self, snapshot: Snapshot) -> Snapshot:
        """Returns the snapshot with its refunds' details, where the shop sends them."""
        shop = snapshot.purchase.shop
        if not self.can_ask(shop) or not wants_refund_lines(snapshot):
            return snapshot
        try:
            async with self._client(shop) as client:
                return await ask_refund_lines(client, snapshot)
        except ShopUnreachable as problem:
            _log.warning("order %s: refunds counted in proportion: %s", snapshot.purchase.id, problem)
            return snapshot

    async def now(self, snapshot: Snapshot) -> Snapshot:
        """Returns the shop's current order, or the delivered one where the shop does not answer."""
        purchase = snapshot.purchase
        if not self.can_ask(purchase.shop):
            return snapshot
        try:
            async with self._client(purchase.shop) as client:
                for raw in await client.numbered([purchase.id]):
                    found = _read(raw, purchase.shop)
                    if found is not None and found.purchase.id == purchase.id:
                        return await ask_refund_lines(client, found)
        except ShopUnreachable as problem:
            _log.warning("order %s: using the delivered state: %s", purchase.id, problem)
        return snapshot

    def _client(self, shop: Shop) -> ShopClient:
        return ShopClient(shop.name, self._tables[shop.name], TIMEOUT)


def wants_refund_lines(snapshot: Snapshot) -> bool:
    """Returns whether the refunds' details matter: after no refund or a complete one they do not."""
    return snapshot.refunded > 0 and snapshot.goods_refunded is None and snapshot.payment_state != "over"


async def ask_refund_lines(client: ShopClient, snapshot: Snapshot) -> Snapshot:
    """Returns the snapshot with the refunded goods; unchanged where the keys may not read refunds.

    Raises ShopUnreachable.
    """
    if not wants_refund_lines(snapshot):
        return snapshot
    try:
        return with_refund_lines(snapshot, await client.refunds(snapshot.purchase.id))
    except (NotAllowed, UnreadableRefunds) as problem:
        _log.info("order %s: refunds counted in proportion: %s", snapshot.purchase.id, problem)
        return snapshot


def _read(raw: JsonView, shop: Shop) -> Snapshot | None:
    try:
        return snapshot_of(json.dumps(raw).encode(), shop)
    except Malformed:
        return None
