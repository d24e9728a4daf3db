"""Lists of a shop are read to their last page, whatever a page holds, and however they move while they are read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from asked_shop import LAST_WEEK, reconciler
from bot.kit.shop_kind import ShopUnreachable
from bot.shop_kinds.woocommerce.client import PAGE_SIZE
from fake_shop import CONSUMER_KEY, CONSUMER_SECRET, FakeShop, fake_shop
from storefront import Storefront, open_storefront, woo_order


def many(count: int) -> list[dict[str, Any]]:
    return [
        woo_order(n, customer_id=n, date_modified_gmt=f"2026-03-21T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}")
        for n in range(1, count + 1)
    ]


async def asked(front: Storefront, shop: FakeShop) -> int:
    """How many orders were recorded."""
    return (await reconciler(front, shop).ask("woo", LAST_WEEK)).changes["recorded"]


async def test_a_page_that_is_shorter_than_asked_for_ends_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE + 5))
        shop.hidden = {50}  # a plugin that leaves one out
        assert await asked(front, shop) == PAGE_SIZE + 4


@pytest.mark.parametrize("pages", ["1", "0", "two", ""])
async def test_a_count_of_pages_that_is_too_small_or_none_ends_nothing(tmp_path: Path, pages: str) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE + 5))
        shop.counted = {"X-WP-TotalPages": pages}
        assert await asked(front, shop) == PAGE_SIZE + 5


async def test_an_empty_page_before_the_last_ends_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE * 2 + 5))
        shop.hidden = set(range(6, PAGE_SIZE + 6))
        assert await asked(front, shop) == PAGE_SIZE + 5


async def test_without_the_headers_it_goes_on_to_an_empty_page(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE + 5))
        shop.hidden, shop.counts = {50}, False
        assert await asked(front, shop) == PAGE_SIZE + 4
        assert [each["page"] for each in shop.asked] == ["1", "2", "3"]


async def test_products_and_orders_by_number_are_read_to_the_last_page_as_well(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.products = [{"id": n, "sku": "", "categories": [{"slug": "books"}]} for n in range(1, PAGE_SIZE + 20)]
        shop.hidden = {7}
        euros = [woo_order(n, currency="EUR", date_modified_gmt="2026-03-10T10:00:00") for n in range(1, 4)]
        shop.put(*euros)
        for order in euros:
            await front.deliver(order)
        assert (await reconciler(front, shop).ask("woo")).changes["refused"] == 3
        assert len(front.categories.of("woo")) == PAGE_SIZE + 18


async def test_an_order_that_changes_while_pages_are_read_is_taken_the_next_time_at_the_latest(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE * 2))

        def change(page: int) -> None:
            if page == 1:
                shop.put(woo_order(3, customer_id=3, date_modified_gmt="2026-03-21T10:30:00"))

        shop.between = change
        asking = reconciler(front, shop)
        first = await asking.ask("woo", LAST_WEEK)
        second = await asking.ask("woo")
        assert first.changes["recorded"] + second.changes["recorded"] == PAGE_SIZE * 2


async def test_a_list_that_loses_an_order_while_it_is_read_is_read_again(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE * 2))

        def lose(page: int) -> None:
            if page == 1:
                shop.orders.pop(2 * PAGE_SIZE - 1, None)  # one of those that were shown already

        shop.between = lose
        assert await asked(front, shop) == PAGE_SIZE * 2


async def test_a_list_that_keeps_losing_orders_is_asked_for_again_an_hour_later(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*many(PAGE_SIZE * 3))

        def lose(_: int) -> None:
            del shop.orders[max(shop.orders)]

        shop.between = lose
        with pytest.raises(ShopUnreachable, match="shrinks while it is read"):
            await asked(front, shop)
        shop.between = lambda _: None
        assert await asked(front, shop) == len(shop.orders)


async def test_a_run_that_breaks_off_in_the_middle_moves_nothing_on(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking = reconciler(front, shop)
        await asking.ask("woo", LAST_WEEK)
        before = await front.outbox.cursor("reconcile:woo")
        shop.put(*many(PAGE_SIZE * 2))

        def fail(page: int) -> None:
            shop.failures = 1 if page == 1 else 0

        shop.between = fail
        with pytest.raises(ShopUnreachable, match="status 500"):
            await asking.ask("woo", LAST_WEEK)
        assert await front.outbox.cursor("reconcile:woo") == before
        shop.between = lambda _: None
        assert (await asking.ask("woo", LAST_WEEK)).changes["recorded"] == PAGE_SIZE * 2


# --- hosts, and what stands before them


async def test_where_a_host_strips_the_header_the_keys_go_in_the_address(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        caplog.set_level("INFO")
        shop.strips_keys = True
        shop.put(woo_order(1))
        assert await asked(front, shop) == 1
        assert all(key not in caplog.text for key in (CONSUMER_KEY, CONSUMER_SECRET))
        assert caplog.text.count("strips the header") == 1


async def test_a_shop_that_takes_the_header_sees_no_key_in_an_address(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await asked(front, shop)
        assert all("consumer_key" not in each for each in shop.asked)


async def test_a_web_page_in_place_of_json_is_told_in_words(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.page = "<!DOCTYPE html><html><head><title>Just a moment...</title></head></html>"
        with pytest.raises(ShopUnreachable) as caught:
            await asked(front, shop)
        assert str(caught.value) == (
            "shops.woo: the shop answers with a web page “Just a moment...” instead of JSON (JSONDecodeError)"
        )
        shop.page = "database error"
        with pytest.raises(ShopUnreachable, match="with a text instead of JSON"):
            await asked(front, shop)
