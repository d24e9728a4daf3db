"""Buttons: presses reach the bot, answers reach the person, old and foreign ones can be tried."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import telegram

from bot.playground import ControlRefusal, Phone, Playground, PressAnswer

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]

KEYBOARD = {
    "inline_keyboard": [[{"text": "Balance", "callback_data": "bal:1"}, {"text": "Site", "url": "https://t.me/x"}]]
}


async def pressed(call: Call) -> Json:
    query: Json = (await call("getUpdates", timeout=2))["result"][-1]["callback_query"]
    return query


async def test_a_press_waits_for_its_toast(nader: Phone, call: Call) -> None:
    await call("sendMessage", chat_id=nader.id, text="home", reply_markup=KEYBOARD)
    card = await nader.receives("home")
    press = asyncio.create_task(card.press("Balance"))
    await asyncio.sleep(0.05)
    query = await pressed(call)
    assert (query["data"], query["from"]["id"], query["message"]["text"]) == ("bal:1", 101, "home")
    assert not press.done()
    await call("answerCallbackQuery", callback_query_id=query["id"], text="10 toman", show_alert=True)
    assert await press == PressAnswer("10 toman", alert=True)
    assert nader.transcript().splitlines()[-2:] == ["nader> [Balance]", "bot> (alert) 10 toman"]


async def test_an_answer_without_text_is_none(nader: Phone, bot: telegram.Bot) -> None:
    query_id = await nader.press_raw("anything", 1)
    update = (await bot.get_updates(timeout=1))[-1]
    assert update.callback_query is not None
    assert update.callback_query.id == query_id
    await update.callback_query.answer()
    assert await nader.answer_to(query_id) is None


async def test_an_unanswered_press_fails_with_the_conversation(nader: Phone, call: Call) -> None:
    await call("sendMessage", chat_id=nader.id, text="home", reply_markup=KEYBOARD)
    card = await nader.receives("home")
    with pytest.raises(AssertionError, match=r"not answered within 0\.1 s\n\nnader> /start\nbot> home"):
        await card.press("Balance", timeout=0.1)
    with pytest.raises(AssertionError, match="no button 'Team'"):
        await card.press("Team")
    with pytest.raises(AssertionError, match="sends nothing to the bot"):
        await card.press("Site")


async def test_a_press_is_answered_once_and_in_time(nader: Phone, call: Call, clock: Any) -> None:
    problem = "Bad Request: query is too old and response timeout expired or query ID is invalid"
    query_id = await nader.press_raw("x", 1)
    assert (await call("answerCallbackQuery", callback_query_id=query_id))["ok"]
    assert (await call("answerCallbackQuery", callback_query_id=query_id))["description"] == problem
    late = await nader.press_raw("x", 1)
    clock.advance(seconds=61)
    assert (await call("answerCallbackQuery", callback_query_id=late))["description"] == problem
    assert (await call("answerCallbackQuery", callback_query_id="5"))["description"] == problem


async def test_anybody_can_be_made_to_press_anything(server: Playground, nader: Phone, call: Call) -> None:
    sent = (await call("sendMessage", chat_id=nader.id, text="home", reply_markup=KEYBOARD))["result"]["message_id"]
    babak = await server.phone(id=102, first_name="Babak")
    await babak.press_raw("bal:1", sent, chat_id=nader.id)
    foreign = await pressed(call)
    assert (foreign["from"]["id"], foreign["message"]["chat"]["id"]) == (102, 101)
    await nader.press_raw("old:1", 999, gone=True)
    assert (await pressed(call))["message"]["message_id"] == 999
    with pytest.raises(ControlRefusal, match="no message 999"):
        await nader.press_raw("old:1", 999)
    with pytest.raises(ControlRefusal, match='no button "Team"'):
        await server.post("users/101/press", {"message_id": sent, "label": "Team"})
    assert "query_id" in await server.post("users/101/press", {"message_id": sent, "label": "Bal"})


async def test_an_old_cards_button_can_still_be_pressed(nader: Phone, call: Call) -> None:
    sent = (await call("sendMessage", chat_id=nader.id, text="home", reply_markup=KEYBOARD))["result"]["message_id"]
    card = await nader.receives("home")
    await call("editMessageText", chat_id=nader.id, message_id=sent, text="changed")
    await card.tap("Balance")
    query = await pressed(call)
    assert (query["data"], query["message"]["text"]) == ("bal:1", "changed")
