"""A connected shop and the chat together: who bought is told here, and whose account it is."""

from __future__ import annotations

from pathlib import Path

from bot.playground.client import playground_server
from bot.playground.phone import Phone
from connected import connected
from running import ADMIN, running_app
from storefront import woo_headers


async def token_of(phone: Phone) -> str:
    await phone.send("/shop")
    card = await phone.receives("Your account at the shop")
    return str(card.copy_texts[0])


async def test_a_token_from_the_chat_makes_the_shops_customer_that_person(tmp_path: Path) -> None:
    async with connected(tmp_path) as shop:
        nader, sara = await shop.phone(101, "Nader"), await shop.phone(102, "Sara")
        await nader.send("/link")
        await nader.receives("Your link")
        await shop.order(order="1", code=await shop.person(nader))
        await nader.receives("A customer came to the shop through your link")
        await nader.receives("20,000")
        await sara.send("/start")
        await sara.receives()
        token = await token_of(sara)
        answer = await shop.order(order="2", code=f"{token[:5]}-{token[5:].lower()}")
        assert (answer.status_code, answer.json()["credited"]) == (201, True)
        view = await shop.app.engine.order("main:2")
        assert view is not None
        assert view.buyer == await shop.person(sara)
        person = await shop.app.engine.person(view.buyer)
        assert person is not None
        assert person.sponsor == await shop.person(nader)  # whoever brought the customer brought the person
        await shop.order(order="3")
        await nader.receives("Sara")
        other = await shop.order(order="4", buyer="8", code=token)
        assert other.json()["credited"] is False  # a token is for one account

        admin = await shop.phone(ADMIN, "Hamid")
        await admin.send("/start")
        await admin.receives()
        await admin.send("/member 102")
        card = await admin.receives("Sara")
        assert all(f"main:{number}" in card.text for number in (1, 2, 3))
        await shop.order(order="5", currency="USD", lines=[{"product": "socks", "amount": 1999}])
        await admin.send("/why main:5")
        assert "19.99 USD at 58000" in (await admin.receives("main:5")).text
        await shop.playground.assert_no_violations()


async def test_an_order_that_cannot_be_recorded_is_told_to_the_admins_once(tmp_path: Path) -> None:
    async with connected(tmp_path) as shop:
        admin = await shop.phone(ADMIN, "Hamid")
        await admin.send("/start")
        await admin.receives()
        for _ in range(2):
            assert (await shop.order(currency="EUR")).status_code == 422
        told = await admin.receives("main:1")
        assert "1000.00 EUR" in told.text
        body = b'{"id": 5}'
        await shop.web.post("/shop/woocommerce/woo", content=body, headers=woo_headers(body, "order.deleted", None))
        assert [card.text for card in await admin.messages() if "main:1" in card.text] == [told.text]


async def test_health_and_links_are_answered_by_the_running_bot(tmp_path: Path) -> None:
    async with connected(tmp_path) as shop:
        assert (await shop.web.get("/health")).json() == {"status": "ok"}
        nader = await shop.phone(101, "Nader")
        await nader.send("/link")
        await nader.receives("Your link")
        code = await shop.person(nader)
        answer = await shop.web.get(f"/r/{code}")
        assert answer.headers["location"].endswith(f"?start={code}")
        assert (await shop.web.get("/r/2222222")).status_code == 404
        document = (await shop.web.get("/api/v1/openapi.json")).json()
        assert document["servers"] == [{"url": "https://moaref.example"}]


async def test_a_bot_without_shops_has_no_server_and_no_command_for_them(tmp_path: Path) -> None:
    async with playground_server() as playground, running_app(playground, tmp_path / "moaref.db") as app:
        assert app.server is None
        nader = await playground.phone(101, "Nader", language_code="en")
        await nader.send("/shop")
        await nader.receives("I don't know that command")
