"""Implements new messages: text, photo, document, copies of other messages; and chat actions."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.chats import Message
from bot.playground.content import (
    caption_content,
    document_content,
    keyboard_of,
    photo_content,
    replied_to,
    text_content,
    topic_of,
)
from bot.playground.refusals import BadRequest, MalformedCall, NotSupported
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

COPYABLE = frozenset({"text", "photo", "document", "voice", "sticker"})
NOT_COPIED = frozenset({"forward_origin", "media_group_id", "via_bot"})


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


async def copy_message(world: World, call: Call) -> Json:
    """Copies a message of any chat, without a sign of its origin; a new caption is not supported here."""
    if "caption" in call.params:
        raise NotSupported("a new caption for a copy")
    source = _source(world, call, "copy")
    keyboard = keyboard_of(call)
    chat = world.chat_to_write(call["chat_id"])
    content = {key: value for key, value in source.content.items() if key not in NOT_COPIED}
    copy = world.post(chat, content, keyboard, replied_to(call, chat), topic_of(call, chat))
    return {"message_id": copy.id}


async def forward_message(world: World, call: Call) -> Json:
    """Forwards a message of any chat, with a sign of its origin."""
    source = _source(world, call, "forward")
    chat = world.chat_to_write(call["chat_id"])
    by = {"type": "user", "sender_user": source.sender, "date": source.date}
    origin = {"forward_origin": source.content.get("forward_origin", by)}
    content = {key: value for key, value in source.content.items() if key not in NOT_COPIED}
    return world.post(chat, {**content, **origin}, topic=topic_of(call, chat)).as_json()


def _source(world: World, call: Call, verb: str) -> Message:
    """Returns the message to copy or forward; raises `BadRequest` where it is gone or of a kind that cannot be."""
    message = world.chat(call["from_chat_id"]).messages.get(call["message_id"])
    if message is None:
        raise BadRequest(f"message to {verb} not found")
    if not COPYABLE & message.content.keys():
        raise BadRequest(f"message can't be {'copied' if verb == 'copy' else 'forwarded'}")
    return message


async def send_chat_action(world: World, call: Call) -> bool:
    """Shows the bot's chat action."""
    if call["action"] not in ACTIONS:
        raise MalformedCall("wrong parameter action in request")
    chat = world.chat_to_write(call["chat_id"])
    topic_of(call, chat)
    world.events.add(chat.id, "action", {"action": call["action"]})
    return True


def _post(world: World, call: Call, content: Json) -> Json:
    keyboard = keyboard_of(call)
    chat = world.chat_to_write(call["chat_id"])
    return world.post(chat, content, keyboard, replied_to(call, chat), topic_of(call, chat)).as_json()


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendPhoto": send_photo,
    "sendDocument": send_document,
    "copyMessage": copy_message,
    "forwardMessage": forward_message,
    "sendChatAction": send_chat_action,
}
