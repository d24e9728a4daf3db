"""Implements the command menus, by scope and language, and the menu button."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.limits import check_commands, check_language
from bot.playground.profile import Scope, scope_of
from bot.playground.world import World


async def set_my_commands(world: World, call: Call) -> bool:
    """Sets the commands of a scope and language; an empty list removes them."""
    check_commands(call["commands"])
    key = _key(world, call)
    if call["commands"]:
        world.profile.commands[key] = call["commands"]
    else:
        world.profile.commands.pop(key, None)
    return True


async def get_my_commands(world: World, call: Call) -> list[Json]:
    """Returns the commands of exactly this scope and language."""
    return world.profile.commands.get(_key(world, call), [])


async def delete_my_commands(world: World, call: Call) -> bool:
    """Removes the commands of exactly this scope and language."""
    world.profile.commands.pop(_key(world, call), None)
    return True


async def set_chat_menu_button(world: World, call: Call) -> bool:
    """Sets the menu button of a private chat, or of all."""
    chat_id = call.get("chat_id")
    if chat_id is not None:
        world.chat(chat_id)
    world.profile.menu_buttons[chat_id] = call.get("menu_button", {"type": "default"})
    return True


async def get_chat_menu_button(world: World, call: Call) -> Json:
    """Returns the menu button of a private chat, or of all."""
    return world.profile.menu_button(call.get("chat_id"))


def _key(world: World, call: Call) -> tuple[Scope, str]:
    language = call.get("language_code", "")
    check_language(language)
    scope: Json | None = call.get("scope")
    if scope and "chat_id" in scope:
        world.chat(scope["chat_id"])
    return scope_of(scope), language


METHODS: dict[str, Method] = {
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setChatMenuButton": set_chat_menu_button,
    "getChatMenuButton": get_chat_menu_button,
}
