"""Requests of one member: one is open, three are made in an hour, and no more is journaled."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.kit.person import Person
from chat import Chat, open_chat, texts_of
from engine.errors import TooManyOpenRequests
from engine.verify.ledger import verify_file
from engine.withdrawal_limits import HOUR_MS, WithdrawalLimits
from office import SHEBA, button

YES = "Yes, request it"
CANCEL = "Cancel the request"


async def seller(chat: Chat) -> Person:
    sara = await chat.member("Sara")
    await chat.buy(await chat.friend("Hamid", sara), 1_000_000, "A17")
    return sara


async def test_a_second_request_waits_for_the_first_and_is_told_so(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        first = await chat.send(sara, f"/withdraw 1000 {SHEBA}")
        second = await chat.send(sara, f"/withdraw 1000 {SHEBA}")
        done = await chat.press(sara, button(first, YES))
        assert "Your last request is still open" in texts_of(await chat.send(sara, "/withdraw 1000"))[0]
        refused = await chat.press(sara, button(second, YES))
        assert refused.toast is not None
        assert "You can make a new one" in refused.toast.text
        assert (await chat.engine.balance(sara.id)).reserved == 1000
        await chat.press(sara, button(done, CANCEL))
        await chat.press(sara, button(second, YES))
        assert (await chat.engine.open_withdrawals(member=sara.id, count=9))[1] == 1
    assert verify_file(tmp_path / "moaref.db").holds


async def test_the_same_press_again_is_no_second_request(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        destination = await chat.engine.keep_destination(sara.id, "sheba", SHEBA)
        limits = WithdrawalLimits()
        first = await chat.engine.withdraw("w1", sara.id, 1000, destination, limits=limits)
        again = await chat.engine.withdraw("w1", sara.id, 1000, destination, limits=limits)
        assert (again.seq, again.repeated) == (first.seq, True)
        with pytest.raises(TooManyOpenRequests):
            await chat.engine.withdraw("w2", sara.id, 1000, destination, limits=limits)


async def test_of_requests_at_the_same_moment_one_is_taken(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        destination = await chat.engine.keep_destination(sara.id, "sheba", SHEBA)
        asking = [
            chat.engine.withdraw(f"w{number}", sara.id, 1000, destination, limits=WithdrawalLimits())
            for number in range(10)
        ]
        outcomes = await asyncio.gather(*asking, return_exceptions=True)
        assert sum(not isinstance(each, Exception) for each in outcomes) == 1
        assert sum(isinstance(each, TooManyOpenRequests) for each in outcomes) == 9


async def test_after_three_in_an_hour_the_next_is_possible_when_the_hour_is_over(tmp_path: Path) -> None:
    async with open_chat(tmp_path) as chat:
        sara = await seller(chat)
        for _ in range(3):
            card = await chat.send(sara, f"/withdraw 1000 {SHEBA}")
            done = await chat.press(sara, button(card, YES))
            await chat.press(sara, button(done, CANCEL))
        refused = texts_of(await chat.send(sara, f"/withdraw 1000 {SHEBA}"))[0]
        assert "3 requests within an hour" in refused
        assert "make the next one from" in refused
        chat.clock.now += HOUR_MS
        assert "Amount: <b>1,000 toman</b>" in texts_of(await chat.send(sara, f"/withdraw 1000 {SHEBA}"))[0]
