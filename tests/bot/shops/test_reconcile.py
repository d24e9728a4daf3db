"""What webhooks did not bring is asked for: by pages, again where it overlaps, and with no key in any text."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from asked_shop import LAST_WEEK, reconciler
from bot.kit.shop_kind import ShopUnreachable
from bot.runtime.ticker import Ticker
from bot.shop_kinds.woocommerce.client import PAGE_SIZE
from chat import NOON
from fake_shop import CONSUMER_SECRET, fake_shop
from quick_clock import QuickClock
from storefront import open_storefront, with_code, woo_line, woo_order


async def test_what_was_missed_is_recorded_once_and_asked_for_from_there_on(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(*(woo_order(n, meta_data=with_code(front.nader)) for n in range(1, 4)))
        await front.deliver(shop.orders[2])
        asking = reconciler(front, shop)
        tally = await asking.ask("woo", LAST_WEEK)
        assert (tally.looked_at, dict(tally.changes)) == (3, {"recorded": 2, "nothing": 1})
        shop.put(woo_order(1, date_modified_gmt="2026-03-21T10:00:30", refunds=[{"id": 9, "total": "-11000"}]))
        tally = await asking.ask("woo")
        assert dict(tally.changes) == {"refunded": 1, "nothing": 2}  # the last minute is looked at twice
        assert [each.get("modified_after") for each in shop.asked] == ["2026-03-14T11:00:00", "2026-03-21T09:59:00"]
        assert await front.available(front.nader) == 58_000


async def test_the_first_time_a_shop_is_asked_for_one_day(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(woo_order(1), woo_order(2, date_modified_gmt="2026-03-19T10:00:00"))
        tally = await reconciler(front, shop).ask("woo")
        assert (tally.looked_at, dict(tally.changes)) == (1, {"recorded": 1})


async def test_a_later_beginning_leaves_nothing_out_for_good(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking = reconciler(front, shop)
        shop.put(woo_order(1))
        await asking.ask("woo")
        shop.put(woo_order(2, date_modified_gmt="2026-03-21T10:10:00"))
        assert (await asking.ask("woo", NOON - 20 * 60_000)).looked_at == 0
        assert dict((await asking.ask("woo")).changes) == {"nothing": 1, "recorded": 1}


async def test_an_order_dated_ahead_hides_none_that_come_before_it(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        asking = reconciler(front, shop)
        shop.put(woo_order(1, date_modified_gmt="2027-03-21T10:00:00"))  # the shop's clock had jumped
        await asking.ask("woo")
        shop.put(woo_order(2, date_modified_gmt="2026-12-01T10:00:00"))
        assert (await asking.ask("woo")).changes["recorded"] == 1


async def test_many_orders_come_by_pages_and_the_oldest_is_recorded_first(tmp_path: Path) -> None:
    tables = {
        "program": {"currency": "IRT", "first_purchase_only": True},
        "ranks": [{"id": "base", "commission": "20%"}],
    }
    many = PAGE_SIZE * 2 + 30
    async with open_storefront(tmp_path, tables) as front, fake_shop() as shop:
        shop.put(
            *(
                woo_order(
                    n,
                    date_modified_gmt=f"2026-03-21T{10 - n // 60 // 60:02}:{59 - n // 60:02}:{59 - n % 60:02}",
                    meta_data=with_code(front.nader),
                )
                for n in range(1, many + 1)
            )
        )
        tally = await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert (tally.looked_at, dict(tally.changes)) == (many, {"recorded": many})
        assert [each["page"] for each in shop.asked] == ["1", "2", "3"]
        credited = front.rows("SELECT id FROM orders WHERE seller IS NOT NULL")
        assert credited == [(f"woo:{many}",)]


async def test_orders_that_had_no_rate_are_asked_for_again_until_there_is_one(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(woo_order(5, currency="EUR", date_modified_gmt="2026-03-10T10:00:00"))
        await front.deliver(shop.orders[5])
        tally = await reconciler(front, shop).ask("woo")
        assert dict(tally.changes) == {"refused": 1}
    async with open_storefront(tmp_path, rates={"EUR": "2"}) as front, fake_shop() as shop:
        shop.put(woo_order(5, currency="EUR", date_modified_gmt="2026-03-10T10:00:00"))
        tally = await reconciler(front, shop).ask("woo")
        assert dict(tally.changes) == {"recorded": 1}
        assert (await reconciler(front, shop).ask("woo")).looked_at == 0


async def test_an_order_that_cannot_be_read_holds_up_no_other(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        half_a_letter = [woo_line("5", sku="\ud800")]
        shop.put(woo_order(1, total="a lot"), woo_order(2), woo_order(3, line_items=half_a_letter))
        tally = await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert (tally.looked_at, tally.unreadable, dict(tally.changes)) == (1, 2, {"recorded": 1})


async def test_a_shop_that_does_not_answer_is_told_without_its_keys_and_asked_for_the_same_again(
    tmp_path: Path,
) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(woo_order(1))
        shop.failures = 1
        with pytest.raises(ShopUnreachable, match=r"shops\.woo: the shop answers with status 500"):
            await reconciler(front, shop).ask("woo", LAST_WEEK)
        with pytest.raises(ShopUnreachable, match="status 401") as caught:
            await reconciler(front, shop, key="ck_wrong").ask("woo", LAST_WEEK)
        assert CONSUMER_SECRET not in repr(caught.value)
        with pytest.raises(ShopUnreachable, match="ClientConnectorError"):
            await reconciler(front, shop, url="http://127.0.0.1:9").ask("woo", LAST_WEEK)
        assert (await reconciler(front, shop).ask("woo", LAST_WEEK)).looked_at == 1


async def test_it_asks_at_once_and_goes_on_after_a_failure(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(woo_order(1))
        shop.failures = 1
        ticker = Ticker(QuickClock(speed=1000), [reconciler(front, shop).recurring()])
        running = asyncio.ensure_future(ticker.run())
        async with asyncio.timeout(20):
            while await front.engine.order("woo:1") is None:
                await asyncio.sleep(0.01)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
