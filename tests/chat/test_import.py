"""A file of orders in the chat: looked through, recorded after a yes, each order once; in the whole bot."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from bot.app import App
from bot.playground import Phone, Playground
from running import ADMIN, running_app


@asynccontextmanager
async def office(playground: Playground, database: Path) -> AsyncIterator[tuple[App, Phone, Phone]]:
    """An admin, and a member whose friend is @sara."""
    async with running_app(playground, database) as app:
        hamid = await playground.phone(ADMIN, "Hamid", username="hamid")
        nader = await playground.phone(101, "Nader", username="nader")
        sara = await playground.phone(103, "Sara", username="sara")
        await hamid.send("/start")
        await nader.send("/link")
        await sara.open((await nader.receives("t.me")).links[0])
        await nader.receives("Sara")
        await hamid.read_all()
        yield app, hamid, nader


def orders(database: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(database)) as connection:
        return [tuple(row) for row in connection.execute("SELECT id, total FROM orders ORDER BY id")]


async def test_it_is_looked_through_and_recorded_after_a_yes(playground: Playground, tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    async with office(playground, database) as (_, hamid, nader):
        content = "سفارش,خریدار,مبلغ\n1,@sara,۱۰۰ هزار\n2,@sara,50000\n3,@nobody,1\n".encode()
        await hamid.send_document("orders.csv", content, "text/csv")
        await hamid.receives("I am checking", "orders.csv")
        card = await hamid.receives("2 new orders, 150,000 toman in all", "Line 4: I don't know", "@nobody")
        assert orders(database) == []
        await card.press("Record 2 orders")
        await hamid.receives("I am recording")
        await hamid.receives("2 orders were recorded, 150,000 toman in all", "1 line has a mistake", timeout=15)
        assert orders(database) == [("1", 100_000), ("2", 50_000)]
        await nader.receives("20,000 toman")
        await hamid.send_document("again.csv", content, "text/csv")
        again = await hamid.receives("No new order is in this file.", "2 orders are already recorded")
        assert again.labels == [["Back to admin"]]
    await playground.assert_no_violations()


async def test_a_no_records_nothing_and_an_old_yes_is_worth_nothing(playground: Playground, tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    async with office(playground, database) as (_, hamid, _nader):
        await hamid.send_document("orders.csv", b"order,buyer,amount\n1,@sara,5000\n")
        card = await hamid.receives("1 new order, 5,000 toman")
        await card.press("Don't import")
        await hamid.receives("Nothing was recorded.")
        await card.press("Record 1 order")
        await hamid.receives("I am recording")
        await hamid.send_document("picture.csv", b"\x89PNG\0")
        await hamid.receives("This file has no text")  # it comes after anything that could have been recorded
        assert orders(database) == []


async def test_what_was_confirmed_before_a_stop_is_recorded_after_it(playground: Playground, tmp_path: Path) -> None:
    database = tmp_path / "books.db"
    async with office(playground, database) as (_, hamid, _nader):
        await hamid.send_document("orders.csv", b"order,buyer,amount\n1,@sara,5000\n")
        await hamid.receives("1 new order")
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("UPDATE imports SET state = 'confirmed'")
    asked = (await playground.counts())["getWebhookInfo"]
    assert asked > 0
    async with running_app(playground, database, restarted=True):
        await hamid.receives("1 order was recorded")
    assert orders(database) == [("1", 5000)]


async def test_only_admins_bring_files_and_only_where_nothing_is_asked(playground: Playground, tmp_path: Path) -> None:
    async with office(playground, tmp_path / "books.db") as (_, hamid, nader):
        await nader.send_document("orders.csv", b"order,buyer,amount\n1,@sara,5000\n")
        await nader.receives("Sorry, I didn't get that.")
        await hamid.send("/import")
        await hamid.receives("Orders from a file", "order,buyer,amount")
