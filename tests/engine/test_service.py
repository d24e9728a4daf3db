"""The running programme: each cause counts once, and nobody decides about their own money."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import pytest

from books import Clock, open_engine
from engine.errors import (
    Conflict,
    InsufficientFunds,
    KeyReused,
    NotApproved,
    OwnRequest,
    PayoutsStopped,
    StoreError,
    UnknownPerson,
    UnknownWithdrawal,
    VaultError,
)
from engine.events.model import Join, Line, Order
from engine.queries.views import Balance
from engine.service import Engine
from engine.store.connection import connect
from engine.store.reader import Reader
from engine.store.sqlite import SqliteStore
from engine.store.writer import Writer
from engine.submission import Outcome
from engine.verify.ledger import verify_file
from stores import DIRECT
from together import brought_together

SHEBA = "IR820540102680020817909002"


def order(id: str, buyer: str) -> Order:
    return Order(id, buyer, (Line("shoes", 1_000),))


async def seller_and_friend(engine: Engine) -> tuple[str, str]:
    """A member, and a friend who came through the member's link."""
    seller, _ = await engine.get_or_create_person("telegram", "1")
    friend, _ = await engine.get_or_create_person("telegram", "2")
    await engine.join(seller, key="join")
    await engine.attribute(friend, seller, key="came")
    return seller, friend


