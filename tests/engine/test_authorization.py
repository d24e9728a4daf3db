"""What the running programme forbids beyond the rules, before the journal sees it."""

import asyncio
from pathlib import Path

import pytest

from books import open_engine
from engine.errors import AlreadySettled, ApprovedAlready, OwnSale
from engine.service import Engine
from engine.verify.ledger import verify_file
from stores import UNILEVEL

SHEBA = "IR820540102680020817909002"
DIRECT = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}


async def line(engine: Engine, length: int) -> list[str]:
    """Members each of whom brought the next."""
    people: list[str] = []
    for number in range(length):
        person, _ = await engine.get_or_create_person("telegram", str(number))
        if people:
            await engine.attribute(person, people[-1], key=f"attribute:{number}")
        await engine.join(person, key=f"join:{number}")
        people.append(person)
    return people


async def a_request(engine: Engine) -> str:
    """A member's open request w1."""
    seller, friend = await line(engine, 2)
    await engine.purchase("o1", friend, 100_000, "phone", actor="shop:woo")
    destination = await engine.keep_destination(seller, "sheba", SHEBA)
    await engine.withdraw("w1", seller, 5000, destination)
    return seller


async def test_an_approved_request_is_cancelled_by_nobody_and_can_still_be_rejected(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller = await a_request(engine)
        await engine.authorise("w1", actor="admin")
        with pytest.raises(ApprovedAlready):
            await engine.settle("w1", "cancelled", actor=seller)
        assert [each["type"] async for each in engine.events()].count("settle") == 0
        await engine.settle("w1", "rejected", actor="admin", reason="wrong card")
        assert (await engine.balance(seller)).available == 20_000


@pytest.mark.parametrize("first", ["member", "admin"])
async def test_a_cancellation_and_an_approval_at_once_have_one_outcome(tmp_path: Path, first: str) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller = await a_request(engine)
        acts = [engine.settle("w1", "cancelled", actor=seller), engine.authorise("w1", actor="admin")]
        outcomes = await asyncio.gather(*(acts if first == "member" else acts[::-1]), return_exceptions=True)
        failed = [each for each in outcomes if isinstance(each, Exception)]
        request = await engine.withdrawal(1)
        assert request is not None
        assert len(failed) == 1
        expected = {"cancelled": AlreadySettled, "approved": ApprovedAlready}
        assert isinstance(failed[0], expected[request.state])
        assert (await engine.balance(seller)).reserved == (0 if request.state == "cancelled" else 5000)
    assert verify_file(tmp_path / "books.db").holds


async def test_a_cancellation_is_taken_once_however_often_it_comes(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        seller = await a_request(engine)
        for _ in range(3):
            await engine.settle("w1", "cancelled", actor=seller)
        assert (await engine.balance(seller)).available == 20_000


@pytest.mark.parametrize("place", [0, 1, 2])
async def test_nobody_records_an_order_that_they_earn_from_at_any_level(tmp_path: Path, place: int) -> None:
    async with open_engine(tmp_path / "books.db", UNILEVEL) as engine:
        *upline, buyer = await line(engine, 4)
        assert await engine.earners("o1", buyer, 100_000, "phone") == frozenset(upline)
        with pytest.raises(OwnSale):
            await engine.purchase("o1", buyer, 100_000, "phone", actor=upline[place])
        assert await engine.order("o1") is None
        assert (await engine.purchase("o1", buyer, 100_000, "phone", actor="another admin")).refusal is None
    assert verify_file(tmp_path / "books.db").holds


async def test_an_order_that_others_earn_from_is_recorded(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        top, _, buyer = await line(engine, 3)
        await engine.purchase("o1", buyer, 100_000, "phone", actor=top)
        await engine.purchase("o2", buyer, 100_000, "phone", actor=buyer)
        assert (await engine.balance(top)).available == 0
