"""What went back of an order's goods: by the refunds' own lines where the shop shows them, else in proportion."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from asked_shop import LAST_WEEK, reconciler, table_of
from bot.shop_kinds.woocommerce.orders import snapshot_of
from bot.shop_kinds.woocommerce.refund_lines import UnreadableRefunds, with_refund_lines
from bot.shops.current_orders import CurrentOrders
from bot.shops.service import ShopOrderService
from fake_shop import FakeShop, fake_shop
from storefront import RATES, WOO_SHOP, Storefront, open_storefront, with_code, woo_line
from woo_states import at, changes, kinds, left_of

Json = dict[str, Any]


def refund(amount: str, **lines: list[Json]) -> Json:
    """As GET /orders/ID/refunds shows one."""
    return {"id": 726, "amount": amount, "reason": "", "line_items": [], "shipping_lines": [], "fee_lines": [], **lines}


def part(total: str, tax: str = "0") -> Json:
    return {"id": 1, "quantity": -1, "total": total, "total_tax": tax}


OF_SHIPPING = refund("10000", shipping_lines=[part("-10000")])
OF_A_LINE = refund("33000", line_items=[part("-30000", "-3000")])
TYPED = refund("11000")


def goods_refunded(body: Json, *refunds: Json, factor: int = 1) -> int | None:
    snapshot = replace(snapshot_of(json.dumps(body).encode(), WOO_SHOP), factor=factor)
    return with_refund_lines(snapshot, refunds).goods_refunded


def body(refunded: str, **fields: Any) -> Json:
    return at(2, refunds=[{"id": 726, "total": f"-{refunded}"}], **fields)


@pytest.mark.parametrize(
    ("refunded", "refunds", "goods"),
    [
        ("10000", [OF_SHIPPING], 0),
        ("33000", [OF_A_LINE], 30_000),
        ("11000", [TYPED], 10_000),
        ("54000", [OF_SHIPPING, OF_A_LINE, TYPED], 40_000),
        ("33000", [refund("44000", line_items=[part("-30000", "-3000")])], 40_000),  # a line, and an amount beside it
        ("50000", [OF_A_LINE], 45_455),  # of 17,000 the list says nothing
        ("33000", [], 30_000),
        ("99000", [refund("99000", line_items=[part("-110000")], fee_lines=[part("11000")])], 99_000),
        ("500000", [refund("500000", line_items=[part("-500000")])], 100_000),
        ("33000", [refund("33000", line_items={"0": part("-30000", "-3000")})], 30_000),  # type: ignore[arg-type]
    ],
)
def test_goods_count_by_lines_and_what_has_none_in_proportion(refunded: str, refunds: list[Json], goods: int) -> None:
    assert goods_refunded(body(refunded), *refunds) == goods


def test_thousands_of_a_currency_are_so_many() -> None:
    shown = refund("33", line_items=[part("-30", "-3")])
    assert goods_refunded(body("33000"), shown, factor=1000) == 30_000


def test_cents_are_cents() -> None:
    order = body("5.50", currency="USD", total="22.00", line_items=[woo_line("20.00")])
    assert goods_refunded(order, refund("5.50", line_items=[part("-5.00", "-0.50")])) == 500


@pytest.mark.parametrize("wrong", ["five", "1e999999999", True, [1], {"a": 1}])
def test_a_list_that_cannot_be_read_is_refused(wrong: Any) -> None:
    with pytest.raises(UnreadableRefunds):
        goods_refunded(body("5"), refund("5", line_items=[part(wrong)]))


# --- asked for


async def test_reconciling_takes_back_what_went_back_of_the_goods(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        code = with_code(front.nader)
        await front.deliver(at(1, meta_data=code))
        shop.put(body("10000", meta_data=code))
        shop.refunds[727] = [OF_SHIPPING]
        assert (await reconciler(front, shop).ask("woo", LAST_WEEK)).changes["nothing"] == 1
        assert await front.available(front.nader) == 20_000
        shop.put(body("43000", meta_data=code))
        shop.refunds[727] = [OF_SHIPPING, OF_A_LINE]
        assert (await reconciler(front, shop).ask("woo", LAST_WEEK)).changes["refunded"] == 1
        assert await front.available(front.nader) == 14_000
        assert await changes(front, body("43000", meta_data=code)) == ["nothing"]  # the webhook names no lines
        assert await front.available(front.nader) == 14_000


async def test_keys_that_do_not_show_refunds_leave_them_in_proportion(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(body("11000"))
        shop.hides_refunds = True
        await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert await left_of(front) == 90_000


def asking(front: Storefront, shop: FakeShop) -> None:
    """Deliveries are held against the shop from here on."""
    current = CurrentOrders({"woo": table_of(shop.address)})
    order_service = ShopOrderService(front.engine, RATES, now=front.clock, failed=front.troubles, current=current)
    front.application.state.services = replace(front.application.state.services, order_service=order_service)


async def test_a_delivery_asks_what_its_refunds_were_for(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking(front, shop)
        shop.refunds[727] = [OF_SHIPPING]
        assert await changes(front, at(1), body("10000")) == ["recorded", "nothing"]
        assert await left_of(front) == 100_000


async def test_a_delivery_of_a_shop_that_does_not_answer_counts_in_proportion(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking(front, shop)
        shop.failures = 1
        assert await changes(front, at(1), body("11000")) == ["recorded", "refunded"]


async def test_which_of_two_states_of_one_second_is_newer_the_shop_says(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking(front, shop)
        shop.put(at(1, status="cancelled"))
        assert await changes(front, at(1), at(1, status="cancelled"), at(1)) == ["recorded", "refunded", "nothing"]
        assert kinds(front) == []
        shop.put(at(1))
        assert await changes(front, at(1), at(1)) == ["refused", "refused"]
        assert kinds(front) == ["more_left"]


async def test_an_order_that_failed_dated_ahead_is_recorded_only_where_the_shop_has_it_paid(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking(front, shop)
        failed = at(0, status="failed") | {"date_modified_gmt": "2026-03-21T13:30:00"}
        shop.put(failed)
        assert await changes(front, failed, at(5)) == ["nothing", "nothing"]
        shop.put(at(5))
        assert await changes(front, at(5)) == ["recorded"]


@pytest.mark.parametrize("total", ["-3.0E+4", "-۳۰۰۰۰", " -30000 ", -30000.0, -30000])
@pytest.mark.parametrize("rest", [-1.4e-14, "1.0E-14", None, False, ""])
def test_refunds_are_read_as_orders_are(total: Any, rest: Any) -> None:
    lines: list[Any] = [None, [], {"total": total, "total_tax": "-3000"}, {"total": rest, "total_tax": rest}]
    for rows in (lines, {"0": lines[2], "5": lines[3]}):
        assert goods_refunded(body("33000"), refund("33000", line_items=rows)) == 30_000  # type: ignore[arg-type]


@pytest.mark.parametrize("total", [float("nan"), 1e300, "five", True, [], "1e"])
def test_a_refund_whose_amount_is_not_certain_is_unreadable(total: Any) -> None:
    with pytest.raises(UnreadableRefunds):
        goods_refunded(body("33000"), refund("33000", line_items=[{"total": total}]))
