"""Asks a WooCommerce shop for orders, refunds and products, and creates coupons there."""

import json
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final, Self

from bot.kit.shop import Malformed, Shop, ShopProduct, Snapshot
from bot.kit.shop_kind import Coupon, ShopConnection, TimeLimits, UnreadableOrder
from bot.shop_kinds.woocommerce.client import NotAllowed, WooCommerceClient, gmt
from bot.shop_kinds.woocommerce.orders import order_name, product_of, snapshot_of
from bot.shop_kinds.woocommerce.refund_lines import UnreadableRefunds, with_refund_lines
from bot.shop_kinds.woocommerce.settings import WooCommerceSettings
from engine.exchange import decimal_of

_log: Final = logging.getLogger(__name__)


class WooCommerceConnection(ShopConnection):
    """Asks one shop. `async with`; each method raises ShopUnreachable."""

    def __init__(self, name: str, settings: WooCommerceSettings, limits: TimeLimits) -> None:
        self._name = name
        self._client = WooCommerceClient(name, settings, limits)

    async def __aenter__(self) -> Self:
        await self._client.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.__aexit__()

    async def orders_modified_after(self, shop: Shop, at_ms: int) -> AsyncIterator[Snapshot | UnreadableOrder]:
        """Yields every order changed after that moment (ms, UTC), newest change first."""
        async for raw in self._client.modified_after(at_ms):
            yield _order(raw, shop)

    async def orders_numbered(self, shop: Shop, ids: Sequence[str]) -> list[Snapshot | UnreadableOrder]:
        """Returns the existing orders with those numbers."""
        return [_order(raw, shop) for raw in await self._client.numbered(ids)]

    async def with_refund_lines(self, snapshot: Snapshot) -> Snapshot:
        """Returns the snapshot with the refunded goods; unchanged where the keys may not read refunds."""
        try:
            return with_refund_lines(snapshot, await self._client.refunds(snapshot.purchase.id))
        except (NotAllowed, UnreadableRefunds) as problem:
            _log.info("order %s: refunds counted in proportion: %s", snapshot.purchase.id, problem)
            return snapshot

    async def products(self) -> AsyncIterator[ShopProduct]:
        """Yields every product that can be read."""
        async for raw in self._client.products():
            try:
                product = product_of(_body(raw))
            except Malformed as problem:
                _log.error("shop %s: product %s unreadable: %s", self._name, raw.get("id"), problem.key)
            else:
                yield product

    async def make_coupon(self, coupon: Coupon) -> None:
        """Creates the coupon; an existing code counts as success. Raises CouponRefused, too."""
        await self._client.make_coupon(coupon_content(coupon))


def coupon_content(coupon: Coupon) -> dict[str, Any]:
    """Returns a coupon of WooCommerce's API: single use, not combinable, with its expiry."""
    if coupon.percent:
        kind = {"discount_type": "percent", "amount": coupon.percent.removesuffix("%")}
    else:
        kind = {"discount_type": "fixed_cart", "amount": decimal_of(coupon.amount, coupon.currency)}
    ends = {"date_expires_gmt": gmt(coupon.expires_at)} if coupon.expires_at is not None else {}
    return {
        "code": coupon.code,
        **kind,
        **ends,
        "individual_use": True,
        "usage_limit": 1,
        "description": f"moaref: {coupon.reward}",
    }


def _order(raw: Any, shop: Shop) -> Snapshot | UnreadableOrder:
    body = _body(raw)
    try:
        return snapshot_of(body, shop)
    except Malformed as problem:
        return UnreadableOrder(order_name(body), problem)


def _body(raw: Mapping[str, Any]) -> bytes:
    return json.dumps(raw).encode()
