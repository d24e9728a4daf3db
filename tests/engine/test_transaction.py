"""Several events in one transaction, and a shop's customers as persons."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from books import open_engine
from engine.customers import customer, link
from engine.errors import MoarefError, UnknownOrder
from engine.events.model import Line, Order, Refund
from engine.service import Engine
from engine.transaction import Transaction
from engine.verify.ledger import verify_file

SHOP = "shop:main"


async def member(engine: Engine, external_id: str) -> str:
    person, _ = await engine.get_or_create_person("telegram", external_id)
    await engine.join(person, key=f"join:{person}")
    return person


async def came(engine: Engine, account: str, referrer: str | None) -> str:
    return await engine.transaction(lambda books: customer(books, SHOP, account, referrer))


async def linked(engine: Engine, account: str, person: str) -> str | None:
    return await engine.transaction(lambda books: link(books, SHOP, account, person))


async def test_what_fails_half_way_has_not_happened(tmp_path: Path) -> None:
    def work(books: Transaction) -> None:
        buyer, _ = books.get_or_create_person(SHOP, "7")
        books.submit(Order("o1", buyer, (Line("shoes", 100),)), key="o1")
        raise MoarefError

    async with open_engine(tmp_path / "books.db") as engine:
        with pytest.raises(MoarefError):
            await engine.transaction(work)
        assert await engine.order("o1") is None
        assert await engine.get_or_create_person(SHOP, "7") == ("CODE002", True)
    assert verify_file(tmp_path / "books.db").holds


async def test_somebody_who_was_met_in_a_job_that_failed_is_not_there(tmp_path: Path) -> None:
    def work(books: Transaction) -> None:
        person, _ = books.get_or_create_person(SHOP, "7")
        assert books.person(person) is not None
        raise MoarefError

    async with open_engine(tmp_path / "books.db") as engine:
        with pytest.raises(MoarefError):
            await engine.transaction(work)
        assert await engine.transaction(lambda books: books.person("CODE001")) is None


async def test_an_event_that_cannot_be_written_leaves_nothing_where_the_job_goes_on(tmp_path: Path) -> None:
    def work(books: Transaction) -> int:
        buyer, _ = books.get_or_create_person(SHOP, "7")
        refusing = "CREATE TEMP TRIGGER refusing BEFORE INSERT ON orders BEGIN SELECT RAISE (ABORT, 'no'); END"
        books.connection.execute(refusing)
        with pytest.raises(sqlite3.IntegrityError):
            books.submit(Order("o1", buyer, (Line("shoes", 100),)), key="o1")
        books.connection.execute("DROP TRIGGER refusing")
        return books.submit(Order("o2", buyer, (Line("shoes", 100),)), key="o2").seq

    async with open_engine(tmp_path / "books.db") as engine:
        assert await engine.transaction(work) == 2
    assert verify_file(tmp_path / "books.db").problems == ()


async def test_a_refusal_is_journaled_and_undoes_nothing(tmp_path: Path) -> None:
    def work(books: Transaction) -> str:
        buyer, _ = books.get_or_create_person(SHOP, "7")
        outcome = books.submit(Refund("nothing"), key="r1")
        assert isinstance(outcome.refusal, UnknownOrder)
        return buyer

    async with open_engine(tmp_path / "books.db") as engine:
        buyer = await engine.transaction(work)
        assert await engine.get_or_create_person(SHOP, "7") == (buyer, False)
        assert [event["type"] async for event in engine.events()] == ["programme", "refund"]


async def test_the_first_code_that_a_customer_brings_is_the_one_that_counts(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        nader, babak = await member(engine, "1"), await member(engine, "2")
        person = await came(engine, "7", None)
        for referrer in (nader, babak):
            assert await came(engine, "7", referrer) == person
        known = await engine.person(person)
        assert known is not None
        assert known.sponsor == nader


async def test_a_members_own_code_does_nothing_for_a_member(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        nader, babak = await member(engine, "1"), await member(engine, "2")
        await linked(engine, "7", nader)
        for referrer in (nader, babak):
            assert await came(engine, "7", referrer) == nader
        known = await engine.person(nader)
        assert known is not None
        assert known.sponsor is None


async def test_a_link_keeps_both_histories_and_hands_on_a_sponsor_only_to_who_has_none(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        nader, babak = await member(engine, "1"), await member(engine, "2")
        sara, _ = await engine.get_or_create_person("telegram", "3")
        karim, _ = await engine.get_or_create_person("telegram", "4")
        await engine.attribute(karim, babak, key="karim")
        for account, person, sponsor in (("7", sara, nader), ("8", karim, babak)):
            earlier = await came(engine, account, nader)
            assert await linked(engine, account, person) == earlier
            assert await linked(engine, account, person) is None
            assert await engine.get_or_create_person(SHOP, account) == (person, False)
            known, before = await engine.person(person), await engine.person(earlier)
            assert known is not None
            assert before is not None
            assert (known.sponsor, before.sponsor) == (sponsor, nader)
    assert verify_file(tmp_path / "books.db").holds


async def test_a_link_makes_nobody_their_own_sponsor(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db") as engine:
        nader = await member(engine, "1")
        await came(engine, "7", nader)
        await linked(engine, "7", nader)
        known = await engine.person(nader)
        assert known is not None
        assert known.sponsor is None
