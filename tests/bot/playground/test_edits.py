"""Edits and deletions: what they change, and what Telegram says when they cannot."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import telegram

from bot.playground import Phone

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]

KEYBOARD = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}]]}


async def test_an_edit_replaces_text_and_keyboard(nader: Phone, bot: telegram.Bot) -> None:
    sent = await bot.send_message(nader.id, "before", reply_markup=telegram.InlineKeyboardMarkup.de_json(KEYBOARD))
    card = await nader.receives("before")
    edited = await bot.edit_message_text("<b>after</b>", nader.id, sent.message_id, parse_mode="HTML")
    assert isinstance(edited, telegram.Message)
    assert (edited.text_html, edited.reply_markup) == ("<b>after</b>", None)
    assert edited.edit_date is not None
    seen = await nader.receives("after")
    assert (seen.id, seen.edited, seen.labels) == (card.id, True, [])
    assert card.text == "before"
    assert (await card.refresh()).text == "after"


async def test_an_edit_that_changes_nothing_is_refused(nader: Phone, call: Call) -> None:
    message_id = (await call("sendMessage", chat_id=nader.id, text="x", reply_markup=KEYBOARD))["result"]["message_id"]
    same = {"chat_id": nader.id, "message_id": message_id, "text": "x"}
    refused = await call("editMessageText", **same, reply_markup=KEYBOARD)
    assert refused["description"] == (
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message"
    )
    assert (await call("editMessageText", **same))["ok"]
    assert not (await call("editMessageReplyMarkup", chat_id=nader.id, message_id=message_id))["ok"]
    assert (await call("editMessageReplyMarkup", chat_id=nader.id, message_id=message_id, reply_markup=KEYBOARD))["ok"]


@pytest.mark.parametrize(
    ("method", "params", "problem"),
    [
        ("editMessageText", {"message_id": 99, "text": "x"}, "message to edit not found"),
        ("editMessageText", {"message_id": 1, "text": "x"}, "message can't be edited"),
        ("editMessageCaption", {"message_id": 2, "caption": "x"}, "there is no caption in the message to edit"),
        ("deleteMessage", {"message_id": 99}, "message to delete not found"),
    ],
)
async def test_what_is_not_there_cannot_be_changed(
    nader: Phone, call: Call, method: str, params: Json, problem: str
) -> None:
    await call("sendMessage", chat_id=nader.id, text="second")
    answer = await call(method, chat_id=nader.id, **params)
    assert answer["description"] == f"Bad Request: {problem}"


async def test_a_photo_has_a_caption_and_no_text_to_edit(nader: Phone, bot: telegram.Bot) -> None:
    sent_id = await nader.send_photo()
    photo = (await bot.get_updates(timeout=1))[-1].effective_message
    assert photo is not None
    assert photo.message_id == sent_id
    card = await bot.send_photo(nader.id, photo.photo[-1].file_id, caption="one")
    edited = await bot.edit_message_caption(nader.id, card.message_id, caption="<i>two</i>", parse_mode="HTML")
    assert isinstance(edited, telegram.Message)
    assert (edited.caption_html, edited.photo) == ("<i>two</i>", card.photo)
    with pytest.raises(telegram.error.BadRequest, match="no text in the message"):
        await bot.edit_message_text("x", nader.id, card.message_id)


async def test_a_deleted_message_is_gone(nader: Phone, call: Call) -> None:
    message_id = (await call("sendMessage", chat_id=nader.id, text="x"))["result"]["message_id"]
    assert (await call("deleteMessage", chat_id=nader.id, message_id=message_id))["result"] is True
    assert [card.text for card in await nader.messages()] == []
    await nader.look()
    assert "bot> (deleted a message)" in nader.transcript()


async def test_an_old_message_cannot_be_deleted(nader: Phone, call: Call, clock: Any) -> None:
    message_id = (await call("sendMessage", chat_id=nader.id, text="x"))["result"]["message_id"]
    clock.advance(seconds=48 * 3600 + 1)
    answer = await call("deleteMessage", chat_id=nader.id, message_id=message_id)
    assert answer["description"] == "Bad Request: message can't be deleted for everyone"
