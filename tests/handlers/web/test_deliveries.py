"""WooCommerce's webhooks with real signatures: late, early, twice, out of order, and never backwards."""

from __future__ import annotations

import asyncio
import json
from itertools import permutations
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.shop_kinds.woocommerce.webhooks import is_signed
from engine.verify.ledger import verify_file
from storefront import WOO_SECRET, Storefront, open_storefront, with_code, woo_headers, woo_line, woo_order


async def change(front: Storefront, **fields: Any) -> str:
    """What a delivery came to."""
    answer = await front.deliver(woo_order(**fields))
    assert answer.status_code == 200
    return str(answer.json()["change"])


def at(second: int, **fields: Any) -> dict[str, Any]:
    """An order as it was changed so many seconds after ten o'clock."""
    return woo_order(date_modified_gmt=f"2026-03-21T10:{second // 60:02}:{second % 60:02}", **fields)


async def left_of(front: Storefront, order: str = "woo:727") -> int:
    view = await front.engine.order(order)
    assert view is not None
    return view.total - view.refunded


async def test_a_paid_order_counts_without_tax_and_shipping_by_product_and_category(tmp_path: Path) -> None:
    tables = {
        "program": {"currency": "IRT"},
        "ranks": [{"id": "base", "commission": "20%"}],
        "rates": [{"category": "phones", "commission": "10%"}, {"product": "93", "commission": "50%"}],
    }
    items = [
        woo_line("60000", total_tax="5400"),
        woo_line("40000", sku="phone-x", product_id=94, quantity=2),
        woo_line("0", product_id=95),
    ]
    async with open_storefront(tmp_path, tables) as front:
        assert await change(front, line_items=items, meta_data=with_code(front.nader)) == "recorded"
        assert await left_of(front) == 100_000
        assert await front.available(front.nader) == 30_000 + 4_000
    assert verify_file(tmp_path / "moaref.db").holds


@pytest.mark.parametrize(
    "status", ["pending", "on-hold", "checkout-draft", "failed", "cancelled", "refunded", "packed"]
)
async def test_what_is_not_paid_is_not_recorded(tmp_path: Path, status: str) -> None:
    async with open_storefront(tmp_path) as front:
        assert await change(front, status=status) == "nothing"
        assert await front.engine.order("woo:727") is None


@pytest.mark.parametrize("status", ["cancelled", "refunded", "failed"])
async def test_an_order_that_is_over_after_it_was_paid_gives_the_rest_back(tmp_path: Path, status: str) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(at(0, meta_data=with_code(front.nader)))
        await front.deliver(at(1, refunds=[{"id": 1, "reason": "", "total": "-11000"}]))
        assert await front.available(front.nader) == 18_000
        answer = await front.deliver(at(2, status=status))
        assert answer.json() == {"change": "refunded"}
        assert (await left_of(front), await front.available(front.nader)) == (0, 0)


