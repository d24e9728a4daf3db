"""Asks a shop about one order while a delivery waits: what its refunds were for, and what it is like by now.

Where a shop cannot be asked, or does not answer in time, what it has delivered holds.
"""

import json
import logging
from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from bot.config.shops import ShopTable
from bot.kit.shop import Malformed, Shop, Snapshot
from bot.kit.woocommerce import snapshot_of
from bot.shops.client import NotAllowed, ShopClient, ShopUnreachable
from bot.shops.refund_lines import UnreadableRefunds, with_refund_lines

TIMEOUT: Final = aiohttp.ClientTimeout(total=8, sock_connect=3, sock_read=5)
"""A shop waits for the answer to its delivery meanwhile."""

_log = logging.getLogger(__name__)


class CurrentOrders:
    """Asks the shops that have a `url`, by their names."""

    def __init__(self, shops: Mapping[str, ShopTable]) -> None:
        self._tables = {name: table for name, table in shops.items() if table.polled}

    def can_ask(self, shop: Shop) -> bool:
        """Returns whether the shop can be asked."""
        return shop.name in self._tables

    async def with_refund_lines(self, snapshot: Snapshot) -> Snapshot:
        """Returns the snapshot with what its refunds were for, where the shop says so now."""
        shop = snapshot.purchase.shop
        if not self.can_ask(shop) or not wants_refund_lines(snapshot):
            return snapshot
        try:
            async with self._client(shop) as client:
                return await ask_refund_lines(client, snapshot)
        except ShopUnreachable as problem:
            _log.warning("refunds of order %s count in proportion: %s", snapshot.purchase.id, problem)
            return snapshot

    async def now(self, snapshot: Snapshot) -> Snapshot:
        """Returns the order as the shop has it now, or as it was delivered where the shop does not say."""
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
            _log.warning("order %s holds as it was delivered: %s", purchase.id, problem)
        return snapshot

    def _client(self, shop: Shop) -> ShopClient:
        return ShopClient(shop.name, self._tables[shop.name], TIMEOUT)


def wants_refund_lines(snapshot: Snapshot) -> bool:
    """Returns whether it matters what was refunded: where nothing or all is over, it does not."""
    return snapshot.refunded > 0 and snapshot.goods_refunded is None and snapshot.standing != "over"


async def ask_refund_lines(client: ShopClient, snapshot: Snapshot) -> Snapshot:
    """Returns the snapshot with what went back of its goods; as it is where the keys do not show that.

    Raises ShopUnreachable.
    """
    if not wants_refund_lines(snapshot):
        return snapshot
    try:
        return with_refund_lines(snapshot, await client.refunds(snapshot.purchase.id))
    except (NotAllowed, UnreadableRefunds) as problem:
        _log.info("refunds of order %s count in proportion: %s", snapshot.purchase.id, problem)
        return snapshot


def _read(raw: Mapping[str, Any], shop: Shop) -> Snapshot | None:
    try:
        return snapshot_of(json.dumps(raw).encode(), shop)
    except Malformed:
        return None
