"""Parses WooCommerce's orders, as its webhooks send them and its REST API lists them (wc/v3), into snapshots.

Reads whatever is certain, however plugins have changed it; the rest raises Malformed, which names the place and what
was expected there, and nothing of its content.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from bot.kit.shop import Malformed, PaymentState, Purchase, Shop, ShopProduct, Snapshot
from bot.kit.shop_kind import name_of_body
from bot.shop_kinds.woocommerce.amounts import OrderMoney, bounded, money_of
from bot.shop_kinds.woocommerce.goods import goods_of, shipping_of, total_of
from bot.shop_kinds.woocommerce.sub_orders import is_split, parent_of
from bot.shop_kinds.woocommerce.values import NAME_LENGTH_MAX, id_of, object_of, printable, records_of, time_of
from engine.timestamps import milliseconds

CODE_KEY: Final = "moaref_code"
TOKEN_KEY: Final = "moaref_token"  # noqa: S105  the name of a field
CODES_MAX: Final = 20
CODE_LENGTH_MAX: Final = 300
"""A link that was pasted whole is a code, too."""
STATUS_LENGTH_MAX: Final = 64

_OVER: Final = ("cancelled", "refunded", "failed")
_FIRST_ID: Final = re.compile(rb'\s*\{\s*"id"\s*:\s*"?([1-9][0-9]{0,18})["\s,}]')


def snapshot_of(body: bytes, shop: Shop) -> Snapshot:
    """Parses the order in a delivery, or one of a list. Raises Malformed."""
    order = object_of(body)
    id, status, modified = _id(order), _status(order), _modified(order)
    meta, payment_state = list(_meta(order)), _payment_state(status, shop)
    parent = parent_of(order, meta)
    money = money_of(order.get("currency"))
    lines, total = goods_of(order, shop, money), total_of(order, money)
    if total < 0 and lines and payment_state == "paid":
        raise Malformed("total", "an amount that is not below 0 where the lines cost something")
    refunded, shipping = _refunded(order, money, total)
    paid, guest = _time_or_none(order.get("date_paid_gmt")), _guest(order, parent, shop)
    purchase = Purchase(
        shop=shop,
        id=str(id),
        buyer=_account(order) or guest,
        lines=lines if total else (),
        total=max(1, total),
        currency=money.currency.code,
        codes=tuple(_codes(order, meta))[:CODES_MAX],
        at=paid.isoformat() if paid is not None else None,
        coupons=tuple(_coupons(order))[:CODES_MAX],
        guest=guest,
    )
    return Snapshot(
        purchase,
        status,
        payment_state,
        milliseconds(modified),
        refunded,
        factor=money.factor,
        shipping_refunded=shipping,
        parent=parent,
        split=is_split(meta),
    )


def order_name(body: bytes) -> str:
    """Names a body that cannot be read: by its order's number if readable, else by a digest."""
    try:
        order = object_of(body)
        inner = order.get("order")
        ids = [_id_or_none(each.get("id")) for each in (order, inner) if isinstance(each, dict)]
    except Malformed:
        found = _FIRST_ID.match(body)
        ids = [int(found[1])] if found is not None else []
    named = next((str(id) for id in ids if id), None)
    return named or name_of_body(body)


def deleted_order(body: bytes) -> str:
    """Returns the id in the delivery of order.deleted, which holds nothing else. Raises Malformed."""
    return str(_id(object_of(body)))


def product_of(body: bytes) -> ShopProduct:
    """Parses the product in a delivery, or one of a list; of several categories the first, by its slug. Raises
    Malformed.
    """
    product = object_of(body)
    if not isinstance(product.get("id"), int):
        raise Malformed("id", "the number of a product")
    categories = [each for _, each in records_of(product.get("categories"), "categories")]
    slugs = [printable(each.get("slug"))[:NAME_LENGTH_MAX] for each in categories]
    names = [name for name in (printable(product.get("sku")), str(_id(product))) if name]
    return ShopProduct(tuple(names), next((slug for slug in slugs if slug), None))


