"""WooCommerce's orders, as its webhooks send them and its REST API lists them (wc/v3), read into snapshots.

An order's lines are taken by their totals, which are after discounts and without tax; shipping and fees are not in
them. Refunds in an order name only how much went back, with tax and shipping: they take the same part of the lines as
they are of the order's whole total.
"""

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Final

from pydantic import BaseModel, Field, StrictInt, ValidationError

from bot.kit.shop import Malformed, Purchase, Shop, ShopProduct, Snapshot, Standing
from engine.event_json import milliseconds
from engine.events import Line
from engine.exchange import minor_units
from engine.fields import AMOUNT_MAX
from engine.money import Currency

CODE_KEY: Final = "moaref_code"
TOKEN_KEY: Final = "moaref_token"  # noqa: S105  the name of a field
CODES_MAX: Final = 20
CODE_LENGTH_MAX: Final = 300
"""A link that was pasted whole is a code, too."""
NAME_LENGTH_MAX: Final = 100

_STANDINGS: Final[dict[str, Standing]] = {
    "processing": "paid",
    "completed": "paid",
    "cancelled": "over",
    "refunded": "over",
    "failed": "over",
}


class _Line(BaseModel):
    product_id: StrictInt = 0
    variation_id: StrictInt = 0
    sku: str | None = None
    quantity: Annotated[Decimal, Field(ge=0, le=10**9)] = Decimal(1)
    total: str


class _Coupon(BaseModel):
    code: Any = None


class _Meta(BaseModel):
    key: Any = None
    value: Any = None


class _Refund(BaseModel):
    total: str


class _Deleted(BaseModel):
    id: Annotated[StrictInt, Field(gt=0, lt=2**63)]


class _Category(BaseModel):
    slug: str = ""


class _Product(BaseModel):
    id: Annotated[StrictInt, Field(gt=0, lt=2**63)]
    sku: str | None = None
    categories: list[_Category] = []


class _Order(BaseModel):
    """The documented fields that we look at; every other one is passed over."""

    id: Annotated[StrictInt, Field(gt=0, lt=2**63)]
    status: Annotated[str, Field(max_length=64)]
    currency: str
    date_modified_gmt: datetime
    date_paid_gmt: datetime | None = None
    total: str
    customer_id: Annotated[StrictInt, Field(ge=0, lt=2**63)] = 0
    line_items: list[_Line]
    coupon_lines: list[_Coupon] = []
    meta_data: list[_Meta] = []
    refunds: list[_Refund] = []


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether X-WC-Webhook-Signature is base64 of HMAC-SHA256 over the raw body; compared in constant time."""
    made = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256))
    return hmac.compare_digest(made, signature.encode("utf-8", "replace"))


def snapshot_of(body: bytes, shop: Shop) -> Snapshot:
    """The order in a delivery, or one of a list. Raises Malformed."""
    try:
        order = _Order.model_validate_json(body)
    except ValidationError as error:
        raise _malformed(error) from None
    currency = _currency(order.currency)
    refunded = sum(_amount(each.total.removeprefix("-"), currency, "refunds") for each in order.refunds)
    purchase = Purchase(
        shop=shop,
        id=str(order.id),
        buyer=str(order.customer_id) if order.customer_id else f"guest-{order.id}",
        lines=tuple(_lines(order, shop, currency)),
        total=max(1, _amount(order.total, currency, "total")),
        currency=currency.code,
        codes=tuple(_codes(order))[:CODES_MAX],
        at=order.date_paid_gmt.isoformat() if order.date_paid_gmt is not None else None,
        coupons=tuple(_coupons(order))[:CODES_MAX],
    )
    standing = _STANDINGS.get(order.status, "open")
    return Snapshot(purchase, order.status, standing, _utc(order.date_modified_gmt), refunded)


def deleted_order(body: bytes) -> str:
    """The id in the delivery of order.deleted, which holds nothing else. Raises Malformed."""
    try:
        return str(_Deleted.model_validate_json(body).id)
    except ValidationError:
        raise Malformed("id", "the number of an order") from None


def product_of(body: bytes) -> ShopProduct:
    """The product in a delivery, or one of a list; of several categories the first, by its slug. Raises Malformed."""
    try:
        product = _Product.model_validate_json(body)
    except ValidationError as error:
        raise _malformed(error) from None
    slugs = [each.slug[:NAME_LENGTH_MAX] for each in product.categories if each.slug]
    names = [name for name in (_printable(product.sku), str(product.id)) if name]
    return ShopProduct(tuple(names), slugs[0] if slugs else None)


def _malformed(error: ValidationError) -> Malformed:
    first = error.errors(include_url=False, include_input=False, include_context=False)[0]
    return Malformed(".".join(map(str, first["loc"])) or "body", first["msg"])


def _printable(sku: str | None) -> str:
    """As it is kept as a product's name."""
    return "".join(letter for letter in sku or "" if letter.isprintable())[:NAME_LENGTH_MAX]


def _currency(code: str) -> Currency:
    try:
        return Currency.of(code)
    except ValueError as error:
        raise Malformed("currency", str(error)) from None


def _amount(text: str, currency: Currency, key: str) -> int:
    try:
        amount = minor_units(text, currency)
    except ValueError as error:
        raise Malformed(key, str(error)) from None
    if not 0 <= amount <= AMOUNT_MAX:
        raise Malformed(key, f"an amount of at most {AMOUNT_MAX} minor units, not below 0")
    return amount


def _lines(order: _Order, shop: Shop, currency: Currency) -> list[Line]:
    """What was bought for money: by SKU, else by the product's number; orders name no categories."""
    found = []
    for item in order.line_items:
        amount = _amount(item.total, currency, "line_items.total")
        names = [name for name in (item.sku, str(item.variation_id), str(item.product_id)) if name and name != "0"]
        product = _printable(item.sku) or str(item.product_id)
        if amount:
            whole_units = max(1, int(item.quantity))  # some shops sell by weight
            found.append(Line(product, amount, shop.category_of(names), whole_units))
    return found


def _codes(order: _Order) -> list[str]:
    """Whatever may say who the buyer is or came through: what is named so first, then coupons."""
    named = [each.value for key in (TOKEN_KEY, CODE_KEY) for each in order.meta_data if each.key == key]
    return [*_short_texts(named), *_coupons(order)]


def _coupons(order: _Order) -> list[str]:
    """What was taken off by, in the order's own order."""
    return _short_texts(each.code for each in order.coupon_lines)


def _short_texts(values: Iterable[Any]) -> list[str]:
    """Plugins write what they like into these fields: what can be no code is passed over."""
    texts = (str(each) if type(each) is int else each for each in values)  # a code of digits alone
    return [each for each in texts if isinstance(each, str) and len(each) <= CODE_LENGTH_MAX]


def _utc(at: datetime) -> int:
    return milliseconds(at.replace(tzinfo=UTC) if at.tzinfo is None else at)
