"""Messages, photos and documents through the library's own Bot: compatible both ways."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from io import BytesIO
from typing import Any

import pytest
import telegram
from PIL import Image
from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, InputMediaDocument, InputMediaPhoto
from telegram.constants import ParseMode

from bot.playground import Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


def picture(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (width, height), "navy").save(buffer, "PNG")
    return buffer.getvalue()


async def test_a_text_arrives_with_entities_and_buttons(server: Playground, nader: Phone, bot: telegram.Bot) -> None:
    link = f"https://t.me/{server.bot_username}?start=abc"
    balance = InlineKeyboardButton("موجودی", callback_data="bal:1")
    keyboard = InlineKeyboardMarkup(
        [
            [balance, InlineKeyboardButton("رونوشت", copy_text=CopyTextButton("abc"))],
            [InlineKeyboardButton("باز کردن", url=link)],
        ]
    )
    text = f'<b>سلام</b> 😀 <a href="{link}">لینک</a>'
    sent = await bot.send_message(nader.id, text, parse_mode=ParseMode.HTML, reply_markup=keyboard)
    assert sent.text_html == text
    assert sent.reply_markup == keyboard
    card = await nader.receives("سلام")
    assert (card.id, card.text) == (sent.message_id, "سلام 😀 لینک")
    assert card.labels == [["موجودی", "رونوشت"], ["باز کردن"]]
    assert card.copy_texts == ["abc"]
    assert card.links == [link, link]
    await server.assert_no_violations()


async def test_a_photo_is_uploaded_and_downloaded(server: Playground, nader: Phone, bot: telegram.Bot) -> None:
    data = picture(60, 40)
    sent = await bot.send_photo(nader.id, data, caption="<i>card</i>", parse_mode=ParseMode.HTML)
    assert (sent.photo[-1].width, sent.photo[-1].height, sent.photo[-1].file_size) == (60, 40, len(data))
    assert sent.caption_entities[0].type == "italic"
    card = await nader.receives("card")
    assert card.photo == data
    fetched = await (await bot.get_file(sent.photo[-1].file_id)).download_as_bytearray()
    assert bytes(fetched) == data
    again = await bot.send_photo(nader.id, sent.photo[-1].file_id)
    assert again.photo[-1].file_id == sent.photo[-1].file_id
    await server.assert_no_violations()


async def test_a_document_keeps_its_name(nader: Phone, bot: telegram.Bot) -> None:
    sent = await bot.send_document(nader.id, b"a,b\n1,2\n", filename="statement.csv", caption="c")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("statement.csv", "text/csv")
    assert (await nader.receives("c")).document == b"a,b\n1,2\n"


async def test_media_is_replaced_by_upload_and_by_id(server: Playground, nader: Phone, bot: telegram.Bot) -> None:
    sent = await bot.send_photo(nader.id, picture(10, 10), caption="old")
    edited = await bot.edit_message_media(
        InputMediaPhoto(picture(20, 20), caption="<b>new</b>", parse_mode=ParseMode.HTML), nader.id, sent.message_id
    )
    assert isinstance(edited, telegram.Message)
    assert (edited.photo[-1].width, edited.caption_html) == (20, "<b>new</b>")
    back = await bot.edit_message_media(InputMediaPhoto(sent.photo[-1].file_id), nader.id, sent.message_id)
    assert isinstance(back, telegram.Message)
    assert (back.photo[-1].width, back.caption) == (10, None)
    as_file = await bot.edit_message_media(InputMediaDocument(b"x", filename="x.txt"), nader.id, sent.message_id)
    assert isinstance(as_file, telegram.Message)
    assert as_file.document is not None
    await server.assert_no_violations()


@pytest.mark.parametrize(
    ("data", "problem"),
    [(b"no picture", "IMAGE_PROCESS_FAILED"), (picture(400, 10), "PHOTO_INVALID_DIMENSIONS")],
)
async def test_a_bad_picture_is_refused(nader: Phone, bot: telegram.Bot, data: bytes, problem: str) -> None:
    with pytest.raises(telegram.error.BadRequest, match=f"(?i){problem}"):
        await bot.send_photo(nader.id, data)


async def test_an_unknown_file_id_is_refused(nader: Phone, call: Call) -> None:
    answer = await call("sendPhoto", chat_id=nader.id, photo="AgACunknown")
    assert answer["description"] == "Bad Request: wrong file identifier/HTTP URL specified"


async def test_a_document_cannot_be_sent_as_a_photo_by_its_id(nader: Phone, bot: telegram.Bot) -> None:
    sent = await bot.send_document(nader.id, b"x", filename="x.txt")
    assert sent.document is not None
    with pytest.raises(telegram.error.BadRequest, match="as photo"):
        await bot.send_photo(nader.id, sent.document.file_id)


async def test_nobody_is_written_to_before_they_start(server: Playground, call: Call) -> None:
    sara = await server.phone(id=102, first_name="Sara")
    answer = await call("sendMessage", chat_id=sara.id, text="x")
    assert answer == {"ok": False, "error_code": 400, "description": "Bad Request: chat not found"}
    assert (await call("sendMessage", chat_id="@sara", text="x"))["description"] == "Bad Request: chat not found"
    await sara.send("/start")
    assert (await call("sendMessage", chat_id="102", text="x"))["ok"]
    await server.assert_no_violations()


async def test_a_blocked_bot_is_told_and_is_forbidden_to_write(nader: Phone, bot: telegram.Bot) -> None:
    await nader.block()
    blocked = (await bot.get_updates(timeout=1))[-1].my_chat_member
    assert blocked is not None
    assert (blocked.old_chat_member.status, blocked.new_chat_member.status) == ("member", "kicked")
    with pytest.raises(telegram.error.Forbidden, match="bot was blocked by the user"):
        await bot.send_message(nader.id, "x")
    await nader.unblock()
    assert (await bot.send_message(nader.id, "x")).text == "x"
    back = (await bot.get_updates(timeout=1))[-1].my_chat_member
    assert back is not None
    assert back.new_chat_member.status == "member"


async def test_who_writes_again_takes_the_block_back(nader: Phone, bot: telegram.Bot) -> None:
    await nader.block()
    await nader.send("/start")
    kinds = ["message" if update.message else "member" for update in await bot.get_updates(timeout=1)]
    assert kinds == ["message", "member", "member", "message"]


async def test_a_reply_names_its_message(nader: Phone, bot: telegram.Bot) -> None:
    first = await bot.send_message(nader.id, "first")
    reply = await bot.send_message(nader.id, "second", reply_to_message_id=first.message_id)
    assert reply.reply_to_message is not None
    assert reply.reply_to_message.text == "first"
    with pytest.raises(telegram.error.BadRequest, match="replied not found"):
        await bot.send_message(nader.id, "third", reply_to_message_id=999)
    lost = await bot.send_message(nader.id, "third", reply_to_message_id=999, allow_sending_without_reply=True)
    assert lost.reply_to_message is None


async def test_a_reply_keyboard_stands_beside_the_message(server: Playground, nader: Phone, call: Call) -> None:
    keyboard = {"keyboard": [[{"text": "A"}]]}
    sent = await call("sendMessage", chat_id=nader.id, text="x", reply_markup=keyboard)
    assert "reply_markup" not in sent["result"]
    assert (await server.get(f"chats/{nader.id}"))["reply_keyboard"] == keyboard


async def test_a_group_gets_messages_too(server: Playground, nader: Phone, bot: telegram.Bot) -> None:
    await server.add_group(-5, "Shop")
    await server.post(f"users/{nader.id}/say", {"text": "/start", "chat_id": -5})
    update = (await bot.get_updates(timeout=1))[-1]
    assert update.effective_chat is not None
    assert (update.effective_chat.id, update.effective_chat.title) == (-5, "Shop")
    assert (await bot.send_message(-5, "hello")).chat.type == "group"


async def test_a_mention_by_id_names_the_person(nader: Phone, bot: telegram.Bot) -> None:
    text = '<a href="tg://user?id=101">n</a> <a href="tg://user?id=999">nobody</a>'
    sent = await bot.send_message(nader.id, text, parse_mode=ParseMode.HTML)
    assert [(entity.type, entity.user and entity.user.id) for entity in sent.entities] == [("text_mention", 101)]
