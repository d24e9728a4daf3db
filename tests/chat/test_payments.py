"""Stars, from the list to the receipt and back, in the whole bot against the server."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.playground import Phone, Playground
from running import ADMIN, running_app
from stores import UNILEVEL

SHOP: dict[str, Any] = {
    **UNILEVEL,
    "exchange": {"XTR": "1500"},
    "products": [{"id": "case", "price": 50, "category": "cases", "en": {"title": "A case"}, "fa": {"title": "قاب"}}],
}


@asynccontextmanager
async def selling(playground: Playground, database: Path) -> AsyncIterator[tuple[App, Phone, Phone]]:
    """A member, and the friend they brought."""
    async with running_app(playground, database, SHOP) as app:
        nader = await playground.phone(101, "Nader", username="nader")
        sara = await playground.phone(103, "Sara", username="sara")
        await nader.send("/link")
        link = (await nader.receives("t.me")).links[0]
        await sara.open(link)
        await sara.receives("Nader")
        await nader.receives("Sara")
        yield app, nader, sara


async def invoice(sara: Phone) -> int:
    await sara.send("/buy")
    card = await sara.receives("A case")
    await card.press("Buy")
    async with asyncio.timeout(5):
        while True:
            for each in await sara.messages():
                if "invoice" in each.message:
                    return each.id
            await asyncio.sleep(0.02)


async def test_a_friend_pays_the_member_earns_and_a_refund_takes_it_back(
    playground: Playground, tmp_path: Path
) -> None:
    async with selling(playground, tmp_path / "books.db") as (_, nader, sara):
        charge = await sara.pay(await invoice(sara))
        await sara.receives("Thank you", "B-101")
        await nader.receives("15,000 toman")
        hamid = await playground.phone(ADMIN, "Hamid", username="hamid")
        await hamid.send(f"/refund stars:{charge}")
        await (await hamid.receives("Refund this order?")).press("Yes, record it")
        await hamid.receives("Telegram was asked")
        await sara.receives("Your payment was refunded")
        await nader.receives("15,000 toman")
        await nader.send("/balance")
        await nader.receives("0 toman")
    await playground.assert_no_violations()


async def test_a_checkout_is_answered_while_the_worker_is_busy(
    playground: Playground, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with selling(playground, tmp_path / "books.db") as (app, _, sara):
        message = await invoice(sara)
        busy = asyncio.Event()

        async def never(*_: Any) -> Any:
            await busy.wait()

        monkeypatch.setattr("bot.inbox.dispatcher.UpdateDispatcher.handle", never)
        assert await sara.pay(message)
        busy.set()
        assert app.engine is not None


async def test_what_is_sold_no_more_is_refused_before_anything_is_paid(playground: Playground, tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    async with selling(playground, database) as (_, _, sara):
        message = await invoice(sara)
    async with running_app(playground, database, {**SHOP, "products": [{**SHOP["products"][0], "price": 60}]}):
        with pytest.raises(AssertionError, match="The price has changed"):
            await sara.pay(message)
    assert orders(database) == []


def orders(database: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(database)) as connection:
        return [tuple(row) for row in connection.execute("SELECT id, refunded FROM orders")]
