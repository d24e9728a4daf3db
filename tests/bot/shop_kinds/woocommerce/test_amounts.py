"""Amounts of orders as PHP writes what is very large or very small, and what floats leave of nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bot.kit.shop import Malformed, Snapshot
from bot.shop_kinds.woocommerce.orders import snapshot_of
from storefront import WOO_SHOP, woo_line, woo_order


def read(**fields: Any) -> Snapshot:
    return snapshot_of(json.dumps(woo_order(**fields)).encode(), WOO_SHOP)


def amounts(**fields: Any) -> list[int]:
    return [line.amount for line in read(**fields).purchase.lines]


@pytest.mark.parametrize(
    ("total", "amount"), [("1.0E+5", 100_000), ("1e5", 100_000), ("1.0E+15", 10**15), ("2.5E-1", None), ("1E-39", None)]
)
def test_an_amount_is_read_as_php_writes_what_is_very_large_or_very_small(total: str, amount: int | None) -> None:
    assert amounts(line_items=[woo_line(total)], total="1000") == ([amount] if amount else [])


def test_what_a_float_leaves_of_nothing_is_nothing() -> None:
    items = [woo_line("100000"), woo_line("1.4210854715202E-14"), woo_line("-2.8E-14", quantity=-1)]
    assert amounts(line_items=items, fee_lines=[{"id": 9, "name": "Club", "total": "-7.105427357601E-15"}]) == [100_000]
    refunds = [{"id": 1, "total": "-7.105427357601E-15"}]
    assert read(total="-1.4210854715202E-14", line_items=[woo_line("0")], refunds=refunds).refunded == 0


@pytest.mark.parametrize("total", ["1e", "e5", "1.e5", "1e5.5", "1E+99999", "1E+41", "1e1e1", "0x1E5"])
def test_what_only_looks_like_an_exponent_is_no_amount(total: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(line_items=[woo_line(total)])
    assert caught.value.key == "line_items.0.total"
