"""Reads one order from its shop while a delivery waits: the details of its refunds, and its current state.

Where a shop cannot be reached, or does not answer in time, the delivered state is used.
"""

import logging
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Final

from bot.kit.shop import Shop, Snapshot
from bot.kit.shop_kind import ShopConnection, ShopSettings, ShopUnreachable, TimeLimits
from bot.shop_kinds import connection_to

LIMITS: Final = TimeLimits(total=8, connect=3, read=5)
"""The shop waits for the answer to its delivery meanwhile."""

_log = logging.getLogger(__name__)


class CurrentOrders:
    """Reads from the shops that are polled, by name."""

    def __init__(self, shops: Mapping[str, ShopSettings]) -> None:
        self._settings = {name: settings for name, settings in shops.items() if settings.polled}

    def can_ask(self, shop: Shop) -> bool:
        """Returns whether the shop can be read."""
        return shop.name in self._settings

    async def with_refund_lines(self, snapshot: Snapshot) -> Snapshot:
        """Returns the snapshot with its refunds' details, where the shop sends them."""
        shop = snapshot.purchase.shop
        if not self.can_ask(shop) or not snapshot.wants_refund_lines:
            return snapshot
        try:
            async with self._connection(shop) as connection:
                return await ask_refund_lines(connection, snapshot)
        except ShopUnreachable as problem:
            _log.warning("order %s: refunds counted in proportion: %s", snapshot.purchase.id, problem)
            return snapshot

    async def now(self, snapshot: Snapshot) -> Snapshot:
        """Returns the shop's current order, or the delivered one where the shop does not answer."""
        purchase = snapshot.purchase
        if not self.can_ask(purchase.shop):
            return snapshot
        try:
            async with self._connection(purchase.shop) as connection:
                for found in await connection.orders_numbered(purchase.shop, [purchase.id]):
                    if isinstance(found, Snapshot) and found.purchase.id == purchase.id:
                        return await ask_refund_lines(connection, found)
        except ShopUnreachable as problem:
            _log.warning("order %s: using the delivered state: %s", purchase.id, problem)
        return snapshot

    def _connection(self, shop: Shop) -> AbstractAsyncContextManager[ShopConnection]:
        return connection_to(shop.name, self._settings[shop.name], LIMITS)


async def ask_refund_lines(connection: ShopConnection, snapshot: Snapshot) -> Snapshot:
    """Returns the snapshot with its refunds' details, where they matter. Raises ShopUnreachable."""
    return await connection.with_refund_lines(snapshot) if snapshot.wants_refund_lines else snapshot
