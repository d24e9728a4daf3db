"""Implements methods about the bot itself: its identity, names and descriptions, and logging out."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.limits import check_language, check_profile
from bot.playground.world import World


async def get_me(world: World, _call: Call) -> Json:
    """Returns the bot as a `User`, with its permissions."""
    return {
        **world.bot,
        "can_join_groups": True,
        "can_read_all_group_messages": False,
        "supports_inline_queries": world.settings.inline_mode,
    }


async def leave(_world: World, _call: Call) -> bool:
    """Answers logOut and close: this server has no session to end."""
    return True


def setter(kind: str) -> Method:
    """Returns the method that sets one of the bot's texts (`name`, `description`, `short_description`)."""

    async def set_text(world: World, call: Call) -> bool:
        language, text = call.get("language_code", ""), call.get(kind, "")
        check_language(language)
        check_profile(kind, text)
        world.profile.set_text(kind, language, text)
        return True

    return set_text


def getter(kind: str) -> Method:
    """Returns the method that reads one of the bot's texts."""

    async def get_text(world: World, call: Call) -> dict[str, str]:
        language = call.get("language_code", "")
        check_language(language)
        return {kind: world.profile.text(kind, language)}

    return get_text


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "logOut": leave,
    "close": leave,
    "setMyName": setter("name"),
    "getMyName": getter("name"),
    "setMyDescription": setter("description"),
    "getMyDescription": getter("description"),
    "setMyShortDescription": setter("short_description"),
    "getMyShortDescription": getter("short_description"),
}
