"""An order that a marketplace splits counts once: by itself or by its parts, in whatever order they come."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any, Final

import pytest

from asked_shop import LAST_WEEK, reconciler
from bot.kit.shop import Counted
from engine.verify.ledger import verify_file
from fake_shop import fake_shop
from storefront import Storefront, open_storefront, with_code, woo_line, woo_order

SETTINGS: Final[tuple[Counted, ...]] = ("parent", "children")
SPLIT: Final = [{"id": 5, "key": "has_sub_order", "value": "1"}]


def family(front: Storefront, *, told: bool = True, code: bool = True) -> list[dict[str, Any]]:
    """300,000 and the two orders that it was split into; `told`: the parent says so; `code`: children have it, too."""
    said = with_code(front.nader)
    parent = woo_order(1, line_items=[woo_line("300000")], total="300000", meta_data=said + (SPLIT if told else []))
    children = [
        woo_order(id, parent_id=1, line_items=[woo_line(total)], total=total, meta_data=said if code else [])
        for id, total in ((2, "100000"), (3, "200000"))
    ]
    return [parent, *children]


def counting(front: Storefront, setting: Counted) -> None:
    shops = front.application.state.services.shops
    shops["woo"] = replace(shops["woo"], sub_orders=setting)


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("setting", SETTINGS)
async def test_parent_and_children_pay_once_in_whatever_order_they_come(
    tmp_path: Path, setting: Counted, *, told: bool
) -> None:
    for number, places in enumerate(permutations(range(3))):
        folder = tmp_path / str(number)
        folder.mkdir()
        async with open_storefront(folder) as front:
            counting(front, setting)
            orders = family(front, told=told)
            for place in (*places, *places):
                assert (await front.deliver(orders[place])).status_code == 200
            assert await front.available(front.nader) == 60_000
            counted = front.rows("SELECT id FROM orders WHERE refunded < total ORDER BY id")
            assert counted == ([("woo:1",)] if setting == "parent" else [("woo:2",), ("woo:3",)])
            assert front.rows("SELECT * FROM shop_problems") == []
        assert verify_file(folder / "moaref.db").holds


@pytest.mark.parametrize("told", [True, False])
@pytest.mark.parametrize("setting", SETTINGS)
async def test_a_shop_that_is_asked_brings_them_once(tmp_path: Path, setting: Counted, *, told: bool) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*family(front, told=told))
        asking = reconciler(front, shop, sub_orders=setting)
        for _ in range(2):
            await asking.ask("woo", LAST_WEEK)
        assert await front.available(front.nader) == 60_000
        assert front.rows("SELECT COUNT(*) FROM orders") == [(1 if setting == "parent" else 2,)]
        assert front.rows("SELECT SUM(refunded) FROM orders") == [(0,)]


@pytest.mark.parametrize("setting", SETTINGS)
async def test_what_goes_back_of_what_counts_is_taken_back(tmp_path: Path, setting: Counted) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, setting)
        parent, first, second = family(front, told=False)
        for order in (parent, first, second):
            await front.deliver(order)
        later = {"date_modified_gmt": "2026-03-21T10:00:30"}
        await front.deliver({**first, **later, "status": "refunded"})
        await front.deliver({**first, **later, "status": "refunded"})
        assert await front.available(front.nader) == (60_000 if setting == "parent" else 40_000)
        told = front.rows("SELECT order_id, kind, content FROM shop_problems")
        assert told == ([("2", "child_given_back", '{"parent": "woo:1"}')] if setting == "parent" else [])
        await front.deliver({**parent, **later, "refunds": [{"id": 9, "total": "-100000"}]})
        await front.deliver({**first, **later, "status": "refunded"})
        assert await front.available(front.nader) == 40_000
        assert front.rows("SELECT order_id, kind, content FROM shop_problems") == told


async def test_the_code_in_a_parent_that_does_not_count_brings_the_buyer_of_its_children(tmp_path: Path) -> None:
    for customer in (26, 0):
        folder = tmp_path / str(customer)
        folder.mkdir()
        async with open_storefront(folder) as front:
            counting(front, "children")
            for order in family(front, code=False):
                await front.deliver({**order, "customer_id": customer})
            assert await front.available(front.nader) == 60_000


@pytest.mark.parametrize("customer", [26, 0])
async def test_a_code_that_comes_with_the_parent_after_its_children_is_told_for_each_of_them(
    tmp_path: Path, customer: int
) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, "children")
        parent, *children = [{**order, "customer_id": customer} for order in family(front, code=False)]
        for order in (*children, parent, parent):
            await front.deliver(order)
        assert await front.available(front.nader) == 0
        told = front.rows("SELECT order_id, kind, content FROM shop_problems ORDER BY id")
        assert told == [(id, "late_friend", f'{{"sponsor": "{front.nader}"}}') for id in ("2", "3")]
        await front.deliver(woo_order(9, customer_id=26))
        assert (await front.buyer("woo:9")).sponsor == (front.nader if customer else None)


async def test_a_guests_child_that_is_given_to_an_account_is_the_guest_of_the_parent(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, "children")
        parent, child, _ = [{**order, "customer_id": 0} for order in family(front, code=False)]
        for order in (parent, child, {**child, "customer_id": 26, "date_modified_gmt": "2026-03-21T10:00:30"}):
            await front.deliver(order)
        await front.deliver(woo_order(9, customer_id=26))
        assert (await front.buyer("woo:9")).sponsor == front.nader


async def test_a_parent_that_was_never_paid_brings_nobody(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, "children")
        for status in ("pending", "cancelled"):
            await front.deliver({**family(front)[0], "status": status})
        await front.deliver(woo_order(9))
        assert (await front.buyer("woo:9")).sponsor is None


async def test_an_order_that_an_admin_recorded_under_the_parents_number_stays(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, "children")
        sara, _ = await front.engine.get_or_create_person("telegram", "3")
        await front.engine.purchase("woo:1", sara, 300_000, "shoes", actor="admin")
        for order in family(front):
            await front.deliver(order)
        assert front.rows("SELECT refunded FROM orders WHERE id = 'woo:1'") == [(0,)]


async def test_what_was_recorded_under_one_setting_is_not_recorded_again_under_the_other(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        orders = family(front)
        counting(front, "children")
        for order in orders:
            await front.deliver(order)
        counting(front, "parent")
        for order in orders:
            await front.deliver({**order, "date_modified_gmt": "2026-03-21T10:00:30"})
        assert await front.available(front.nader) == 60_000
        await front.deliver({**orders[2], "date_modified_gmt": "2026-03-21T10:01:00", "status": "cancelled"})
        assert await front.available(front.nader) == 20_000


@pytest.mark.parametrize(
    "renewal",
    [
        {"created_via": "subscription"},
        {"meta_data": [{"key": "_subscription_renewal", "value": "700"}]},
        {"parent_id": 0},
        {"parent_id": None},
        {"parent_id": 5},
    ],
)
@pytest.mark.parametrize("setting", SETTINGS)
async def test_a_renewal_of_a_subscription_is_an_order_of_its_own(
    tmp_path: Path, renewal: dict[str, Any], setting: Counted
) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, setting)
        await front.deliver(woo_order(1))
        answer = await front.deliver(woo_order(5, **{"parent_id": 1, **renewal}))
        assert answer.json() == {"change": "recorded"}


@pytest.mark.parametrize("value", ["", "0", 0, False, None, "no", []])
async def test_a_parent_that_says_it_has_no_children_counts(tmp_path: Path, value: object) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, "children")
        answer = await front.deliver(woo_order(1, meta_data=[{"id": 5, "key": "has_sub_order", "value": value}]))
        assert answer.json() == {"change": "recorded"}


@pytest.mark.parametrize("key", ["has_sub_order", "has_mvx_sub_order", "has_wcmp_sub_order", "_has_suborders"])
async def test_marketplaces_are_known_by_how_they_mark_a_parent(tmp_path: Path, key: str) -> None:
    async with open_storefront(tmp_path) as front:
        counting(front, "children")
        answer = await front.deliver(woo_order(1, meta_data=[{"id": 5, "key": key, "value": True}]))
        assert answer.json() == {"change": "nothing"}
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]
