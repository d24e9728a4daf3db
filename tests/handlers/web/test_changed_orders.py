"""Orders that plugins have changed: read as far as they can be, acknowledged always, and never lost without a word."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from engine.verify.ledger import verify_file
from storefront import WOO_SECRET, Storefront, open_storefront, with_code, woo_headers, woo_line, woo_order


async def change(front: Storefront, **fields: Any) -> str:
    """What a delivery came to."""
    answer = await front.deliver(woo_order(**fields))
    assert answer.status_code == 200
    return str(answer.json()["change"])


async def left_of(front: Storefront, order: str = "woo:727") -> int:
    view = await front.engine.order(order)
    assert view is not None
    return view.total - view.refunded


def contents_of(folder: Path) -> list[bytes]:
    files = list(folder.glob("moaref.db*"))
    assert files
    return [each.read_bytes() for each in files]


@pytest.mark.parametrize(
    ("fields", "order"),
    [
        ({"currency": "dollars"}, "727"),
        ({"total": "12,50"}, "727"),
        ({"total": "-5"}, "727"),
        ({"total": "1" * 17}, "727"),
        ({"date_modified_gmt": "soon"}, "727"),
        ({"line_items": None}, "727"),
        ({"refunds": [{"id": 1, "total": "five"}]}, "727"),
        ({"customer_id": -1}, "727"),
        ({"id": "727", "customer_id": True}, "727"),
        ({"id": 0}, "body-"),
        ({"id": True}, "body-"),
        ({"id": None}, "body-"),
    ],
)
async def test_a_signed_order_that_cannot_be_read_is_acknowledged_and_kept_with_its_reason(
    tmp_path: Path, fields: dict[str, Any], order: str
) -> None:
    async with open_storefront(tmp_path) as front:
        for _ in range(2):
            answer = await front.deliver(woo_order(**fields))
            assert (answer.status_code, answer.json()) == (200, {"change": "unreadable"})
        ((shop, name, kind, content),) = front.rows("SELECT shop, order_id, kind, content FROM shop_problems")
        assert (shop, kind, name.startswith(order)) == ("woo", "unreadable", True)
        assert list(json.loads(content)) == ["reason"]
        assert front.troubles.times
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]
    assert all(b"sara@example.com" not in content for content in contents_of(tmp_path))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"null", b"a=1", b"<html>", b"\xff\xfe\x00", b'{"id": 727, "total"', b"[" * 9999]
)
@pytest.mark.parametrize("topic", ["order.updated", "order.deleted", ""])
async def test_a_signed_body_that_is_no_order_is_acknowledged_and_kept(tmp_path: Path, body: bytes, topic: str) -> None:
    async with open_storefront(tmp_path) as front:
        assert (await front.deliver(body, topic=topic)).json() == {"change": "unreadable"}
        ((name,),) = front.rows("SELECT order_id FROM shop_problems WHERE kind = 'unreadable'")
        assert name == "727" if b"727" in body else name.startswith("body-")


@pytest.mark.parametrize("topic", ["product.updated", "coupon.created", "customer.deleted", "action.woocommerce_new"])
async def test_what_is_no_order_is_acknowledged_however_it_looks(tmp_path: Path, topic: str) -> None:
    async with open_storefront(tmp_path) as front:
        for body in (b"", b"[]", b'{"id": "x", "categories": 5}'):
            assert (await front.deliver(body, topic=topic)).status_code == 200
        assert front.rows("SELECT COUNT(*) FROM shop_problems") == [(0,)]


async def test_a_test_ping_that_is_signed_does_nothing_either(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        raw = b"webhook_id=5"
        headers = {**woo_headers(raw, "order.updated", WOO_SECRET), "Content-Type": "application/x-www-form-urlencoded"}
        answer = await front.web.post("/shop/woocommerce/woo", content=raw, headers=headers)
        assert (answer.status_code, answer.json()) == (200, {"change": "nothing"})
        assert front.rows("SELECT COUNT(*) FROM shop_problems") == [(0,)]


async def test_an_order_that_can_be_read_in_the_end_is_recorded_and_its_problem_has_passed(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(total="much", meta_data=with_code(front.nader)))
        assert await change(front, meta_data=with_code(front.nader)) == "recorded"
        assert await front.available(front.nader) == 20_000
        assert front.rows("SELECT COUNT(*) FROM shop_problems WHERE settled_at IS NULL") == [(0,)]
    assert verify_file(tmp_path / "moaref.db").holds


async def test_a_number_taken_by_a_refused_order_with_other_content_is_a_problem_and_no_failure(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara, _ = await front.engine.get_or_create_person("telegram", "3")
        await front.engine.purchase("woo:727", sara, 100_000, "shoes", actor="admin")
        await front.engine.refund("woo:727", 100_000, key="all", actor="admin")
        for total in ("100000", "50000"):
            answer = await front.deliver(woo_order(line_items=[woo_line(total)]))
            assert answer.status_code == 200


# --- what was paid for goods


@pytest.mark.parametrize(
    ("fields", "earned"),
    [
        ({"line_items": [woo_line("100000"), woo_line("-30000")]}, 14_000),
        ({"line_items": [woo_line("100000", quantity=-1)]}, 20_000),
        ({"meta_data": {"0": {"key": "a"}, "2": {"key": "moaref_code", "value": "CODE"}}}, 20_000),
        ({"currency": "IRHT", "line_items": [woo_line("100")], "total": "110", "shipping_total": "10"}, 20_000),
        ({"currency": "IRHR", "line_items": [woo_line("1000")], "total": "1100", "shipping_total": "100"}, 20_000),
        ({"fee_lines": [{"id": 4, "name": "Club", "total": "-25000"}]}, 15_000),
        ({"total": "80000", "gift_cards": [{"id": 1, "amount": "30000"}]}, 14_000),
        ({"refunds": [{"id": 1, "total": "-10000"}]}, 20_000),
        ({"refunds": [{"id": 1, "total": "-10000"}, {"id": 2, "total": "-50000"}]}, 10_000),
    ],
)
async def test_a_member_earns_from_what_was_paid_for_goods(tmp_path: Path, fields: dict[str, Any], earned: int) -> None:
    async with open_storefront(tmp_path) as front:
        order = {**woo_order(meta_data=with_code(front.nader)), **fields}
        await front.deliver(json.dumps(order).replace('"CODE"', f'"{front.nader}"').encode())
        assert await front.available(front.nader) == earned
        assert front.rows("SELECT * FROM shop_problems") == []
    assert verify_file(tmp_path / "moaref.db").holds


async def test_the_shops_own_statuses_count_where_the_configuration_names_them(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        shops = front.application.state.services.shops
        shops["woo"] = replace(shops["woo"], paid_statuses=frozenset({"shipped", "completed"}))
        assert await change(front, status="processing") == "nothing"
        assert await change(front, status="wc-shipped", date_modified_gmt="2026-03-21T10:00:05") == "recorded"
        assert await change(front, status="packed", date_modified_gmt="2026-03-21T10:00:06") == "nothing"
        assert await left_of(front) == 100_000
