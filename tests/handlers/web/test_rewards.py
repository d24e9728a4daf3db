"""Friends' codes at shops: checked and burned over the API, and as coupons of WooCommerce's orders."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.kit.rewards import DAY_MS
from engine.transaction import Transaction
from gifts import WELCOME
from rewarded import BEARER, check, friend, use
from storefront import API_SHOP, WOO_SECRET, WOO_SHOP, Storefront, open_storefront, woo_order

SHEBA_DIGEST = "the-digest-of-one-account"


async def is_customer(front: Storefront, person: str, buyer: str, realm: str = API_SHOP.realm) -> None:
    """The shop's customer is known to be that person."""
    await front.engine.write_silently(lambda books: books.relink(realm, buyer, person))


def problem(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["content-type"] == "application/problem+json"
    content = answer.json()
    assert (content["type"], content["status"]) == (f"urn:moaref:problem:{content['code']}", answer.status_code)
    return answer.status_code, content["code"]


async def test_a_shop_asks_and_is_told_what_the_code_takes_off(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        answer = await check(front, code)
        assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
        assert answer.json() == {
            "code": "HI-WORD50",
            "reward": "welcome",
            "state": "given",
            "percent": "10%",
            "expires": "2026-04-20T11:00:00.000Z",
        }
        assert (await check(front, code.lower())).status_code == 200


async def test_a_code_is_burned_once_and_the_same_order_finds_it_so(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        first, again = await use(front, code), await use(front, code)
        assert [first.status_code, again.status_code] == [201, 200]
        assert first.json() == again.json()
        assert first.json()["state"] == "used"
        assert problem(await use(front, code, "18")) == (409, "reward_used")
        assert problem(await check(front, code)) == (409, "reward_used")
        assert front.rows("SELECT used_for FROM rewards") == [("main:17",)]


async def test_of_many_orders_at_once_one_has_the_code(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        answers = await asyncio.gather(*(use(front, code, str(order)) for order in range(20)))
        assert sorted(each.status_code for each in answers) == [201] + [409] * 19


async def test_a_code_that_nobody_was_given_is_unknown(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for code in ("NOSUCHCODE", front.nader, "%20", "a" * 5_000):
            assert problem(await check(front, code)) == (404, "unknown_reward")
            assert problem(await use(front, code)) == (404, "unknown_reward")


async def test_at_its_end_a_code_is_expired(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        front.clock.now += 30 * DAY_MS - 1
        assert (await check(front, code)).status_code == 200
        front.clock.now += 1
        assert problem(await check(front, code)) == (410, "reward_expired")
        assert problem(await use(front, code)) == (410, "reward_expired")


async def test_what_was_used_in_time_stays_used_for_its_order(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        await use(front, code)
        front.clock.now += 60 * DAY_MS
        assert (await use(front, code)).status_code == 200


async def test_a_buyer_whom_the_chat_knows_as_somebody_else_may_not_use_it(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara, code = await friend(front)
        ali, _ = await friend(front, telegram_id="51")
        await is_customer(front, sara, "c-sara")
        await is_customer(front, ali, "c-ali")
        assert problem(await check(front, code, buyer="c-ali")) == (409, "reward_of_another")
        assert problem(await use(front, code, buyer="c-ali")) == (409, "reward_of_another")
        assert (await check(front, code, buyer="c-unknown")).status_code == 200
        assert (await check(front, code, buyer="c-sara")).status_code == 200
        assert (await use(front, code, buyer="c-sara")).status_code == 201


async def test_who_turns_out_to_be_paid_at_the_inviters_account_may_not_use_it(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara, code = await friend(front)

        def keep(books: Transaction) -> None:
            for person in (sara, front.nader):
                books.connection.execute(
                    "INSERT INTO destinations (member, kind, ciphertext, key_id, last_four, digest)"
                    " VALUES (?, 'sheba', 'x', 'k', '9002', ?)",
                    (person, SHEBA_DIGEST),
                )

        await front.engine.write_silently(keep)
        assert problem(await check(front, code)) == (409, "reward_withheld")
        assert problem(await use(front, code)) == (409, "reward_withheld")


async def test_a_coupon_of_one_shop_is_no_code_at_another(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front, replace(WELCOME, shop="woo"))
        assert problem(await check(front, code)) == (404, "unknown_reward")
        assert problem(await use(front, code)) == (404, "unknown_reward")
        await front.deliver(with_coupon(code))
        assert front.rows("SELECT used_for FROM rewards") == [("woo:727",)]


async def test_only_a_shop_asks(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        for headers in ({}, {"Authorization": f"Bearer {WOO_SECRET}"}, {"Authorization": "Bearer x"}):
            assert (await front.web.get(f"/api/v1/rewards/{code}", headers=headers)).status_code == 401
            answer = await front.web.post(f"/api/v1/rewards/{code}/use", json={"order": "1"}, headers=headers)
            assert answer.status_code == 401
        assert front.rows("SELECT used_at FROM rewards") == [(None,)]


@pytest.mark.parametrize("body", [{}, {"order": ""}, {"order": 17}, {"order": "1", "more": 1}, {"order": "x" * 65}, []])
async def test_a_request_that_is_not_as_described_burns_nothing(tmp_path: Path, body: Any) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        answer = await front.web.post(f"/api/v1/rewards/{code}/use", json=body, headers=BEARER)
        assert problem(answer) == (422, "invalid")
        assert problem(await check(front, code, buyer="x" * 65)) == (422, "invalid")
        assert front.rows("SELECT used_at FROM rewards") == [(None,)]


# --- WooCommerce's coupons


def with_coupon(code: str, id: int = 727, **fields: Any) -> dict[str, Any]:
    line = {"id": 74, "code": code.lower(), "discount": "10000", "discount_tax": "0", "meta_data": []}
    return woo_order(id, coupon_lines=[line], **fields)


async def test_a_paid_order_with_the_coupon_marks_it_used(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        await front.deliver(with_coupon(code, status="pending"))
        assert front.rows("SELECT used_for FROM rewards") == [(None,)]
        paid = with_coupon(code, date_modified_gmt="2026-03-21T10:01:00")
        for _ in range(2):
            assert (await front.deliver(paid)).status_code == 200
        assert front.rows("SELECT used_for FROM rewards") == [("woo:727",)]
        assert problem(await use(front, code)) == (409, "reward_used")
        assert front.rows("SELECT kind FROM shop_problems") == []


async def test_a_cancelled_order_gives_its_coupon_back_and_a_refunded_one_does_not(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        await front.deliver(with_coupon(code))
        await front.deliver(with_coupon(code, status="refunded", date_modified_gmt="2026-03-21T10:01:00"))
        assert front.rows("SELECT used_for FROM rewards") == [("woo:727",)]
        await front.deliver(with_coupon(code, status="cancelled", date_modified_gmt="2026-03-21T10:02:00"))
        assert front.rows("SELECT used_for FROM rewards") == [(None,)]
        await front.deliver(with_coupon(code, 728))
        assert front.rows("SELECT used_for FROM rewards") == [("woo:728",)]


async def test_a_coupon_that_a_shop_took_twice_is_shown_to_the_admins(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        await front.deliver(with_coupon(code))
        await front.deliver(with_coupon(code, 728))
        assert front.rows("SELECT order_id, kind FROM shop_problems") == [("728", "reward_twice")]
        assert front.rows("SELECT used_for FROM rewards") == [("woo:727",)]


async def test_a_coupon_of_somebody_else_is_shown_to_the_admins(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        _, code = await friend(front)
        ali, _ = await friend(front, telegram_id="51")
        await is_customer(front, ali, "26", WOO_SHOP.realm)
        await front.deliver(with_coupon(code))
        assert front.rows("SELECT order_id, kind FROM shop_problems") == [("727", "reward_of_another")]


# --- links with a split


async def share(front: Storefront) -> str:
    def put(books: Transaction) -> str:
        books.connection.execute(
            "INSERT INTO link_shares VALUES ('ABCDEFGH', ?, '8%', '6%', ?)", (front.nader, front.clock.now)
        )
        return "ABCDEFGH"

    return await front.engine.write_silently(put)


async def test_a_shops_order_with_the_code_of_a_split_earns_its_commission(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        code = await share(front)
        answer = await front.order(order="1", code=code)
        assert (answer.status_code, answer.json()["credited"]) == (201, True)
        assert await front.available(front.nader) == 8_000
        assert (await front.buyer("main:1")).commission == "8%"


async def test_a_click_on_a_link_with_a_split_is_led_on(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        code = await share(front)
        answer = await front.web.get(f"/r/{code}")
        assert (answer.status_code, answer.headers["location"].endswith(code)) == (302, True)
