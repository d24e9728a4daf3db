"""Describes WooCommerce as a kind of shop."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from typing import Final

from bot.kit.shop import Shop
from bot.kit.shop_kind import ShopConnection, ShopKind, TimeLimits
from bot.shop_kinds.woocommerce.settings import NEEDED_FOR_CALLS, WooCommerceSettings
from bot.shop_kinds.woocommerce.webhooks import WooCommerceWebhooks


class WooCommerce(ShopKind[WooCommerceSettings]):
    """Takes orders by signed webhooks, and asks the REST API for those that were missed."""

    name = "woocommerce"
    title = "WooCommerce"
    settings = WooCommerceSettings
    webhooks = WooCommerceWebhooks()
    needed_for_polling = NEEDED_FOR_CALLS
    needed_for_coupons = "its url and keys"

    def shop(self, name: str, settings: WooCommerceSettings, said: Mapping[str, str]) -> Shop:
        """Returns a configured shop for handlers; `said` are the categories of its products, a live view."""
        return Shop(
            name,
            self.name,
            settings.secret.get_secret_value(),
            settings.page,
            settings.categories,
            said,
            frozenset(settings.paid_statuses),
            settings.sub_orders,
        )

    def connection(
        self, name: str, settings: WooCommerceSettings, limits: TimeLimits
    ) -> AbstractAsyncContextManager[ShopConnection]:
        """Returns a connection to the shop's REST API."""
        from bot.shop_kinds.woocommerce.connection import WooCommerceConnection

        return WooCommerceConnection(name, settings, limits)


KIND: Final = WooCommerce()
