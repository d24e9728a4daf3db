"""What cannot be read is told once, asked for again until it can be, and stops nothing that stands beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from asked_shop import LAST_WEEK, reconciler
from bot.kit.shop import Malformed
from bot.kit.texts import LOCALE, Texts
from bot.notifications.relay import OutboxRelay
from bot.shops.problems import ShopProblems
from bot.shops.unreadable import REASON_LENGTH_MAX, can_be_asked_for, reason_of
from bot.store.profiles import Profiles
from fake_shop import fake_shop
from handlers.notices.shops import shop_problem
from machine import ADMIN, Store
from quick_clock import QuickClock
from signalled import for_outbox
from storefront import Storefront, open_storefront, with_code, woo_order

OPEN = "SELECT order_id FROM shop_problems WHERE kind = 'unreadable' AND settled_at IS NULL ORDER BY order_id"


async def told(front: Storefront) -> list[str]:
    """Tells what is untold to an admin; the texts of all messages so far."""
    await Store(front.stores.writer, front.stores.machine).know(ADMIN, "Hamid", now=front.clock.now)
    people, texts = Profiles(front.stores.writer, front.stores.machine, frozenset({ADMIN})), Texts(LOCALE, strict=True)
    problems = ShopProblems(front.stores.machine, people, lambda problem, admin: shop_problem(problem, admin, texts))
    services = for_outbox(people, front.outbox, front.stores.writer, QuickClock())
    teller = OutboxRelay(services, problems, "")
    await teller.step()
    return [text for (text,) in front.rows("SELECT json_extract(params, '$.text') FROM outbox ORDER BY id")]


async def test_admins_hear_of_each_order_once_with_the_place_and_nothing_of_the_body(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for second in range(3):
            await front.deliver(woo_order(5, total="sara", date_modified_gmt=f"2026-03-21T10:00:0{second}"))
        (text,) = await told(front)
        assert "woo:5" in text
        assert "total: a number, such as 19.99" in text
        assert "sara" not in text
        await front.deliver(woo_order(6, currency="sara"))
        assert len(await told(front)) == 2


async def test_one_that_could_be_read_meanwhile_is_told_again_only_for_another_reason(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for _ in range(2):
            await front.deliver(woo_order(5, total="much"))
            assert front.rows(OPEN) == [("5",)]
            await front.deliver(woo_order(5))
            assert front.rows(OPEN) == []
            assert len(await told(front)) == 1
        await front.deliver(woo_order(5, currency=None))
        assert front.rows(OPEN) == [("5",)]
        assert len(await told(front)) == 2


async def test_the_shop_is_asked_again_for_what_could_not_be_read_until_it_can_be(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        old = woo_order(5, date_modified_gmt="2026-03-10T10:00:00", meta_data=with_code(front.nader))
        await front.deliver({**old, "total": "much"})
        asking = reconciler(front, shop)
        shop.put({**old, "total": "much"})
        assert (await asking.ask("woo")).unreadable == 1
        assert front.rows(OPEN) == [("5",)]
        shop.put(old)
        assert dict((await asking.ask("woo")).changes) == {"recorded": 1}
        assert front.rows(OPEN) == []
        assert await front.available(front.nader) == 20_000
        assert (await asking.ask("woo")).looked_at == 0


async def test_what_a_shop_lists_and_cannot_be_read_is_kept_and_holds_up_no_other(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(woo_order(1), woo_order(2, line_items="none"), woo_order(3, refunds=[5]), woo_order(4))
        tally = await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert (tally.looked_at, tally.unreadable, dict(tally.changes)) == (2, 2, {"recorded": 2})
        assert front.rows(OPEN) == [("2",), ("3",)]
        shop.put(woo_order(2), woo_order(3))
        assert (await reconciler(front, shop).ask("woo")).changes["recorded"] == 2
        assert front.rows(OPEN) == []


@pytest.mark.parametrize("as_object", [False, True])
async def test_a_list_with_something_else_in_it_is_read_all_the_same(tmp_path: Path, *, as_object: bool) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        shop.put(woo_order(1), woo_order(2))
        shop.among_orders = ["Notice: undefined index", [], None]
        shop.lists_as_objects = as_object
        tally = await reconciler(front, shop).ask("woo", LAST_WEEK)
        assert (tally.looked_at, tally.unreadable, dict(tally.changes)) == (2, 1, {"recorded": 2})
        assert len(front.rows(OPEN)) == 1


async def test_a_body_without_a_number_has_passed_once_the_shop_was_asked_for_all_that_changed(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await front.deliver(b"<html>")
        assert len(front.rows(OPEN)) == 1
        front.clock.now += 3_600_000
        await reconciler(front, shop).ask("woo")
        assert front.rows(OPEN) == []


async def test_an_older_state_that_comes_late_settles_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(5))
        await front.deliver(woo_order(5, total="much", date_modified_gmt="2026-03-21T10:10:00"))
        await front.deliver(woo_order(5, date_modified_gmt="2026-03-21T09:59:59"))
        assert front.rows(OPEN) == [("5",)]


async def test_a_deleted_order_is_not_asked_for_any_more(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.deliver(woo_order(5, total="much"))
        await front.deliver({"id": 5}, topic="order.deleted")
        assert front.rows(OPEN) == []


def test_a_reason_is_short_whatever_stands_in_it() -> None:
    reason = reason_of(Malformed("line_items." + "x" * 500, "a number"))
    assert len(reason) == REASON_LENGTH_MAX
    assert json.loads(json.dumps(reason)) == reason


@pytest.mark.parametrize(("order", "asked"), [("727", True), ("body-0123456789ab", False), ("", False), ("۷", False)])
def test_only_a_number_can_be_asked_for(order: str, *, asked: bool) -> None:
    assert can_be_asked_for(order) is asked
