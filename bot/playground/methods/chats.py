"""Implements methods about chats and files."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.files import DOWNLOAD_BYTES
from bot.playground.refusals import BadRequest
from bot.playground.world import World

NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


async def get_chat(world: World, call: Call) -> Json:
    """Returns a chat as a `ChatFullInfo`."""
    chat = world.chat(call["chat_id"])
    return {**chat.as_json(), "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": dict(NO_GIFTS)}


async def get_file(world: World, call: Call) -> Json:
    """Returns a file's download path; at most 20 MB."""
    stored = world.files.by_id(call["file_id"])
    if len(stored.data) > DOWNLOAD_BYTES:
        raise BadRequest("file is too big")
    return {**stored.reference, "file_path": stored.path}


METHODS: dict[str, Method] = {"getChat": get_chat, "getFile": get_file}