def _id(order: Mapping[str, Any]) -> int:
    id = id_of(order.get("id"), "id")
    if not id:
        raise Malformed("id", "the number of an order")
    return id


def _id_or_none(value: Any) -> int | None:
    try:
        return id_of(value, "id") or None
    except Malformed:
        return None


def _status(order: Mapping[str, Any]) -> str:
    status = printable(order.get("status")).strip().lower().removeprefix("wc-")
    if not status or len(status) > STATUS_LENGTH_MAX:
        raise Malformed("status", "the status of an order, such as processing")
    return status


def _payment_state(status: str, shop: Shop) -> PaymentState:
    if status in _OVER:
        return "over"
    return "paid" if status in shop.paid_statuses else "open"


def _modified(order: Mapping[str, Any]) -> datetime:
    """Returns when the order was changed; a local time alone is converted by the difference of its other times."""
    modified = time_of(order.get("date_modified_gmt"), "date_modified_gmt")
    if modified is not None:
        return modified
    local, created, created_gmt = (
        time_of(order.get(key), key) for key in ("date_modified", "date_created", "date_created_gmt")
    )
    if local is None or created is None or created_gmt is None:
        raise Malformed("date_modified_gmt", "a time, such as 2026-03-21T10:00:00")
    return local - (created - created_gmt)


def _time_or_none(value: Any) -> datetime | None:
    """Returns a time that is information alone; None for an unreadable one."""
    try:
        return time_of(value, "")
    except Malformed:
        return None


def _refunded(order: Mapping[str, Any], money: OrderMoney, total: int) -> tuple[int, int]:
    """Returns the refunded amount, and the part of it for shipping alone.

    The order has the amount of each refund, with tax and shipping, below 0 or above: one of exactly the price of
    shipping counts as shipping's.
    """
    refunds = []
    for key, each in records_of(order.get("refunds"), "refunds"):
        name = "total" if each.get("total") is not None else "amount"
        refunds.append(abs(money.needed(each.get(name), f"{key}.{name}")))
    shipping = shipping_of(order, money) if refunds else 0
    return bounded(sum(refunds), "refunds"), shipping if 0 < shipping < total and shipping in refunds else 0


def _account(order: Mapping[str, Any]) -> str:
    """Returns the shop's customer; empty for a guest. Raises Malformed."""
    return str(id_of(order.get("customer_id"), "customer_id") or "")


def _guest(order: Mapping[str, Any], parent: str | None, shop: Shop) -> str:
    """Returns what a guest is called: one for each order, and for all that a marketplace makes of it."""
    return f"guest-{parent}" if parent is not None and shop.sub_orders == "children" else f"guest-{_id(order)}"


def _meta(order: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yields meta data by key, in whichever form plugins leave it."""
    data = order.get("meta_data")
    named = data.items() if isinstance(data, dict) else (("", each) for each in data) if isinstance(data, list) else ()
    for name, each in named:
        key, value = (each["key"], each.get("value")) if isinstance(each, dict) and "key" in each else (name, each)
        if isinstance(key, str) and key and not key.isdigit():
            yield key, value


def _codes(order: Mapping[str, Any], meta: Iterable[tuple[str, Any]]) -> list[str]:
    """Returns everything that may identify the buyer or the inviter: fields named so first, then coupons."""
    said = list(meta)
    named = [value for wanted in (TOKEN_KEY, CODE_KEY) for key, value in said if key == wanted]
    return [*_short_texts(named), *_coupons(order)]


def _coupons(order: Mapping[str, Any]) -> list[str]:
    """Returns the coupons used, in the order's own order."""
    lines = order.get("coupon_lines")
    found = lines.values() if isinstance(lines, dict) else lines if isinstance(lines, list) else ()
    return _short_texts(each.get("code") if isinstance(each, dict) else each for each in found)


def _short_texts(values: Iterable[Any]) -> list[str]:
    """Keeps short texts: plugins write anything into these fields, and long values cannot be codes."""
    texts = [str(each) for each in values if isinstance(each, str | int) and not isinstance(each, bool)]
    return [each for each in texts if len(each) <= CODE_LENGTH_MAX]
