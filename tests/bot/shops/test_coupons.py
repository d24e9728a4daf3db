"""Codes become coupons at their shop: once, with their end, and again where the shop did not answer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot.kit.rewards import Reward
from bot.kit.shop_kind import ShopUnreachable
from bot.referrals.reward_issuing import RewardIssuer
from bot.shop_kinds.woocommerce.settings import WooCommerceSettings
from bot.shops.coupons import PAGE_SIZE, PAUSE_MS, CouponMaker
from engine.money import Currency
from engine.transaction import Transaction
from fake_shop import CONSUMER_KEY, CONSUMER_SECRET, FakeShop, fake_shop
from gifts import WELCOME
from quick_clock import QuickClock
from storefront import WOO_SECRET, Storefront, open_storefront

AT_WOO = replace(WELCOME, shop="woo")


def table_of(address: str, key: str = CONSUMER_KEY) -> WooCommerceSettings:
    return WooCommerceSettings(
        kind="woocommerce",
        secret=SecretStr(WOO_SECRET),
        url=address,
        consumer_key=SecretStr(key),
        consumer_secret=SecretStr(CONSUMER_SECRET),
    )


def maker(front: Storefront, shop: FakeShop, *, currency: str = "IRT", key: str = CONSUMER_KEY) -> CouponMaker:
    return CouponMaker(
        {"away": table_of("http://127.0.0.1:9"), "woo": table_of(shop.address, key)},
        Currency.of(currency),
        front.stores.writer,
        front.stores.machine,
        clock=QuickClock(speed=1000, start=front.clock.now),
        made=front.troubles,
    )


async def give(front: Storefront, reward: Reward, *words: str) -> None:
    """A friend for each word, which is what their code is made of."""

    def job(books: Transaction) -> None:
        for word in words:
            person, _ = books.get_or_create_person("telegram", word)
            RewardIssuer({reward.id: reward}, None, lambda word=word: word).came(  # type: ignore[misc]
                books, person, front.nader, None, front.clock.now
            )

    await front.engine.write_silently(job)


def ready(front: Storefront) -> list[Any]:
    return [row[0] for row in front.rows("SELECT coupon_at IS NOT NULL FROM rewards ORDER BY id")]


async def test_a_code_becomes_a_coupon_that_holds_once_and_until_its_end(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, AT_WOO, "ABCD2345")
        await maker(front, shop).step()
        assert list(shop.coupons.values()) == [
            {
                "code": "HI-ABCD2345",
                "discount_type": "percent",
                "amount": "10",
                "date_expires_gmt": "2026-04-20T11:00:00",
                "individual_use": True,
                "usage_limit": 1,
                "description": "moaref: welcome",
            }
        ]
        assert (ready(front), front.troubles.times) == ([1], 1)
        await maker(front, shop).step()
        assert len(shop.coupons) == 1


@pytest.mark.parametrize(("currency", "amount"), [("IRT", "50000"), ("USD", "500.00")])
async def test_a_fixed_discount_is_in_major_units(tmp_path: Path, currency: str, amount: str) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, replace(AT_WOO, percent="", amount=50_000, valid_days=0), "ABCD2345")
        await maker(front, shop, currency=currency).step()
        (coupon,) = shop.coupons.values()
        assert (coupon["discount_type"], coupon["amount"]) == ("fixed_cart", amount)
        assert "date_expires_gmt" not in coupon


async def test_a_shop_that_fails_is_asked_again_and_a_code_that_is_there_is_as_good(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, AT_WOO, "ABCD2345", "EFGH6789")
        shop.coupons["hi-abcd2345"] = {}  # the shop's answer was lost with the process
        shop.failures = 1
        with pytest.raises(ShopUnreachable, match="status 500"):
            await maker(front, shop).step()
        assert ready(front) == [0, 0]
        await maker(front, shop).step()
        assert ready(front) == [1, 1]
        assert set(shop.coupons) == {"hi-abcd2345", "hi-efgh6789"}


async def test_keys_that_may_not_write_are_told_without_showing_them(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, AT_WOO, "ABCD2345")
        with pytest.raises(ShopUnreachable, match="accepts no coupons, status 401") as caught:
            await maker(front, shop, key="ck_wrong").step()
        assert "ck_wrong" not in str(caught.value)
        assert ready(front) == [0]


async def test_a_coupon_that_the_shop_refuses_holds_up_no_other(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, AT_WOO, "ABCD2345", "EFGH6789")
        shop.refused.add("HI-ABCD2345")
        assert await maker(front, shop).step() == PAUSE_MS
        assert ready(front) == [0, 1]
        shop.refused.clear()
        await maker(front, shop).step()
        assert ready(front) == [1, 1]


async def test_a_shop_that_refuses_with_nonsense_is_asked_again(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, AT_WOO, "ABCD2345")
        shop.nonsense = "[" * 100_000
        with pytest.raises(ShopUnreachable, match="RecursionError"):
            await maker(front, shop).step()
        shop.nonsense = ""
        await maker(front, shop).step()
        assert ready(front) == [1]


async def test_a_shop_that_is_away_holds_up_no_other_shop(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        for number, where in enumerate(("away", "nowhere")):
            words = [f"{where.upper()[:4]}{number}{each:03}" for each in range(25)]
            await give(front, replace(AT_WOO, id=where, shop=where), *words)
        await give(front, AT_WOO, "ABCD2345")
        with pytest.raises(ShopUnreachable, match=r"shops\.away"):
            await maker(front, shop).step()
        assert set(shop.coupons) == {"hi-abcd2345"}
        assert ready(front)[-1] == 1


async def test_more_coupons_than_a_page_are_made_at_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, AT_WOO, *(f"ABCD{number:04}" for number in range(PAGE_SIZE + 1)))
        await maker(front, shop).step()
        assert len(shop.coupons) == PAGE_SIZE + 1


async def test_a_reward_without_a_shop_makes_no_coupon(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front, fake_shop() as shop:
        await give(front, WELCOME, "ABCD2345")
        await maker(front, shop).step()
        assert shop.coupons == {}
