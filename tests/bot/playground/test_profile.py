"""Commands by scope and language, names and descriptions, the menu button, chats: through the library's own Bot."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

import pytest
import telegram
from telegram import BotCommand, BotCommandScopeAllPrivateChats, BotCommandScopeChat, MenuButtonCommands

from bot.playground import Phone, Playground

Json = dict[str, Any]
Call = Callable[..., Coroutine[Any, Any, Json]]


async def test_the_narrowest_scope_and_then_the_language_decide(
    server: Playground, nader: Phone, bot: telegram.Bot
) -> None:
    sara = await server.phone(id=102, first_name="Sara", language_code="en")
    private = BotCommandScopeAllPrivateChats()
    await bot.set_my_commands([BotCommand("start", "Begin")])
    await bot.set_my_commands([BotCommand("link", "My link")], scope=private)
    await bot.set_my_commands([BotCommand("link", "لینک من")], scope=private, language_code="fa")
    assert await nader.commands() == {"link": "لینک من"}
    assert await sara.commands() == {"link": "My link"}
    await bot.set_my_commands([BotCommand("admin", "Admin")], scope=BotCommandScopeChat(nader.id))
    assert await nader.commands() == {"admin": "Admin"}
    assert await bot.get_my_commands(scope=private, language_code="fa") == (BotCommand("link", "لینک من"),)
    await bot.delete_my_commands(scope=BotCommandScopeChat(nader.id))
    await bot.set_my_commands([], scope=private)
    await bot.delete_my_commands(scope=private, language_code="fa")
    assert await nader.commands() == {"start": "Begin"}
    await server.assert_no_violations()


async def test_commands_for_an_unknown_chat_are_refused(bot: telegram.Bot) -> None:
    with pytest.raises(telegram.error.BadRequest, match="Chat not found"):
        await bot.set_my_commands([BotCommand("admin", "Admin")], scope=BotCommandScopeChat(999))


async def test_texts_fall_back_to_those_for_all_languages(bot: telegram.Bot) -> None:
    await bot.set_my_name("Moaref Shop")
    await bot.set_my_name("معرف", language_code="fa")
    assert (await bot.get_my_name(language_code="fa")).name == "معرف"
    assert (await bot.get_my_name(language_code="en")).name == "Moaref Shop"
    await bot.set_my_name("", language_code="fa")
    assert (await bot.get_my_name(language_code="fa")).name == "Moaref Shop"
    await bot.set_my_description("long")
    await bot.set_my_short_description("short")
    assert (await bot.get_my_description()).description == "long"
    assert (await bot.get_my_short_description()).short_description == "short"
    assert (await bot.get_me()).first_name == "Moaref Shop"


async def test_the_menu_button_is_set_for_all_or_one(nader: Phone, bot: telegram.Bot) -> None:
    assert (await bot.get_chat_menu_button()).type == "commands"
    await bot.set_chat_menu_button(chat_id=nader.id, menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button(nader.id)).type == "commands"
    assert await bot.set_chat_menu_button()
    assert (await bot.get_chat_menu_button()).type == "default"


async def test_a_chat_tells_who_it_is_with(nader: Phone, bot: telegram.Bot) -> None:
    chat = await bot.get_chat(nader.id)
    assert (chat.type, chat.first_name, chat.username) == ("private", "Nader", "nader")


async def test_leaving_is_taken(call: Call) -> None:
    assert (await call("logOut"))["result"] is True
    assert (await call("close"))["result"] is True
