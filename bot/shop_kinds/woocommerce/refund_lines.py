"""Reads the refunded goods of an order from its refunds' lines in WooCommerce's REST API.

An order itself has only the refunded total, with tax and shipping. `GET /orders/ID/refunds` itemises it: lines,
shipping and fees, with totals below 0. An amount beyond its lines, e.g. typed in by hand, is spread over everything in
proportion.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Final

from bot.kit.json import JsonView
from bot.kit.shop import Malformed, Snapshot
from bot.shop_kinds.woocommerce.values import number_of, records_of
from engine.money import Currency, share_up

_NOTHING: Final = Fraction(0)


class UnreadableRefunds(ValueError):
    """Reports a list of refunds with an unreadable amount."""


def with_refund_lines(snapshot: Snapshot, refunds: Iterable[JsonView]) -> Snapshot:
    """Returns the snapshot with its refunded goods. Raises UnreadableRefunds."""
    goods, typed, listed = _NOTHING, _NOTHING, _NOTHING
    for refund in refunds:
        amount, of_goods, of_all = _parts(refund)
        listed += amount
        goods += of_goods
        typed += max(_NOTHING, amount - of_all)
    purchase = snapshot.purchase
    unit = snapshot.factor * 10 ** Currency.of(purchase.currency or "").exponent
    lines = sum(line.amount for line in purchase.lines)
    unlisted = max(0, snapshot.refunded - _rounded(listed * unit))  # an order may have refunds beyond its list
    spread = share_up(lines, min(_rounded(typed * unit) + unlisted, purchase.total), purchase.total)
    return replace(snapshot, goods_refunded=min(lines, _rounded(goods * unit) + spread))


def _parts(refund: JsonView) -> tuple[Fraction, Fraction, Fraction]:
    """Returns a refund's amount, its goods without tax, and the sum of its named items.

    A fee with a refund above 0 was a discount: it reduces the refunded goods that it was taken off.
    """
    items, shipping, fees = (_rows(refund, key) for key in ("line_items", "shipping_lines", "fee_lines"))
    goods = -sum((_total(row) for row in items), _NOTHING)
    discounts = sum((max(_NOTHING, _total(row)) for row in fees), _NOTHING)
    named = -sum((_total(row) + _number(row.get("total_tax")) for row in (*items, *shipping, *fees)), _NOTHING)
    amount = abs(_number(refund.get("amount", refund.get("total"))))
    return amount, max(_NOTHING, goods - discounts), named


def _rows(refund: JsonView, key: str) -> list[JsonView]:
    try:
        return [row for _, row in records_of(refund.get(key), key)]
    except Malformed as problem:
        raise UnreadableRefunds(problem.key) from None


def _total(row: JsonView) -> Fraction:
    return _number(row.get("total"))


def _number(value: object) -> Fraction:
    """Returns an amount as those of orders are read, exact also where JSON has it as a fraction."""
    try:
        return number_of(Decimal(repr(value)) if isinstance(value, float) else value, "") or _NOTHING
    except Malformed:
        raise UnreadableRefunds("an amount") from None


def _rounded(exact: Fraction) -> int:
    """Returns the nearest whole number, half up, as amounts of orders are read."""
    return floor(exact + Fraction(1, 2))
