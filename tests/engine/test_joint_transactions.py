"""Work that waits together: its events are written as one, and what fails of it concerns nobody else."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from books import open_engine
from engine.customers import customer
from engine.errors import MoarefError
from engine.events.model import Line, Order, Refund
from engine.service import Engine
from engine.transaction import Transaction
from engine.verify.ledger import verify_file
from together import brought_together

SHOP = "shop:main"
Work = Callable[[Transaction], Any]


class Overslept(MoarefError):
    """Raised by work that fails."""


def buying(number: int, *, amount: int = 100, calls: list[int] | None = None) -> Work:
    def work(books: Transaction) -> int:
        if calls is not None:
            calls.append(number)
        buyer = customer(books, SHOP, "7", None)
        return books.submit(Order(f"o{number}", buyer, (Line("shoes", amount),)), key=f"order:{number}").seq

    return work


def refuse_the_second(db: sqlite3.Connection) -> None:
    sql = "CREATE TEMP TRIGGER refusing BEFORE INSERT ON orders WHEN NEW.id = 'o2' BEGIN SELECT RAISE (ABORT, ''); END"
    db.execute(sql)


async def all_at_once(engine: Engine, *works: Work) -> list[Any]:
    return await brought_together(engine._writer, *(engine.transaction(each, together=True) for each in works))


async def test_each_gets_its_own_result_and_sees_what_came_before(tmp_path: Path) -> None:
    def refunding(books: Transaction) -> int:
        order = books.order("o1")
        assert order is not None
        return books.submit(Refund("o1", order.total // 2), key="refund").seq

    async with open_engine(tmp_path / "books.db") as engine:
        first, second, third, again = await all_at_once(engine, buying(1), buying(2), refunding, buying(1))
        assert (second, third, again) == (first + 1, first + 2, first)
        order = await engine.order("o1")
        assert order is not None
        assert order.refunded == 50
    assert verify_file(tmp_path / "books.db").problems == ()


async def test_the_tables_have_the_events_so_far_for_whoever_asks_them(tmp_path: Path) -> None:
    def counting(books: Transaction) -> int:
        (count,) = books.connection.execute("SELECT COUNT(*) FROM orders").fetchone()
        return int(count)

    async with open_engine(tmp_path / "books.db") as engine:
        results = await all_at_once(engine, counting, buying(1), counting, buying(2), buying(3), counting)
        assert [results[0], results[2], results[5]] == [0, 1, 3]


async def test_what_fails_after_a_change_is_undone_alone_and_the_others_run_again(tmp_path: Path) -> None:
    def failing(books: Transaction) -> None:
        buying(9)(books)
        raise Overslept

    async with open_engine(tmp_path / "books.db") as engine:
        first, failed, last = await all_at_once(engine, buying(1), failing, buying(2))
        assert isinstance(failed, Overslept)
        assert last == first + 1
        assert await engine.order("o9") is None
        assert (await engine.order("o1")) is not None
        assert (await engine.order("o2")) is not None
    assert verify_file(tmp_path / "books.db").problems == ()


async def test_an_error_before_any_change_makes_nobody_run_again(tmp_path: Path) -> None:
    def refusing(_: Transaction) -> None:
        raise Overslept

    calls: list[int] = []
    async with open_engine(tmp_path / "books.db") as engine:
        first, refused, last = await all_at_once(engine, buying(1, calls=calls), refusing, buying(2, calls=calls))
        assert isinstance(refused, Overslept)
        assert last == first + 1
    assert calls == [1, 2]


async def test_an_event_that_cannot_be_written_is_its_own_work_s_alone(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        await engine._writer.run(refuse_the_second)
        first, failed, last = await all_at_once(engine, buying(1), buying(2), buying(3))
        assert isinstance(failed, sqlite3.IntegrityError)
        assert last == first + 1
        assert await engine.order("o2") is None
        await engine._writer.run(lambda db: db.execute("DROP TRIGGER refusing"))
        assert await engine.transaction(buying(2), together=True) == last + 1
    assert verify_file(tmp_path / "books.db").problems == ()


async def test_whoever_catches_the_error_that_lost_events_loses_nobody_else_s(tmp_path: Path) -> None:
    def careless(books: Transaction) -> str:
        with pytest.raises(sqlite3.IntegrityError):
            _ = buying(2)(books), books.connection
        return "went on"

    async with open_engine(tmp_path / "books.db") as engine:
        await engine._writer.run(refuse_the_second)
        first, went_on, last = await all_at_once(engine, buying(1), careless, buying(3))
        assert (went_on, last) == ("went on", first + 1)
        assert (await engine.order("o1")) is not None
        assert (await engine.order("o3")) is not None
    assert verify_file(tmp_path / "books.db").problems == ()


async def test_work_alone_is_as_it_was(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        seq = await engine.transaction(buying(1), together=True)
        assert await engine.transaction(buying(1), together=True) == seq
        with pytest.raises(MoarefError):
            await engine.transaction(buying(1, amount=200), together=True)
    assert verify_file(tmp_path / "books.db").holds
