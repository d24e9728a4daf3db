"""Reconciles a storefront's WooCommerce shop, played by a fake server."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from pydantic import SecretStr

from bot.kit.shop import Counted
from bot.shop_kinds.woocommerce.settings import WooCommerceSettings
from bot.shops.reconcile import Reconciler
from chat import NOON
from fake_shop import CONSUMER_KEY, CONSUMER_SECRET, FakeShop
from quick_clock import QuickClock
from storefront import WOO_SECRET, WOO_SHOP, Storefront

LAST_WEEK: Final = NOON - 7 * 86_400_000


def table_of(url: str, key: str = CONSUMER_KEY) -> WooCommerceSettings:
    """Returns the shop's configuration, with keys."""
    return WooCommerceSettings(
        kind="woocommerce",
        secret=SecretStr(WOO_SECRET),
        url=url,
        consumer_key=SecretStr(key),
        consumer_secret=SecretStr(CONSUMER_SECRET),
    )


def reconciler(
    front: Storefront, shop: FakeShop, *, key: str = CONSUMER_KEY, url: str = "", sub_orders: Counted = "parent"
) -> Reconciler:
    table = table_of(url or shop.address, key)
    shops = {"woo": (replace(WOO_SHOP, said=front.categories.of("woo"), sub_orders=sub_orders), table)}
    return Reconciler(
        shops,
        front.order_service,
        front.categories,
        front.outbox,
        front.stores.writer,
        front.stores.machine,
        QuickClock(speed=1000, start=front.clock.now),
    )
