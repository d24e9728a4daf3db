"""Knows the kinds of shops: a new kind is its file or folder and one line here.

`bot/kit/shop_kind.py` says what a kind must tell.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from typing import Any, Final

from bot.kit.shop_kind import PATIENT, ShopConnection, ShopKind, ShopSettings, TimeLimits
from bot.shop_kinds import api
from bot.shop_kinds.woocommerce import kind as woocommerce

KINDS: Final[dict[str, ShopKind[Any]]] = {
    each.name: each
    for each in (
        api.KIND,
        woocommerce.KIND,
    )
}
"""The registry, by the name in the configuration."""


def connection_to(
    name: str, settings: ShopSettings, limits: TimeLimits = PATIENT
) -> AbstractAsyncContextManager[ShopConnection]:
    """Returns a connection to a configured shop. Raises ShopUnreachable where shops of its kind cannot be asked."""
    return KINDS[settings.kind].connection(name, settings, limits)


def needed_for_polling() -> str:
    """Returns the settings without which a shop cannot be asked, in words."""
    return _alternatives(lambda kind: kind.needed_for_polling)


def shops_that_take_coupons() -> str:
    """Returns which shops take coupons, in words."""
    return _alternatives(lambda kind: kind.needed_for_coupons and _shop_with(kind))


def _shop_with(kind: ShopKind[Any]) -> str:
    return f"a {kind.title} shop of [shops], with {kind.needed_for_coupons}"


def _alternatives(words: Callable[[ShopKind[Any]], str]) -> str:
    """Joins what each kind says; several kinds may say the same."""
    return "; or ".join(dict.fromkeys(filter(None, map(words, KINDS.values()))))
