"""Faults, delay and limits: what the caller sees, and whether the call took effect."""

from __future__ import annotations

import time
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import telegram

from bot.playground import Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


async def test_429_tells_when_to_come_back_and_has_no_effect(server: Playground, nader: Phone, call: Call) -> None:
    await server.fault("429", "send*", retry_after=7)
    assert await call("sendMessage", chat_id=nader.id, text="x") == {
        "ok": False,
        "error_code": 429,
        "description": "Too Many Requests: retry after 7",
        "parameters": {"retry_after": 7},
    }
    await nader.receives_nothing(within=0)
    assert (await call("sendMessage", chat_id=nader.id, text="x"))["ok"]


async def test_500_has_no_effect(server: Playground, nader: Phone, call: Call) -> None:
    await server.fault("500", "sendMessage", count=2)
    for _ in range(2):
        assert (await call("sendMessage", chat_id=nader.id, text="x"))["error_code"] == 500
    await nader.receives_nothing(within=0)


async def test_a_connection_cut_before_the_call_leaves_no_trace(server: Playground, nader: Phone, call: Call) -> None:
    await server.fault("cut_before", "sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=nader.id, text="x")
    await nader.receives_nothing(within=0)
    assert (await server.calls("sendMessage"))[-1]["fault"] == "cut_before"


async def test_a_connection_cut_after_the_call_hides_that_it_worked(
    server: Playground, nader: Phone, call: Call
) -> None:
    await server.fault("cut_after", "sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=nader.id, text="x")
    assert (await nader.receives("x")).text == "x"
    assert (await server.calls("sendMessage"))[-1]["answer"]["ok"]


async def test_the_librarys_bot_names_each_fault(server: Playground, nader: Phone, bot: telegram.Bot) -> None:
    await server.fault("429", "sendMessage", retry_after=3)
    with pytest.raises(telegram.error.RetryAfter, match="Retry in 3 seconds"):
        await bot.send_message(nader.id, "x")
    for kind in ("cut_before", "cut_after", "500"):
        await server.fault(kind, "sendMessage")
        with pytest.raises(telegram.error.NetworkError):
            await bot.send_message(nader.id, "x")
    await bot.send_message(nader.id, "still there")


async def test_updates_whose_delivery_was_cut_come_again(server: Playground, nader: Phone, call: Call) -> None:
    await server.fault("cut_after", "getUpdates")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("getUpdates")
    assert len((await call("getUpdates"))["result"]) == 1
    assert nader.id == 101


async def test_a_fault_can_let_calls_pass_and_mean_one_chat(server: Playground, nader: Phone, call: Call) -> None:
    sara = await server.phone(id=102, first_name="Sara")
    await sara.send("/start")
    await server.fault("500", "sendMessage", skip=1, chat_id=sara.id)
    answers = [(await call("sendMessage", chat_id=who.id, text="x"))["ok"] for who in (nader, sara, nader, sara, sara)]
    assert answers == [True, True, True, False, True]
    assert await server.get("faults") == []


async def test_planned_faults_can_be_taken_back(server: Playground, call: Call) -> None:
    await server.fault("500", count=5)
    assert len(await server.get("faults")) == 1
    await server.clear_faults()
    assert (await call("getMe"))["ok"]


async def test_every_call_takes_as_long_as_wanted(server: Playground, call: Call) -> None:
    await server.conditions(delay_ms=60)
    begun = time.perf_counter()
    await call("getMe")
    assert time.perf_counter() - begun >= 0.06
    await server.conditions()
    assert (await server.calls("getMe"))[-1]["took_ms"] >= 60


async def test_messages_beyond_the_limit_of_a_chat_are_too_many(
    server: Playground, nader: Phone, call: Call, clock: Any
) -> None:
    await server.conditions(per_chat_per_second=1)
    assert (await call("sendMessage", chat_id=nader.id, text="1"))["ok"]
    assert (await call("sendMessage", chat_id=nader.id, text="2"))["parameters"] == {"retry_after": 1}
    assert (await call("sendChatAction", chat_id=nader.id, action="typing"))["ok"]
    clock.advance(seconds=1)
    assert (await call("sendMessage", chat_id=nader.id, text="2"))["ok"]


async def test_messages_beyond_the_limit_of_all_are_too_many(
    server: Playground, nader: Phone, call: Call, clock: Any
) -> None:
    sara = await server.phone(id=102, first_name="Sara")
    await sara.send("/start")
    await server.conditions(overall_per_second=2)
    answers = [(await call("sendMessage", chat_id=who.id, text="x"))["ok"] for who in (nader, sara, nader)]
    assert answers == [True, True, False]
    clock.advance(seconds=1)
    assert (await call("sendMessage", chat_id=nader.id, text="x"))["ok"]