async def test_a_partial_refund_takes_the_same_part_of_the_lines_as_it_is_of_the_whole(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(at(0))
        refunds = [{"id": 1, "reason": "", "total": "-11000"}]
        await front.deliver(at(1, refunds=refunds))
        assert await left_of(front) == 90_000
        refunds.append({"id": 2, "reason": "the rest", "total": "-33000"})
        await front.deliver(at(2, refunds=refunds))
        assert await left_of(front) == 60_000


async def test_an_order_that_is_first_heard_of_with_refunds_is_recorded_with_them(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        assert await change(front, refunds=[{"id": 1, "reason": "", "total": "-55000"}]) == "refunded"
        assert await left_of(front) == 50_000


# --- the order of things


def history() -> list[dict[str, Any]]:
    refund = {"id": 1, "reason": "", "total": "-11000"}
    return [
        at(0, status="pending", date_paid_gmt=None),
        at(5, status="processing"),
        at(60, status="completed"),
        at(61, status="completed", refunds=[refund]),
        at(90, status="completed", refunds=[refund, {**refund, "id": 2}]),
    ]


async def test_deliveries_in_any_order_and_repeated_come_to_what_the_newest_says(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for number, order in enumerate(permutations(range(5)), start=1):
            for place in (*order, order[0]):
                answer = await front.deliver({**history()[place], "id": number})
                assert answer.status_code == 200
        left = front.rows("SELECT DISTINCT total - refunded FROM orders")
        assert (left, front.rows("SELECT COUNT(*) FROM orders")) == ([(80_000,)], [(120,)])
        assert front.rows("SELECT * FROM shop_problems") == []
    assert verify_file(tmp_path / "moaref.db").holds


async def test_a_snapshot_older_than_the_last_changes_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(at(10, status="cancelled"))
        answer = await front.deliver(at(9, status="processing"))
        assert answer.json() == {"change": "older"}
        assert await front.engine.order("woo:727") is None


async def test_of_two_deliveries_in_one_second_the_one_that_has_come_further_holds(tmp_path: Path) -> None:
    refund = [{"id": 1, "reason": "", "total": "-11000"}]
    for folder, order in (("forth", (0, 1, 2)), ("back", (2, 1, 0))):
        (tmp_path / folder).mkdir()
        async with open_storefront(tmp_path / folder) as front:
            states = [at(5, status="pending"), at(5, status="processing"), at(5, status="processing", refunds=refund)]
            for place in order:
                await front.deliver(states[place])
            assert await left_of(front) == 90_000
            assert front.rows("SELECT * FROM shop_problems") == []


async def test_what_a_shop_takes_back_of_a_refund_is_for_the_admins(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(at(0, meta_data=with_code(front.nader)))
        await front.deliver(at(1, status="cancelled"))
        for second in (2, 3):
            answer = await front.deliver(at(second, status="processing"))
            assert answer.json() == {"change": "refused"}
        assert await left_of(front) == 0
        assert front.rows("SELECT order_id, kind FROM shop_problems") == [("727", "more_left")]


async def test_a_deleted_order_moves_no_money_and_is_shown_to_the_admins(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(at(0, meta_data=with_code(front.nader)))
        for id in (727, 728):
            answer = await front.deliver({"id": id}, topic="order.deleted")
            assert answer.status_code == 200
        assert await front.available(front.nader) == 20_000
        assert front.rows("SELECT order_id, kind FROM shop_problems") == [("727", "deleted")]
        answer = await front.deliver(at(2), topic="order.restored")
        assert answer.json() == {"change": "nothing"}


async def test_a_hundred_deliveries_at_once_come_to_the_same_as_one_by_one(tmp_path: Path) -> None:
    totals = []
    for at_once in (False, True):
        folder = tmp_path / str(at_once)
        folder.mkdir()
        async with open_storefront(folder) as front:
            bodies = [woo_order(n, customer_id=n % 5 + 1, meta_data=with_code(front.nader)) for n in range(1, 101)]
            refunds = [{**body, "refunds": [{"id": 1, "total": "-11000"}]} for body in bodies]
            late = [{**body, "date_modified_gmt": "2026-03-21T10:00:01"} for body in refunds]
            deliveries = [*bodies, *late, *bodies]
            Random(1).shuffle(deliveries)
            if at_once:
                await asyncio.gather(*map(front.deliver, deliveries))
            else:
                for body in deliveries:
                    await front.deliver(body)
            totals.append((await front.available(front.nader), front.rows("SELECT SUM(refunded) FROM orders")))
        assert verify_file(folder / "moaref.db").holds
    assert totals == [(1_800_000, [(1_000_000,)])] * 2


async def test_a_retry_after_a_failure_is_recorded(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        front.stores.writer.close()
        answer = await front.deliver(woo_order())
        assert answer.status_code == 503
    async with open_storefront(tmp_path) as front:
        assert await change(front) == "recorded"


# --- who the buyer is


async def test_a_customer_is_one_person_and_each_guest_another(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for id, customer in ((1, 26), (2, 26), (3, 0), (4, 0)):
            await front.deliver(woo_order(id, customer_id=customer))
        buyers = [buyer for (buyer,) in front.rows("SELECT buyer FROM orders ORDER BY id")]
        assert buyers[0] == buyers[1]
        assert len(set(buyers)) == 3


async def test_a_coupon_that_is_a_members_code_brings_the_buyer(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        coupons = [
            {"id": 1, "code": code, "discount": "0"} for code in ("spring-sale", front.babak.lower(), front.nader)
        ]
        await front.deliver(woo_order(coupon_lines=coupons))
        assert (await front.buyer("woo:727")).sponsor == front.babak


async def test_a_code_in_the_orders_meta_data_goes_before_a_coupon(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        coupons = [{"id": 1, "code": front.babak}]
        await front.deliver(woo_order(coupon_lines=coupons, meta_data=with_code(front.nader)))
        assert (await front.buyer("woo:727")).sponsor == front.nader


def contents_of(folder: Path) -> list[bytes]:
    files = list(folder.glob("moaref.db*"))
    assert files
    return [each.read_bytes() for each in files]


async def test_what_plugins_write_beside_a_code_is_passed_over(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        raw = json.dumps(woo_order(meta_data=[{"id": 1}, {"key": None}, *with_code("NUMBER"), *with_code(front.nader)]))
        assert (await front.deliver(raw.replace('"NUMBER"', "9" * 30).encode())).json() == {"change": "recorded"}
        assert (await front.buyer("woo:727")).sponsor == front.nader


async def test_goods_by_weight_are_whole_units(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        lines = [woo_line("60000", quantity=2.75), woo_line("40000", quantity=0.5)]
        assert (await front.deliver(woo_order(line_items=lines))).json() == {"change": "recorded"}
        ((content,),) = front.rows("SELECT content FROM orders")
        assert [line[3] for line in json.loads(content)] == [2, 1]


async def test_coupons_without_a_code_in_words_are_passed_over(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        coupons = [{"id": 1}, {"id": 2, "code": None}, {"id": 3, "code": 5}, {"id": 4, "code": front.nader}]
        assert (await front.deliver(woo_order(coupon_lines=coupons))).json() == {"change": "recorded"}
        assert (await front.buyer("woo:727")).sponsor == front.nader


async def test_two_customers_with_one_e_mail_are_two_persons(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(1, customer_id=26))
        await front.deliver(woo_order(2, customer_id=27))
        assert front.rows("SELECT COUNT(DISTINCT buyer) FROM orders") == [(2,)]
    assert all(b"sara@example.com" not in content for content in contents_of(tmp_path))


# --- money


async def test_dollars_are_taken_exactly_and_at_the_rate_of_the_day_they_came(tmp_path: Path) -> None:
    items = [woo_line("19.99"), woo_line("0.015")]
    async with open_storefront(tmp_path) as front:
        await front.deliver(at(0, currency="USD", total="21.50", line_items=items))
        assert await left_of(front) == 1_159_420 + 1_160
    async with open_storefront(tmp_path, rates={"USD": "90000"}) as front:
        assert (await front.deliver(at(1, currency="USD", total="21.50", line_items=items))).json()[
            "change"
        ] == "nothing"
        refunds = [{"id": 1, "total": "-10.75"}]
        await front.deliver(at(2, currency="USD", total="21.50", line_items=items, refunds=refunds))
        assert await left_of(front) == 580_290


async def test_an_order_without_a_rate_is_acknowledged_kept_and_taken_once_there_is_one(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        assert await change(front, currency="EUR", total="110000.00") == "refused"
        assert front.rows("SELECT order_id, kind FROM shop_problems WHERE settled_at IS NULL") == [("727", "no_rate")]
    async with open_storefront(tmp_path, rates={"EUR": "1"}) as front:
        assert await change(front, currency="EUR", total="110000.00") == "recorded"
        assert front.rows("SELECT order_id FROM shop_problems WHERE settled_at IS NULL") == []


# --- what comes in


async def test_the_test_ping_is_answered_and_does_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.web.post("/shop/woocommerce/woo", data={"webhook_id": "5"})
        assert answer.status_code == 200
        answer = await front.web.post("/shop/woocommerce/woo", data={"webhook_id": "5", "order": "1"})
        assert answer.status_code == 401


@pytest.mark.parametrize("secret", [None, "another-secret-of-somebody"])
async def test_without_a_right_signature_nothing_happens(tmp_path: Path, secret: str | None) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.deliver(woo_order(), secret=secret)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthorized")
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]


def test_a_signature_is_of_every_byte() -> None:
    body = b'{"id":1}'
    made = "A971iWIMgT8Zj9A9eWfikrFj7wQ16/Qwcc4OlRl2PLc="  # by openssl dgst -sha256 -hmac secret
    assert is_signed(body, made, "secret")
    assert not is_signed(body + b" ", made, "secret")
    assert not is_signed(body, made, "Secret")
    assert not is_signed(body, "", "secret")
    assert not is_signed(body, "\ud800é", "secret")


@pytest.mark.parametrize("shop", ["main", "nowhere", "WOO"])
async def test_a_shop_that_is_not_woocommerces_takes_no_deliveries(tmp_path: Path, shop: str) -> None:
    async with open_storefront(tmp_path) as front:
        assert (await front.deliver(woo_order(), shop=shop)).status_code == 404


async def test_an_order_without_a_topic_is_an_order(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        raw = json.dumps(woo_order()).encode()
        signed = woo_headers(raw, "order.updated", WOO_SECRET)["X-WC-Webhook-Signature"]
        headers = {"Content-Type": "application/json", "X-WC-Webhook-Signature": signed}
        answer = await front.web.post("/shop/woocommerce/woo", content=raw, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"change": "recorded"})


async def test_topics_that_are_no_orders_are_passed_over(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.deliver(woo_order(), topic="product.updated")
        assert (answer.status_code, answer.json()) == (200, {"change": "nothing"})
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]
