"""Groups and forums, and copies and forwards between chats."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import telegram
from telegram.error import BadRequest, ChatMigrated, Forbidden

from bot.playground import Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]
GROUP, SUPERGROUP = -200, -1_000_200


@pytest.fixture
async def group(server: Playground) -> int:
    await server.add_group(GROUP, "Support")
    return GROUP


async def test_a_copy_has_no_sign_of_its_origin_and_a_forward_has(
    server: Playground, nader: Phone, bot: telegram.Bot, group: int
) -> None:
    number = await nader.send("Where is it?")
    first = await bot.send_message(group, "Nader asks")
    copied = await bot.copy_message(
        group, nader.id, number, reply_parameters=telegram.ReplyParameters(first.message_id)
    )
    forwarded = await bot.forward_message(group, nader.id, number)
    messages = (await server.get(f"chats/{group}"))["messages"]
    assert [each["text"] for each in messages] == ["Nader asks", "Where is it?", "Where is it?"]
    assert messages[1]["message_id"] == copied.message_id
    assert messages[1]["reply_to_message"]["message_id"] == first.message_id
    assert "forward_origin" not in messages[1]
    assert isinstance(forwarded.forward_origin, telegram.MessageOriginUser)
    assert forwarded.forward_origin.sender_user.id == nader.id
    await server.assert_no_violations()


async def test_what_is_gone_or_of_another_kind_is_neither_copied_nor_forwarded(
    nader: Phone, bot: telegram.Bot, group: int
) -> None:
    poll = await nader.send_poll()
    with pytest.raises(BadRequest, match="can't be copied"):
        await bot.copy_message(group, nader.id, poll)
    with pytest.raises(BadRequest, match="can't be forwarded"):
        await bot.forward_message(group, nader.id, poll)
    with pytest.raises(BadRequest, match="Message to copy not found"):
        await bot.copy_message(group, nader.id, 999)


async def test_a_copy_carries_its_own_buttons(nader: Phone, bot: telegram.Bot) -> None:
    number = await nader.send("Here.")
    button = telegram.InlineKeyboardButton("Answer", callback_data="a")
    await bot.copy_message(nader.id, nader.id, number, reply_markup=telegram.InlineKeyboardMarkup([[button]]))
    assert (await nader.receives("Here.")).labels == [["Answer"]]


async def test_a_forum_has_topics_and_no_others(server: Playground, bot: telegram.Bot) -> None:
    await server.add_group(GROUP, "Forum", topics=[7])
    sent = await bot.send_message(GROUP, "Hello", message_thread_id=7)
    assert (sent.is_topic_message, sent.message_thread_id, sent.chat.is_forum) == (True, 7, True)
    with pytest.raises(BadRequest, match="Message thread not found"):
        await bot.send_message(GROUP, "Hello", message_thread_id=8)


async def test_a_group_can_remove_the_bot_take_its_rights_and_let_it_back(
    server: Playground, bot: telegram.Bot, group: int
) -> None:
    await server.change_group(group, refusal="kicked")
    with pytest.raises(Forbidden, match="kicked"):
        await bot.send_message(group, "Hello")
    await server.change_group(group, refusal="rights")
    with pytest.raises(BadRequest, match="Not enough rights"):
        await bot.send_chat_action(group, "typing")
    await server.change_group(group)
    await bot.send_message(group, "Hello")


async def test_a_group_that_becomes_a_supergroup_names_it(
    server: Playground, bot: telegram.Bot, call: Call, group: int
) -> None:
    await server.change_group(group, moved_to=SUPERGROUP)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group, "Hello")
    assert moved.value.new_chat_id == SUPERGROUP
    await bot.send_message(SUPERGROUP, "Hello")
    update = (await call("getUpdates"))["result"][-1]
    assert update["message"]["migrate_to_chat_id"] == SUPERGROUP


async def test_an_edit_is_the_writer_s_alone(server: Playground, nader: Phone, call: Call, group: int) -> None:
    sara = await server.phone(102, "Sara")
    number = await nader.send("Helo", chat_id=group)
    with pytest.raises(Exception, match="nobody can edit another's message"):
        await sara.edit(number, "Hello", chat_id=group)
    await nader.edit(number, "Hello", chat_id=group)
    update = (await call("getUpdates"))["result"][-1]
    assert update["edited_message"]["text"] == "Hello"
