"""Implements new messages: text, photo, document; and chat actions."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.content import (
    caption_content,
    document_content,
    keyboard_of,
    photo_content,
    replied_to,
    text_content,
)
from bot.playground.refusals import MalformedCall
from bot.playground.world import World

ACTIONS = frozenset(
    {
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)


async def send_message(world: World, call: Call) -> Json:
    """Sends a text."""
    content = text_content(world, call)
    if "link_preview_options" in call.params:
        content["link_preview_options"] = call["link_preview_options"]
    return _post(world, call, content)


async def send_photo(world: World, call: Call) -> Json:
    """Sends a photo, with or without caption."""
    caption = caption_content(world, call, call.params)
    world.chat_to_write(call["chat_id"])
    return _post(world, call, {**photo_content(world, call, call["photo"]), **caption})


async def send_document(world: World, call: Call) -> Json:
    """Sends a document, with or without caption."""
    caption = caption_content(world, call, call.params)
    world.chat_to_write(call["chat_id"])
    return _post(world, call, {**document_content(world, call, call["document"]), **caption})


async def send_chat_action(world: World, call: Call) -> bool:
    """Shows the bot's chat action."""
    if call["action"] not in ACTIONS:
        raise MalformedCall("wrong parameter action in request")
    chat = world.chat_to_write(call["chat_id"])
    world.events.add(chat.id, "action", {"action": call["action"]})
    return True


def _post(world: World, call: Call, content: Json) -> Json:
    keyboard = keyboard_of(call)
    chat = world.chat_to_write(call["chat_id"])
    return world.post(chat, content, keyboard, replied_to(call, chat)).as_json()


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "sendChatAction": send_chat_action,
}
