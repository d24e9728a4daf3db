"""Numbers of the bot's own orders: one for each cause, unique among processes, and none that an order has."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from random import Random

import pytest

from bot.kit.order_numbers import NumberedOrder, Prefix
from bot.store.database import Database
from bot.store.order_numbers import OrderNumberStore
from engine.codes import new_code
from engine.errors import Conflict, KeyReused
from engine.events.model import Line, Order
from engine.service import Engine
from stores import UNILEVEL


class Books:
    """One process's books; sara buys."""

    def __init__(self, engine: Engine, numbers: OrderNumberStore, sara: str) -> None:
        self.engine = engine
        self.numbers = numbers
        self.sara = sara

    async def record(self, cause: str, amount: int = 1000, *, prefix: Prefix = "S", key: str = "") -> NumberedOrder:
        return await self.numbers.record(
            prefix,
            cause,
            lambda id: Order(id, self.sara, (Line("shoes", amount),)),
            key=key or f"key:{cause}",
            actor="admin",
        )


@asynccontextmanager
async def opened(file: Path) -> AsyncIterator[Books]:
    stores, random = await Database.open(file), Random(1)
    try:
        engine = await Engine.open(
            stores.writer, stores.books, vault=None, now=lambda: 1, new_code=lambda: new_code(random), tables=UNILEVEL
        )
        sara, _ = await engine.get_or_create_person("telegram", "103")
        yield Books(engine, OrderNumberStore(engine, stores.machine), sara)
    finally:
        await stores.close()


async def test_each_cause_has_one_number_and_the_next_one_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path / "m.db") as books:
        assert (await books.record("m-a")).id == "S-101"
        assert (await books.record("stars:b", prefix="B")).id == "B-102"
        again = await books.record("m-a")
        assert (again.id, again.outcome.repeated) == ("S-101", True)
        assert (await books.record("m-c")).id == "S-103"
        assert await books.numbers.id_of("stars:b") == "B-102"
        assert await books.numbers.cause_of("B-102") == "stars:b"
        for unknown in ("stars:x", "S-999", "o-17"):
            assert await books.numbers.id_of(unknown) == unknown
            assert await books.numbers.cause_of(unknown) == unknown


async def test_a_number_that_an_order_has_is_passed_over(tmp_path: Path) -> None:
    async with opened(tmp_path / "m.db") as books:
        for id in ("S-101", "S-102", "S-105"):
            await books.engine.purchase(id, books.sara, 1, "shoes", actor="file")
        assert [(await books.record(cause)).id for cause in ("a", "b", "c")] == ["S-103", "S-104", "S-106"]


async def test_an_order_of_an_earlier_version_keeps_its_id(tmp_path: Path) -> None:
    async with opened(tmp_path / "m.db") as books:
        await books.engine.purchase("m-token", books.sara, 1000, "shoes", actor="admin", key="key:m-token")
        again = await books.record("m-token")
        assert (again.id, again.outcome.repeated) == ("m-token", True)
        assert (await books.record("other")).id == "S-101"


async def test_what_is_refused_leaves_no_number(tmp_path: Path) -> None:
    async with opened(tmp_path / "m.db") as books:
        await books.record("a")
        with pytest.raises(Conflict):
            await books.record("a", 2000, key="another")
        with pytest.raises(KeyReused):
            await books.record("b", 2000, key="key:a")
        assert (await books.record("c")).id == "S-102"


async def test_two_processes_never_give_one_number_twice(tmp_path: Path) -> None:
    file = tmp_path / "m.db"
    async with opened(file) as one, opened(file) as two:
        recorded = await asyncio.gather(
            *(books.record(f"{name}{number}") for number in range(10) for name, books in (("a", one), ("b", two))),
            *(books.record("both") for books in (one, two)),
        )
        ids = [each.id for each in recorded]
        assert len(set(ids)) == 21
        assert len(set(ids[-2:])) == 1, "the same cause in both"
        assert sum(each.outcome.repeated for each in recorded) == 1