async def test_the_same_account_is_the_same_person(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        assert await engine.get_or_create_person("telegram", "1") == ("CODE001", True)
        assert await engine.get_or_create_person("telegram", "1") == ("CODE001", False)
        assert await engine.get_or_create_person("shop", "1") == ("CODE002", True)


async def test_two_first_updates_at_once_make_one_person(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        met = await asyncio.gather(*(engine.get_or_create_person("telegram", "1") for _ in range(20)))
        assert {person for person, _ in met} == {"CODE001"}
        assert sum(new for _, new in met) == 1


async def test_a_code_that_is_taken_is_drawn_again(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        drawn = iter(["SAME", "SAME", "OTHER"])
        engine._new_code = lambda: next(drawn)
        assert await engine.get_or_create_person("telegram", "1") == ("SAME", True)
        assert await engine.get_or_create_person("telegram", "2") == ("OTHER", True)


async def test_an_order_recorded_a_hundred_times_at_once_pays_once(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await asyncio.gather(*(engine.purchase("o1", friend, 100_000, "phone", actor="admin") for _ in range(100)))
        assert await engine.balance(seller) == Balance(available=20_000)
    assert verify_file(tmp_path / "books.db").holds


async def test_two_first_purchases_at_once_pay_one_first_purchase(tmp_path: Path) -> None:
    tables = {**DIRECT, "program": {"currency": "IRT", "first_purchase_only": True}}
    async with open_engine(tmp_path / "books.db", tables) as engine:
        seller, friend = await seller_and_friend(engine)
        both = (engine.purchase(order, friend, 100_000, "phone", actor="admin") for order in ("o1", "o2"))
        await asyncio.gather(*both)
        assert await engine.balance(seller) == Balance(available=20_000)


async def test_an_order_id_with_other_content_is_a_conflict_and_stays_in_the_journal(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 100_000, "phone", actor="admin")
        with pytest.raises(Conflict):
            await engine.purchase("o1", friend, 100_001, "phone", actor="admin")
        assert await engine.balance(seller) == Balance(available=20_000)
        assert [event["type"] async for event in engine.events()].count("order") == 2


async def test_a_key_with_other_content_is_the_callers_mistake(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        _, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 1000, "phone", actor="admin")
        await engine.refund("o1", 10, key="card", actor="admin")
        assert (await engine.refund("o1", 10, key="card", actor="admin")).repeated
        with pytest.raises(KeyReused):
            await engine.refund("o1", 11, key="card", actor="admin")
        order = await engine.order("o1")
        assert order is not None
        assert order.refunded == 10


async def test_a_purchase_of_somebody_nobody_has_met_is_refused(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        with pytest.raises(UnknownPerson):
            await engine.purchase("o1", "NOBODY", 1000, "phone", actor="x")


async def test_money_goes_from_available_over_reserved_to_paid(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 100_000, "phone", actor=friend)
        destination = await engine.keep_destination(seller, "sheba", SHEBA)
        await engine.withdraw("w1", seller, 15_000, destination)
        await engine.withdraw("w1", seller, 15_000, destination)
        assert await engine.balance(seller) == Balance(available=5000, reserved=15_000)
        with pytest.raises(InsufficientFunds):
            await engine.withdraw("w2", seller, 5001, destination)
        with pytest.raises(NotApproved):
            await engine.settle("w1", "paid", actor=friend, tracking="T1")
        with pytest.raises(OwnRequest):
            await engine.authorise("w1", actor=seller)
        await engine.authorise("w1", actor=friend)
        await engine.settle("w1", "paid", actor=friend, tracking="T1")
        assert await engine.balance(seller) == Balance(available=5000, paid=15_000)
        view = await engine.withdrawal(1)
        assert view is not None
        assert (view.state, view.tracking, view.last_four) == ("paid", "T1", "9002")
        assert await engine.destination(destination) == ("sheba", SHEBA)
    assert verify_file(tmp_path / "books.db").holds


async def test_a_rejected_or_cancelled_request_gives_the_money_back(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 100_000, "phone", actor=friend)
        destination = await engine.keep_destination(seller, "sheba", SHEBA)
        for request in ("w1", "w2"):
            await engine.withdraw(request, seller, 10_000, destination)
        await engine.settle("w1", "rejected", actor=friend, reason="wrong card")
        with pytest.raises(UnknownWithdrawal):
            await engine.settle("w2", "cancelled", actor=friend)
        await engine.settle("w2", "cancelled", actor=seller)
        assert await engine.balance(seller) == Balance(available=20_000)
        assert await engine.open_withdrawals(count=5) == ([], 0)


async def test_books_that_do_not_verify_stop_payouts_and_nothing_else(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 100_000, "phone", actor=friend)
        await engine.withdraw("w1", seller, 10_000, await engine.keep_destination(seller, "sheba", SHEBA))
        await engine.authorise("w1", actor=friend)
        await engine.stop_payouts("a transfer was changed")
        with pytest.raises(PayoutsStopped):
            await engine.settle("w1", "paid", actor=friend)
        await engine.purchase("o2", friend, 100_000, "phone", actor=friend)
        await engine.stop_payouts(None)
        await engine.settle("w1", "paid", actor=friend)
        assert await engine.balance(seller) == Balance(available=30_000, paid=10_000)


async def test_time_makes_money_available_and_leaves_no_trace_where_it_does_not(tmp_path: Path) -> None:
    clock = Clock()
    tables = {**DIRECT, "program": {"currency": "IRT", "maturity_days": 14}}
    async with open_engine(tmp_path / "books.db", tables, clock=clock) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 100_000, "phone", actor=friend)
        clock.pass_days(13)
        assert (await engine.tick()).seq == 0
        assert await engine.balance(seller) == Balance(pending=20_000)
        clock.pass_days(1)
        assert (await engine.tick()).seq > 0
        assert await engine.balance(seller) == Balance(available=20_000)
        assert (await engine.tick()).seq == 0
    assert verify_file(tmp_path / "books.db").holds


async def test_a_clock_that_goes_back_does_not_take_the_journal_back(tmp_path: Path) -> None:
    clock = Clock()
    async with open_engine(tmp_path / "books.db", DIRECT, clock=clock) as engine:
        _, friend = await seller_and_friend(engine)
        clock.pass_days(-3)
        outcome = await engine.purchase("o1", friend, 1000, "phone", actor="admin")
        assert outcome.at == clock.now + 3 * 86_400_000
    assert verify_file(tmp_path / "books.db").holds


async def test_what_a_person_earned_is_told_in_notices_and_entries(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 100_000, "phone", actor=friend)
        await engine.refund("o1", 50_000, key="r1", actor=friend)
        kinds = [notice.kind for notice in await engine.notices(0, 10)]
        assert kinds == ["friend_came", "commission", "reversed"]
        page = await engine.history(seller, skip=0, count=5)
        assert [(entry.debit, entry.credit, entry.amount) for entry in page.entries] == [
            ("available", "programme", 10_000),
            ("programme", "available", 20_000),
        ]
        assert page.total == 2
        explained = await engine.explain(1)
        assert explained is not None
        assert (explained.order, explained.total, explained.refunded) == ("o1", 100_000, 50_000)
        assert explained.order_trace["lines"][0]["rule"] == ["rank", "base", "20%"]


async def test_a_fresh_store_needs_a_programme_and_an_old_one_keeps_its_own(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        assert engine.programme.plan.kind == "direct"
    async with open_engine(tmp_path / "books.db", {"program": {"currency": "USD"}, "ranks": []}) as engine:
        assert engine.programme.program.currency == "IRT"


async def test_without_a_key_no_destination_is_kept(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        engine._vault = None
        with pytest.raises(VaultError):
            await engine.keep_destination("x", "sheba", SHEBA)


def test_the_books_hold_no_destination_in_clear(tmp_path: Path) -> None:
    async def keep() -> None:
        async with open_engine(tmp_path / "books.db", DIRECT) as engine:
            first = await engine.keep_destination("x", "sheba", SHEBA)
            assert await engine.keep_destination("x", "sheba", SHEBA) == first

    asyncio.run(keep())
    for file in tmp_path.iterdir():
        assert SHEBA.encode() not in file.read_bytes()


async def test_an_empty_store_without_tables_is_refused(tmp_path: Path) -> None:
    connection = connect(tmp_path / "books.db")
    SqliteStore.prepare(connection)
    connection.close()
    writer, reader = Writer(tmp_path / "books.db"), await Reader.open(tmp_path / "books.db")
    with pytest.raises(StoreError):
        await Engine.open(writer, reader, vault=None, now=Clock(), new_code=lambda: "A", tables=None)
    await reader.close()
    writer.close()


async def test_what_another_process_has_added_is_in_the_network_at_once(tmp_path: Path) -> None:
    tables = {**DIRECT, "plan": {"kind": "binary"}}
    async with open_engine(tmp_path / "books.db", tables) as engine:
        nader, _ = await engine.get_or_create_person("telegram", "1")
        await engine.join(nader, key="join")
        assert (await engine.legs(nader)).members == (0, 0)
        connection = connect(tmp_path / "books.db")
        connection.execute("BEGIN IMMEDIATE")
        SqliteStore(connection).take(Join("babak", nader), Clock()())
        connection.execute("COMMIT")
        connection.close()
        assert (await engine.legs(nader)).members == (1, 0)
        assert await engine.levels(nader, 3) == [1]


async def test_what_another_process_has_written_counts_for_the_next_order(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        await engine.purchase("o1", friend, 1_000, "shoes", actor="admin")
        connection = connect(tmp_path / "books.db")
        connection.execute("BEGIN IMMEDIATE")
        SqliteStore(connection).take(Order("o2", friend, (Line("shoes", 5_000),)), Clock()())
        connection.execute("COMMIT")
        connection.close()
        await engine.purchase("o3", friend, 1_000, "shoes", actor="admin")
        assert await engine.balance(seller) == Balance(available=1_400)
    assert verify_file(tmp_path / "books.db").problems == ()


def break_the_commit(db: sqlite3.Connection) -> None:
    """What is committed together with this is not committed."""
    db.execute("PRAGMA defer_foreign_keys = ON")
    db.execute("INSERT INTO identities (realm, external_id, person) VALUES ('shop', '1', 'nobody whom we know')")


async def test_what_could_not_be_committed_is_not_remembered(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", {**DIRECT, "plan": {"kind": "binary"}}) as engine:
        seller, friend = await seller_and_friend(engine)
        writer, events = engine._writer, (order("o1", friend), Join(friend), order("o2", friend))

        def submitted() -> list[Coroutine[Any, Any, Outcome]]:
            return [engine.submit(event, key=f"{event}") for event in events]

        await engine.legs(seller)
        lost = await brought_together(writer, *submitted(), writer.run(break_the_commit))
        assert [type(each) for each in lost] == [sqlite3.IntegrityError] * 4
        assert (await engine.balance(seller), await engine.member(friend)) == (Balance(), None)
        kept = await brought_together(writer, *submitted())
        assert [each.repeated for each in kept] == [False] * 3
        assert await engine.balance(seller) == Balance(available=400)
        assert (await engine.legs(seller)).members == (1, 0)
    assert verify_file(tmp_path / "books.db").problems == ()


async def test_an_event_that_breaks_down_takes_none_with_it(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller, friend = await seller_and_friend(engine)
        orders = [order("o1", friend), order("\ud800", friend), order("o2", friend)]  # half a letter cannot be stored
        jobs = (engine.submit(each, key=None) for each in orders)
        came = await brought_together(engine._writer, *jobs)
        assert [type(each) for each in came] == [Outcome, UnicodeEncodeError, Outcome]
        assert await engine.balance(seller) == Balance(available=400)
    assert verify_file(tmp_path / "books.db").problems == ()
