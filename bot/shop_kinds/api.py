"""Describes shops that report orders themselves, at the purchase API that `handlers/web/orders.py` serves."""

from typing import Final

from bot.kit.shop_kind import ShopKind, ShopSettings


class ApiShops(ShopKind[ShopSettings]):
    """Takes orders at the purchase API alone: such a shop has no webhooks, and cannot be asked."""

    name = "api"
    title = "purchase API"
    settings = ShopSettings
    uses_purchase_api = True


KIND: Final = ApiShops()
