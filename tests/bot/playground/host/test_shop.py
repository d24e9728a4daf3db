"""The demo's shop: what is bought there reaches the bot by the purchase API, and the member's phone by the bot."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.config import build
from bot.playground import Phone
from bot.playground.host.catalogue import load_catalogue
from bot.playground.story import shop_tables
from demo import Demo

Json = dict[str, Any]
BABAK = 102


async def look(demo: Demo) -> Json:
    return dict((await demo.get("/demo/shop")).result)


async def customer(demo: Demo) -> Json:
    return next(dict(each) for each in (await look(demo))["customers"] if each["person"] == BABAK)


async def buy(demo: Demo, code: str = "", **pieces: int) -> Json:
    basket = {id.replace("_", "-"): count for id, count in pieces.items()}
    return dict((await demo.post("/demo/shop/buy", {"person": BABAK, "basket": basket, "code": code})).result)


async def invited(demo: Demo) -> tuple[Phone, Phone]:
    """Nader, who has a link, and Babak, who came through it."""
    nader = await demo.phones.phone(101, "Nader", username="nader")
    babak = await demo.phones.phone(BABAK, "Babak", username="babak")
    await nader.send("/link")
    await babak.open((await nader.receives("Your link")).copy_texts[0])
    await babak.receives("invited you")
    await nader.receives("used your link")
    return nader, babak


def test_the_catalogue_is_named_in_both_languages_and_its_tables_hold() -> None:
    catalogue = load_catalogue()
    assert len(catalogue.goods) >= 3
    for goods in catalogue.goods.values():
        assert goods.category in catalogue.categories
        assert set(goods.names) == {"en", "fa"}
        assert goods.price > 0
    config = build({**shop_tables(), **catalogue.tables}, {}, Path(), token_needed=False)
    assert [each.currency for each in config.products] == ["XTR", "XTR"]
    assert config.exchange["XTR"]


async def test_an_order_with_the_inviters_code_is_the_members_commission(demo: Demo) -> None:
    nader, _ = await invited(demo)
    known = await customer(demo)
    assert (known["number"], known["linked"], known["inviter"]["name"]) == ("c-102", False, "Nader")
    exchange = await buy(demo, known["inviter"]["code"], winter_boots=1, polish=2)
    assert exchange["status"] == 201
    assert exchange["answer"]["total"] == 950_000 + 2 * 80_000
    assert exchange["answer"]["credited"] is True
    assert exchange["request"]["lines"][1] == {
        "product": "Shoe polish", "category": "care", "amount": 160_000, "quantity": 2,
    }  # fmt: skip
    await nader.receives("222,000")


async def test_the_same_order_again_counts_once(demo: Demo) -> None:
    first = await buy(demo, wool_socks=1)
    again = (await demo.post("/demo/shop/again", {"order": first["answer"]["order"]})).result
    assert (first["status"], again["status"]) == (201, 200)
    assert again["answer"] == first["answer"]
    assert again["request"] == first["request"]
    assert first["answer"]["reason"] == "no_sponsor"


async def test_a_part_goes_back_and_then_the_rest_and_no_more(demo: Demo) -> None:
    nader, _ = await invited(demo)
    bought = await buy(demo, (await customer(demo))["inviter"]["code"], walking_shoes=1)
    await nader.receives("96,000")
    number = bought["answer"]["order"]

    async def refund(**more: int) -> Json:
        return dict((await demo.post("/demo/shop/refund", {"order": number, **more})).result)

    part = await refund(amount=100_000)
    assert (part["status"], part["answer"]["refunded"]) == (201, 100_000)
    await nader.receives("20,000")
    too_much = await refund(amount=400_000)
    assert (too_much["status"], too_much["answer"]["code"]) == (422, "over_refund")
    rest = await refund()
    assert rest["answer"]["refunded"] == rest["answer"]["total"] == 480_000
    assert [sale["answer"]["refunded"] for sale in (await look(demo))["sales"]] == [480_000]


async def test_a_token_of_the_chat_makes_the_customer_that_person(demo: Demo) -> None:
    nader, babak = await invited(demo)
    await babak.send("/shop")
    token = (await babak.receives("account at the shop")).copy_texts[0]
    assert (await buy(demo, token, polish=1))["answer"]["credited"] is True
    await nader.receives("16,000")
    assert (await customer(demo))["linked"] is True


async def test_everything_said_can_be_looked_at_but_the_secret(demo: Demo) -> None:
    await buy(demo, wool_socks=2)
    await buy(demo, wool_socks=3)
    state = await look(demo)
    assert [each["seq"] for each in state["exchanges"]] == [1, 2]
    assert {each["headers"]["Authorization"] for each in state["exchanges"]} == {"Bearer …"}
    assert demo.host.show.shop.tables["shops"]["demo"]["secret"] not in str(state)
    later = (await demo.get("/demo/shop", after=1)).result
    assert [each["seq"] for each in later["exchanges"]] == [2]


@pytest.mark.parametrize("change", ["/demo/restart", "/demo/plan"])
async def test_a_fresh_start_has_a_fresh_shop_that_sells(demo: Demo, change: str) -> None:
    await buy(demo, wool_socks=1)
    bodies: dict[str, Json] = {"/demo/plan": {"id": "binary"}}
    await demo.post(change, bodies.get(change, {}))
    state = await look(demo)
    assert (state["generation"], state["sales"], state["exchanges"]) == (1, [], [])
    assert (await buy(demo, wool_socks=1))["status"] == 201


async def test_in_another_language_the_shop_goes_on_with_its_orders(demo: Demo) -> None:
    await buy(demo, wool_socks=1)
    await demo.post("/demo/language", {"lang": "fa"})
    await buy(demo, wool_socks=1)
    state = await look(demo)
    assert [each["request"]["lines"][0]["product"] for each in state["exchanges"]] == ["Wool socks", "جوراب پشمی"]


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("buy", {"person": BABAK, "basket": {}}),
        ("buy", {"person": BABAK, "basket": {"polish": 0}}),
        ("buy", {"person": BABAK, "basket": {"gold": 1}}),
        ("buy", {"person": 5, "basket": {"polish": 1}}),
        ("again", {"order": "17"}),
        ("refund", {"order": "17"}),
        ("refund", {"order": "17", "amount": -1}),
    ],
)
async def test_what_cannot_be_bought_or_given_back_is_refused(demo: Demo, path: str, body: Json) -> None:
    answer = await demo.post(f"/demo/shop/{path}", body)
    assert (answer.status, answer.body["ok"]) == (400, False)
    assert (await look(demo))["exchanges"] == []
