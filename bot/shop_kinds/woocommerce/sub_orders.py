"""Recognises orders that a marketplace (Dokan, MultiVendorX, YITH) has split: a parent, and a child for each vendor.

Both list the same goods. A child names its parent in `parent_id`, as WooCommerce's refunds do, which are not orders and
never arrive as one. The renewals of WooCommerce Subscriptions name none; those of its first versions did, and are
recognised by `created_via` and by meta data. Renewals are orders of their own.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final

from bot.shop_kinds.woocommerce.values import id_of, is_nothing

_SPLIT: Final = re.compile(r"_?has_([a-z]+_)?sub_?orders?|_?([a-z]+_)?sub_?order_ids", re.IGNORECASE)
_FALSE: Final = ("0", "no", "false", "off", "a:0:{}")
_RENEWALS: Final = re.compile(r"_subscription_(renewal|resubscribe|switch)[a-z_]*", re.IGNORECASE)

Meta = Iterable[tuple[str, Any]]
"""An order's meta data by key."""


def parent_of(order: Mapping[str, Any], meta: Meta) -> str | None:
    """Returns the number of the order that this one is a part of; None for none. Raises Malformed."""
    parent = id_of(order.get("parent_id"), "parent_id")
    renews = order.get("created_via") == "subscription" or _tells(meta, _RENEWALS)
    return None if not parent or str(parent) == str(order.get("id")) or renews else str(parent)


def is_split(meta: Meta) -> bool:
    """Returns whether the order says that it has children."""
    return _tells(meta, _SPLIT)


def _tells(meta: Meta, keys: re.Pattern[str]) -> bool:
    return any(keys.fullmatch(key) and _is_true(value) for key, value in meta)


def _is_true(value: Any) -> bool:
    if isinstance(value, str):
        return value.strip().lower() not in ("", *_FALSE)
    return not is_nothing(value) and value not in (0, [], {})
