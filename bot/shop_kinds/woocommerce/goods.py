"""Computes what was paid for the goods of a WooCommerce order: its lines, less discounts elsewhere in it.

Lines count by their totals, which are after discounts and without tax. What plugins deduct otherwise (a line or a fee
below 0, a gift card, credit of a wallet) is deducted from the goods, from each line in proportion. Shipping, tax and
fees above 0 are not goods.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from msgspec.structs import replace

from bot.kit.shop import Malformed, Shop
from bot.shop_kinds.woocommerce.amounts import OrderMoney, bounded, rounded_units, shared
from bot.shop_kinds.woocommerce.values import id_of, is_nothing, number_of, printable, records_of
from engine.events.model import Line

UNITS_MAX: Final = 10**9

_CREDIT: Final = re.compile(r"gift[-_ ]?card|store[-_ ]?credit|smart[-_ ]?coupon|wallet|ywgc|pwgc", re.IGNORECASE)
"""Matches plugins' names for prepaid credit."""


def goods_of(order: Mapping[str, Any], shop: Shop, money: OrderMoney) -> tuple[Line, ...]:
    """Returns the lines with the paid amount of each, in minor units; none where nothing was paid. Raises Malformed."""
    lines, off = [], sum(_negative_fees(order, money)) + _credit(order, money)
    for key, item in _items(order):
        amount = money.needed(item.get("total"), f"{key}.total")
        if amount > 0:
            lines.append(_line(item, amount, key, shop))
        off -= min(amount, 0)
    bounded(sum(line.amount for line in lines), "line_items")
    return _taken_off(lines, off)


def total_of(order: Mapping[str, Any], money: OrderMoney) -> int:
    """Returns what the buyer paid in all, or the sum of its parts. Raises Malformed."""
    total = money.amount(order.get("total"), "total")
    return total if total is not None else _parts(order, money)


def shipping_of(order: Mapping[str, Any], money: OrderMoney) -> int:
    """Returns what was paid for shipping, with its tax. Raises Malformed."""
    return sum(money.amount(order.get(key), key) or 0 for key in ("shipping_total", "shipping_tax"))


def _items(order: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    items = order.get("line_items")
    if is_nothing(items):
        raise Malformed("line_items", "a list")
    return records_of(items, "line_items")


def _line(item: Mapping[str, Any], amount: int, key: str, shop: Shop) -> Line:
    """Returns a line by SKU, else by the product's number; an order names no categories."""
    quantity = number_of(item.get("quantity"), f"{key}.quantity")
    if quantity is not None and abs(quantity) > UNITS_MAX:
        raise Malformed(f"{key}.quantity", f"a quantity of at most {UNITS_MAX}")
    sku = printable(item.get("sku"))
    numbers = [str(id_of(item.get(name), f"{key}.{name}")) for name in ("variation_id", "product_id")]
    names = [name for name in (sku, *numbers) if name and name != "0"]
    return Line(sku or numbers[-1], amount, shop.category_of(names), rounded_units(quantity))


def _taken_off(lines: list[Line], off: int) -> tuple[Line, ...]:
    if off >= sum(line.amount for line in lines):
        return ()
    parts = shared(off, [line.amount for line in lines])
    left = (replace(line, amount=line.amount - part) for line, part in zip(lines, parts, strict=True))
    return tuple(line for line in left if line.amount > 0)


def _negative_fees(order: Mapping[str, Any], money: OrderMoney) -> Iterator[int]:
    """Yields the deduction of each, above 0."""
    for key, fee in records_of(order.get("fee_lines"), "fee_lines"):
        amount = money.amount(fee.get("total"), f"{key}.total") or 0
        if amount < 0:
            yield -amount


def _credit(order: Mapping[str, Any], money: OrderMoney) -> int:
    """Returns the amount paid with a gift card or the like: by how much the total is below its parts.

    Each plugin notes its amounts elsewhere, some of them as a fee besides; the total is what all of them change.
    """
    return max(0, _parts(order, money) - total_of(order, money)) if _mentions_credit(order) else 0


def _parts(order: Mapping[str, Any], money: OrderMoney) -> int:
    items = sum(money.needed(item.get("total"), f"{key}.total") for key, item in _items(order))
    fees = sum(money.amount(fee.get("total"), key) or 0 for key, fee in records_of(order.get("fee_lines"), "fee_lines"))
    others = sum(money.amount(order.get(key), key) or 0 for key in ("shipping_total", "total_tax"))
    return items + fees + others


def _mentions_credit(order: Mapping[str, Any]) -> bool:
    """Returns whether a plugin has left a trace of credit that was used: a field, meta data, a kind of coupon."""
    fields = [key for key, value in order.items() if not is_nothing(value) and value not in ([], {}, 0)]
    meta = [each.get("key") for each in _loose(order.get("meta_data")) if not is_nothing(each.get("value"))]
    kinds = [each.get("discount_type") for each in _loose(order.get("coupon_lines"))]
    return any(isinstance(name, str) and _CREDIT.search(name) for name in (*fields, *meta, *kinds))


def _loose(value: Any) -> list[Mapping[str, Any]]:
    """Returns the objects of a list that may be anything."""
    found = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [each for each in found if isinstance(each, dict)]
