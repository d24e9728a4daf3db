"""Codes as people copy them reach whoever they mean on every road that shops take."""

from __future__ import annotations

from pathlib import Path
from random import Random
from urllib.parse import quote

import pytest

from disguises import disguised, linked
from rewarded import check, friend, use
from storefront import Storefront, open_storefront, with_code, woo_order

DISGUISES = 12


async def sponsor_of(front: Storefront, order: str) -> str | None:
    return (await front.buyer(order)).sponsor


@pytest.mark.parametrize("seed", range(DISGUISES))
async def test_a_copied_code_brings_the_buyer_by_the_api_by_meta_data_and_by_a_coupon(
    tmp_path: Path, seed: int
) -> None:
    random = Random(seed)
    async with open_storefront(tmp_path) as front:
        typed = [random.choice((disguised, linked))(front.nader, random) for _ in range(3)]
        assert (await front.order(code=typed[0])).status_code == 201, ascii(typed[0])
        assert await sponsor_of(front, "main:1") == front.nader, ascii(typed[0])
        await front.deliver(woo_order(2, customer_id=2, meta_data=with_code(typed[1])))
        assert await sponsor_of(front, "woo:2") == front.nader, ascii(typed[1])
        await front.deliver(woo_order(3, customer_id=3, coupon_lines=[{"code": typed[2]}]))
        assert await sponsor_of(front, "woo:3") == front.nader, ascii(typed[2])


async def test_a_code_of_digits_alone_may_be_a_number_in_meta_data(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        meta = [{"key": "moaref_code", "value": 2345678}, *with_code(front.nader)]
        assert (await front.deliver(woo_order(2, meta_data=meta))).status_code == 200
        assert await sponsor_of(front, "woo:2") == front.nader


@pytest.mark.parametrize("seed", range(DISGUISES))
async def test_a_copied_reward_is_checked_and_burned(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        typed = disguised(code, random, dashes=False)
        assert (await check(front, quote(typed, safe=""))).status_code == 200, ascii(typed)
        assert (await use(front, quote(typed, safe=""))).status_code == 201, ascii(typed)


async def test_a_copied_coupon_burns_its_reward(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        await front.deliver(woo_order(coupon_lines=[{"code": f"\u2066{code.lower()}\u2069"}]))
        assert front.rows("SELECT used_for FROM rewards") == [("woo:727",)]


@pytest.mark.parametrize("seed", range(DISGUISES))
async def test_a_copied_code_in_a_link_leads_to_the_bot(tmp_path: Path, seed: int) -> None:
    async with open_storefront(tmp_path) as front:
        typed = disguised(front.nader, Random(seed))
        answer = await front.web.get(f"/r/{quote(typed, safe='')}")
        assert answer.status_code == 302, ascii(typed)
        assert answer.headers["location"].endswith(f"?start={front.nader}")
