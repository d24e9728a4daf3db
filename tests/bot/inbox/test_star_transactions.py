"""The platform's list of Star transactions against the books: whatever was missed is made good, once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random
from typing import Any

import pytest
from telegram.error import NetworkError

from bot.inbox.star_transactions import HEAD_START_MS, PAGE_SIZE, Reconciled, StarTransactions
from bot.kit.products import Catalogue
from bot.runtime.ticker import Ticker
from bot.store.database import Database
from bot.store.order_numbers import OrderNumberStore
from bot.store.outbox import Outbox
from chat import GOODS
from engine.codes import new_code
from engine.events.model import Line, Order
from engine.exchange import Exchange
from engine.queries.views import OrderView
from engine.service import Engine
from quick_clock import QuickClock
from stores import UNILEVEL

Json = dict[str, Any]


class Platform:
    """Lists transactions, and fails when it is told to."""

    def __init__(self) -> None:
        self.transactions: list[Json] = []
        self.fails = False

    async def call(self, method: str, params: Json, *, read_timeout: float | None = None) -> Json:
        assert (method, read_timeout) == ("getStarTransactions", None)
        if self.fails:
            raise NetworkError("away")
        first = params["offset"]
        return {"transactions": self.transactions[first : first + params["limit"]]}

    def paid(self, charge: str, payer: int) -> None:
        partner = {
            "type": "user",
            "transaction_type": "invoice_payment",
            "user": {"id": payer},
            "invoice_payload": "case",
        }
        self.transactions.append({"id": charge, "amount": 50, "date": 1, "source": partner})

    def gave_back(self, charge: str, payer: int) -> None:
        self.paid(charge, payer)
        last = self.transactions[-1]
        last["receiver"] = last.pop("source")


@asynccontextmanager
async def books(path: Path) -> AsyncIterator[tuple[Platform, Engine, StarTransactions]]:
    stores = await Database.open(path)
    random = Random(1)
    try:
        engine = await Engine.open(
            stores.writer, stores.books, vault=None, now=lambda: 1, new_code=lambda: new_code(random), tables=UNILEVEL
        )
        catalogue = Catalogue(Exchange(engine.programme.currency, {"XTR": "1500"}), GOODS)
        platform, outbox = Platform(), Outbox(stores.writer, stores.machine)
        numbers = OrderNumberStore(engine, stores.machine)
        stars = StarTransactions(platform, engine, outbox, stores.writer, lambda: catalogue, numbers, realm="telegram")
        yield platform, engine, stars
    finally:
        await stores.close()


async def test_a_payment_that_nobody_told_us_of_is_recorded_once(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, engine, stars):
        nader, _ = await engine.get_or_create_person("telegram", "101")
        await engine.join(nader, key="join")
        sara, _ = await engine.get_or_create_person("telegram", "103")
        await engine.attribute(sara, nader, key="attribute")
        platform.paid("c1", 103)
        assert await stars.reconcile() == Reconciled(1, 1, 0)
        assert (await engine.balance(nader)).pending > 0
        assert await stars.reconcile() == Reconciled(0, 0, 0)


async def test_what_went_back_is_taken_back_and_what_is_known_changes_nothing(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, engine, stars):
        platform.paid("c1", 103)
        platform.gave_back("c1", 103)
        platform.gave_back("c2", 103)
        assert await stars.reconcile() == Reconciled(3, 1, 1)
        order = await engine.order("B-101")
        assert order is not None
        assert order.refunded == order.total == 75_000
        assert await engine.order("B-102") is None


async def test_money_that_went_back_is_known_by_its_number_alone(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, engine, stars):
        platform.paid("c1", 103)
        platform.transactions.append({"id": "c1", "amount": 50, "date": 2, "receiver": {"type": "user"}})
        assert await stars.reconcile() == Reconciled(2, 1, 1)
        order = await engine.order("B-101")
        assert order is not None
        assert order.refunded == 75_000


async def test_a_payment_that_is_recorded_meanwhile_in_other_words_is_known(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, engine, stars):
        platform.paid("c1", 103)
        platform.paid("c2", 104)
        known = engine.order

        async def overtaken(id: str) -> OrderView | None:
            view = await known(id)
            if id == "stars:c1" and view is None:
                sara, _ = await engine.get_or_create_person("telegram", "103")
                await engine.submit(Order(id, sara, (Line("case", 60_000),)), key="update")
            return view

        engine.order = overtaken  # type: ignore[method-assign]
        assert await stars.reconcile() == Reconciled(2, 1, 0)


async def test_what_is_no_payment_of_an_invoice_is_passed_over(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, _, stars):
        platform.transactions = [
            {"id": "a", "amount": 5, "date": 1, "receiver": {"type": "fragment"}},
            {"id": "b", "amount": 5, "date": 1, "source": {"type": "user", "user": {"id": 1}}},
            {"id": "c", "amount": 5, "date": 1},
        ]
        assert await stars.reconcile() == Reconciled(3, 0, 0)


async def test_at_the_start_messages_that_wait_go_first(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, engine, stars):
        clock = QuickClock(speed=100)
        platform.paid("c1", 103)
        running = asyncio.ensure_future(Ticker(clock, [stars.recurring()]).run())
        async with asyncio.timeout(20):
            while await engine.order("B-101") is None:
                await asyncio.sleep(0.01)
        assert clock.ticks() >= HEAD_START_MS
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_a_long_list_is_read_page_by_page_and_gone_on_with_after_a_failure(tmp_path: Path) -> None:
    async with books(tmp_path / "books.db") as (platform, _, stars):
        for number in range(PAGE_SIZE + 1):
            platform.paid(f"c{number}", 103)
        assert await stars.reconcile() == Reconciled(PAGE_SIZE + 1, PAGE_SIZE + 1, 0)
        platform.paid("late", 103)
        platform.fails = True
        with pytest.raises(NetworkError):
            await stars.reconcile()
        platform.fails = False
        assert await stars.reconcile() == Reconciled(1, 1, 0)
