import logging

import pytest

from bot.botapi.client import PlainBot
from bot.inbox.callback_answers import CallbackAnswers
from bot.kit.effects import Toast
from bot.playground.client import Playground
from bot.playground.phone import Phone


async def press(server: Playground, api: PlainBot) -> tuple[Phone, str]:
    """Somebody with a button, and the id of their press."""
    nader = await server.phone(101, "Nader")
    await nader.send("/start")
    button = {"text": "Go", "callback_data": "go:1"}
    keyboard = {"inline_keyboard": [[button]]}
    await api.call("sendMessage", {"chat_id": 101, "text": "ready?", "reply_markup": keyboard})
    return nader, await (await nader.receives("ready?")).tap("Go")


async def test_a_toast_reaches_who_pressed(server: Playground, api: PlainBot) -> None:
    nader, query = await press(server, api)
    presses = CallbackAnswers(api)
    presses.answer(query, Toast("done", alert=True))
    toast = await nader.answer_to(query)
    assert toast is not None
    assert (toast.text, toast.alert) == ("done", True)
    await presses.finish()
    await server.assert_no_violations()


async def test_without_a_toast_the_press_is_answered_all_the_same(server: Playground, api: PlainBot) -> None:
    nader, query = await press(server, api)
    CallbackAnswers(api).answer(query, None)
    assert await nader.answer_to(query) is None


async def test_an_answer_that_fails_is_tried_once_and_troubles_nobody(
    server: Playground, api: PlainBot, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    presses = CallbackAnswers(api)
    presses.answer("no such press", Toast("late"))
    await presses.finish()
    assert "not answered" in caplog.text
    assert (await server.counts())["answerCallbackQuery"] == 1
