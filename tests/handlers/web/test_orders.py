"""The purchase API: each order once, whoever brings it, and an answer that says what became of it."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from bot.kit.links import Purpose
from bot.kit.shop import Shop
from engine.customers import link
from engine.verify.ledger import verify_file
from storefront import API_SECRET, WOO_SECRET, Storefront, open_storefront, small_order, woo_order


async def test_an_order_with_a_members_code_is_recorded_and_pays_the_member(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.order(code=front.nader)
        assert answer.status_code == 201
        assert answer.json() == {
            "order": "1",
            "total": 100_000,
            "refunded": 0,
            "currency": "IRT",
            "credited": True,
        }
        assert await front.available(front.nader) == 20_000
        assert (await front.buyer("main:1")).sponsor == front.nader
    assert verify_file(tmp_path / "moaref.db").holds


@pytest.mark.parametrize("at", [None, "2026-03-21T13:30:00+03:30"])
async def test_an_order_without_a_time_is_of_now(tmp_path: Path, at: str | None) -> None:
    async with open_storefront(tmp_path) as front:
        assert (await front.order(at=at)).status_code == 201
        assert (await front.order(at=at)).status_code == 200
        ((recorded,),) = front.rows("SELECT at FROM orders")
        assert recorded == front.clock.now
        ((details,),) = front.rows("SELECT details FROM journal WHERE type = 'order'")
        assert ("shop_time" in details) is (at is not None)


async def test_the_same_again_is_200_and_changes_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answers = [await front.order(code=front.nader) for _ in range(3)]
        assert [answer.status_code for answer in answers] == [201, 200, 200]
        assert await front.available(front.nader) == 20_000


async def test_the_same_number_with_other_content_is_409(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order()
        for other in (
            {"buyer": "8"},
            {"currency": "USD"},
            {"lines": [{"product": "shoes", "amount": 100_001}]},
            {"lines": [{"product": "shoes", "amount": 100_000, "quantity": 2}]},
        ):
            answer = await front.order(**other)
            assert answer.status_code == 409
            assert answer.headers["content-type"] == "application/problem+json"
            assert answer.json()["type"] == "urn:moaref:problem:conflict"
        answer = await front.order(at="2026-03-22T10:00:00Z", code=front.nader)
        assert answer.status_code == 200  # when, and through whom, are no part of what was bought


async def test_an_idempotency_key_stands_for_one_request(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        assert (await front.order(key="k1")).status_code == 201
        assert (await front.order(key="k1")).status_code == 200
        assert (await front.order(key="k1", order="2")).status_code == 409
        assert (await front.order(key="k2")).status_code == 200
        assert (await front.order(key="k2", order="2")).status_code == 409
        assert await front.engine.order("main:2") is None


async def test_a_buyer_whom_nobody_brought_is_a_person_and_pays_nobody(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.order(code="no code at all")
        assert answer.status_code == 201
        assert (answer.json()["credited"], answer.json()["reason"]) == (False, "no_sponsor")
        assert (await front.buyer("main:1")).sponsor is None


async def test_the_first_code_wins_and_a_later_one_changes_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order(order="1")
        await front.order(order="2", code=front.babak.lower())
        await front.order(order="3", code=front.nader)
        assert (await front.buyer("main:3")).sponsor == front.babak
        assert await front.available(front.babak) == 40_000
        assert await front.available(front.nader) == 0


async def test_the_code_of_somebody_who_is_no_member_brings_nobody(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara, _ = await front.engine.get_or_create_person("telegram", "3")
        answer = await front.order(code=sara)
        assert answer.json()["reason"] == "no_sponsor"


async def test_orders_of_two_shops_with_one_number_are_two_orders(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order(order="727")
        await front.deliver(woo_order(727))
        assert front.rows("SELECT id FROM orders ORDER BY id") == [("main:727",), ("woo:727",)]
        assert front.rows("SELECT COUNT(DISTINCT buyer) FROM orders") == [(2,)]


async def test_an_order_of_another_currency_is_converted_once_at_an_exact_rate(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        lines = [{"product": "shoes", "amount": 1999}, {"product": "socks", "amount": 1}]
        answer = await front.order(currency="USD", lines=lines, code=front.nader)
        assert answer.status_code == 201
        assert answer.json()["total"] == 1_159_420 + 580
        (details,) = front.rows("SELECT details FROM journal WHERE type = 'order'")
        assert "20.00 USD at 58000" in details[0]
    async with open_storefront(tmp_path, rates={"USD": "90000"}) as front:
        assert (await front.order(currency="USD", lines=lines)).status_code == 200
        answer = await front.refund("1", 1000)
        assert (answer.status_code, answer.json()["refunded"]) == (201, 580_000)


async def test_a_currency_without_a_rate_is_refused_and_kept_for_the_admins(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for _ in range(2):
            answer = await front.order(currency="EUR", code=front.nader)
            assert (answer.status_code, answer.json()["code"]) == (422, "no_rate")
        assert await front.engine.order("main:1") is None
        problems = front.rows("SELECT shop, order_id, kind, content FROM shop_problems")
        assert problems == [("main", "1", "no_rate", '{"total": "1000.00 EUR"}')]
        assert front.troubles.times
    async with open_storefront(tmp_path, rates={"EUR": "1.5"}) as front:
        assert (await front.order(currency="EUR")).json()["total"] == 1500


@pytest.mark.parametrize("lines", [[{"product": "dust", "amount": 1}], [{"product": "moon", "amount": 10**15}]])
async def test_what_comes_to_nothing_or_to_too_much_is_refused(tmp_path: Path, lines: list[dict[str, object]]) -> None:
    async with open_storefront(tmp_path, rates={"USD": "0.001", "EUR": "99999"}) as front:
        currency = "USD" if lines[0]["amount"] == 1 else "EUR"
        answer = await front.order(currency=currency, lines=lines)
        assert (answer.status_code, answer.json()["code"]) == (422, "worthless")
        assert ("99999" in answer.json()["detail"]) is (currency == "EUR")


@pytest.mark.parametrize(("lines", "amount"), [(1, 10**15), (2, 10**15), (500, 10**15), (500, 10**13)])
@pytest.mark.parametrize("rate", ["1", "1.5", "58000", "999999999999.999999999999", "0.000000000001"])
async def test_an_amount_at_and_above_the_limit_is_taken_or_refused_by_name(
    tmp_path: Path, lines: int, amount: int, rate: str
) -> None:
    async with open_storefront(tmp_path, rates={"JPY": rate}) as front:
        bought = [{"product": f"p{number}", "amount": amount, "quantity": 10**9} for number in range(lines)]
        for currency in ("IRT", "JPY"):
            answer = await front.order(order=currency, currency=currency, lines=bought, code=front.nader)
            worth = lines * round(amount * Fraction(rate if currency == "JPY" else 1))
            assert answer.status_code == (201 if 0 < worth <= 10**15 else 422), answer.text
            assert answer.json().get("code", "worthless") == "worthless"
            if answer.status_code == 422 and worth:
                assert f"{10**15}" in answer.json()["detail"]
    assert verify_file(tmp_path / "moaref.db").holds


# --- refunds


async def test_a_refund_takes_commissions_back_and_counts_once_for_its_key(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order(code=front.nader)
        assert (await front.refund("1", 25_000, key="r1")).status_code == 201
        assert (await front.refund("1", 25_000, key="r1")).status_code == 200
        assert (await front.refund("1", 20_000, key="r1")).status_code == 409
        assert await front.available(front.nader) == 15_000
        assert (await front.refund("1", 25_000)).status_code == 201
        assert (await front.refund("1", 25_000)).json()["refunded"] == 75_000
        assert (await front.refund("1")).json()["refunded"] == 100_000
        assert (await front.refund("1")).status_code == 200
        assert await front.available(front.nader) == 0
    assert verify_file(tmp_path / "moaref.db").holds


async def test_a_refund_that_is_too_large_or_of_no_order_is_told_and_changes_nothing(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order()
        await front.refund("1", 90_000)
        answer = await front.refund("1", 10_001)
        assert (answer.status_code, answer.json()["code"], answer.json()["left"]) == (422, "over_refund", 10_000)
        answer = await front.refund("2")
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown_order")
        await front.refund("1", 10_000)
        answer = await front.refund("1")
        assert (answer.status_code, answer.json()["code"]) == (422, "over_refund")
        assert (await front.engine.order("main:1")) is not None


async def test_refunds_of_a_foreign_order_add_up_to_the_whole_of_it(tmp_path: Path) -> None:
    async with open_storefront(tmp_path, rates={"USD": "0.5"}) as front:
        await front.order(currency="USD", lines=[{"product": "shoes", "amount": 1100}], code=front.nader)
        refunded = [(await front.refund("1", part)).json()["refunded"] for part in (1, 1, 498, 600)]
        assert refunded == [1, 1, 3, 6]
        assert await front.available(front.nader) == 0


async def test_a_refund_by_an_admin_counts_for_what_the_shop_may_still_refund(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order()
        await front.engine.refund("main:1", 60_000, key="by hand", actor="admin")
        answer = await front.refund("1", 50_000)
        assert (answer.status_code, answer.json()["left"]) == (422, 40_000)
        assert (await front.refund("1", 40_000)).json()["refunded"] == 100_000


async def test_an_order_that_an_admin_typed_in_under_the_shops_number_is_not_paid_twice(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        sara, _ = await front.engine.get_or_create_person("telegram", "3")
        await front.engine.purchase("main:1", sara, 100_000, "shoes", actor="admin")
        answer = await front.order()
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert (await front.refund("1", 1000)).json()["refunded"] == 1000


# --- who may ask, and how


async def test_a_secret_may_be_of_any_letters(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        secret = "رمز-فروشگاه-ما-۱۴۰۵"
        front.application.state.services.shops["persian"] = Shop("persian", "api", secret)
        headers = {b"Authorization": f"Bearer {secret}".encode()}
        answer = await front.web.post("/api/v1/orders", json=small_order(), headers=headers)
        assert answer.status_code == 201


@pytest.mark.parametrize(
    "header", [None, "", "Bearer", "Bearer ", "Bearer wrong", f"Basic {API_SECRET}", f"Bearer {WOO_SECRET}"]
)
async def test_without_a_shops_secret_nothing_is_read(tmp_path: Path, header: str | None) -> None:
    async with open_storefront(tmp_path) as front:
        headers = {} if header is None else {"Authorization": header}
        for path in ("/api/v1/orders", "/api/v1/refunds"):
            answer = await front.web.post(path, json=small_order(), headers=headers)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["code"] == "unauthorized"
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 400, "not_json"),
        (b"{", 400, "not_json"),
        (b'{"order": "\xff"}', 400, "not_json"),
        (b"[]", 422, "invalid"),
        (b"{}", 422, "invalid"),
        (b"[" * 100_000, 400, "not_json"),
        (b'{"a": "' + b"x" * 300_000 + b'"}', 413, "too_large"),
    ],
)
async def test_what_is_no_order_is_a_problem_with_a_stable_code(
    tmp_path: Path, body: bytes, status: int, code: str
) -> None:
    async with open_storefront(tmp_path) as front:
        headers = {"Authorization": f"Bearer {API_SECRET}", "Content-Type": "application/json"}
        answer = await front.web.post("/api/v1/orders", content=body, headers=headers)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({"order": ""}, "/order"),
        ({"order": "a b"}, "/order"),
        ({"order": "a\n"}, "/order"),
        ({"order": 5}, "/order"),
        ({"buyer": "x" * 65}, "/buyer"),
        ({"at": "yesterday"}, "/at"),
        ({"at": "2026-03-21T10:00:00"}, "/at"),
        ({"currency": "usd"}, "/currency"),
        ({"lines": []}, "/lines"),
        ({"lines": [{"product": "shoes", "amount": 0}]}, "/lines/0/amount"),
        ({"lines": [{"product": "shoes", "amount": 1.5}]}, "/lines/0/amount"),
        ({"lines": [{"product": "shoes", "amount": "5"}]}, "/lines/0/amount"),
        ({"lines": [{"product": "shoes", "amount": 10**15 + 1}]}, "/lines/0/amount"),
        ({"lines": [{"product": "sho\x00es", "amount": 5}]}, "/lines/0/product"),
        ({"lines": [{"product": "shoes", "amount": 5, "price": 5}]}, "/lines/0/price"),
        ({"email": "sara@example.com"}, "/email"),
    ],
)
async def test_a_field_that_is_not_as_described_is_named_and_not_repeated(
    tmp_path: Path, fields: dict[str, Any], pointer: str
) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.order(**fields)
        assert answer.status_code == 422
        assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
        assert "sara@example.com" not in answer.text


async def test_another_method_or_path_or_kind_of_body_is_a_problem_too(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        headers = {"Authorization": f"Bearer {API_SECRET}"}
        answers = [
            await front.web.get("/api/v1/orders"),
            await front.web.get("/nowhere"),
            await front.web.post("/api/v1/orders", data={"order": "1"}, headers=headers),
            await front.order(key="two words"),
        ]
        assert [answer.status_code for answer in answers] == [405, 404, 415, 422]
        assert {answer.headers["content-type"] for answer in answers} == {"application/problem+json"}


async def test_a_hundred_orders_at_once_for_one_referrer_come_to_the_same_as_one_by_one(tmp_path: Path) -> None:
    async def orders(front: Storefront, *, at_once: bool) -> tuple[int, int]:
        each = [front.order(order=str(n), buyer=str(n % 7), code=front.nader) for n in range(100)]
        answers = await asyncio.gather(*each) if at_once else [await one for one in each]
        assert {answer.status_code for answer in answers} == {201}
        member = await front.engine.member(front.nader)
        assert member is not None
        return await front.available(front.nader), member.sales

    totals = []
    for at_once in (False, True):
        folder = tmp_path / str(at_once)
        folder.mkdir()
        async with open_storefront(folder) as front:
            totals.append(await orders(front, at_once=at_once))
        assert verify_file(folder / "moaref.db").holds
    assert totals == [(2_000_000, 10_000_000)] * 2


async def test_the_same_order_many_times_at_once_is_recorded_once(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answers = await asyncio.gather(*(front.order(code=front.nader, key="k") for _ in range(30)))
        assert sorted(answer.status_code for answer in answers) == [200] * 29 + [201]
        assert await front.available(front.nader) == 20_000


async def test_the_code_of_any_link_brings_the_buyer_to_its_member_and_the_friend_keeps_it(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        (link,) = await front.links.make(front.nader, [Purpose("tag", "instagram", commission="5%")], 0)
        await front.order(code=link.code.lower())
        assert (await front.buyer("main:1")).sponsor == front.nader
        assert await front.available(front.nader) == 5_000
        reach = await front.links.reach(link.code)
        assert (reach.came, reach.bought) == (1, 1)
        await front.order(order="2", code=front.babak)
        assert await front.available(front.babak) == 0
        assert front.rows("SELECT member, outcome FROM visits ORDER BY outcome") == [
            (front.nader, "came"),
            (front.babak, "elsewhere"),
        ]
    assert verify_file(tmp_path / "moaref.db").holds


async def test_a_customer_who_turns_out_to_be_a_friend_is_one_friend_with_all_that_they_bought(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await front.order(code=front.nader)
        customer = (await front.buyer("main:1")).id
        sara, _ = await front.engine.get_or_create_person("telegram", "3")
        await front.engine.transaction(lambda books: link(books, "shop:main", "7", sara))
        await front.stores.writer.run(
            lambda db: db.execute("INSERT INTO shop_links VALUES ('main', '7', ?, ?, 0)", (customer, sara))
        )
        await front.order(order="2")
        found, total = await front.links.friends(front.nader, skip=0, size=5)
        assert [(each.person, each.orders) for each in found] == [(sara, 2)]
        assert total == 1
        assert found[0].bought == front.clock.now == await front.links.first_order(sara)


async def test_refunds_whose_parts_run_together_are_two(tmp_path: Path) -> None:
    """Of order A under the key `k:rest`, and of all that is left of order `A:key:k`."""
    async with open_storefront(tmp_path) as front:
        for order in ("A", "A:key:k"):
            assert (await front.order(order=order)).status_code == 201
        assert (await front.refund("A", 30_000, key="k:rest")).status_code == 201
        answer = await front.refund("A:key:k")
        assert (answer.status_code, answer.json()["refunded"]) == (201, 100_000)
    assert verify_file(tmp_path / "moaref.db").holds


async def test_a_sum_that_cannot_be_kept_is_refused_by_name(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        lines = [{"product": "shoes", "amount": 10**15} for _ in range(500)]
        answer = await front.order(lines=lines)
        assert (answer.status_code, answer.json()["code"]) == (422, "worthless")
    assert verify_file(tmp_path / "moaref.db").holds
