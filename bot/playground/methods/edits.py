"""Implements edits of messages: text, caption, keyboard, media; and their deletion."""

from __future__ import annotations

from bot.kit.json import Json
from bot.playground.call import Call, Method
from bot.playground.chats import Message
from bot.playground.content import (
    caption_content,
    document_content,
    keyboard_of,
    photo_content,
    text_content,
)
from bot.playground.refusals import BadRequest, MalformedCall, NotSupported
from bot.playground.world import World

CAPTION_KEYS = frozenset({"caption", "caption_entities"})
DELETABLE_S = 48 * 3600


async def edit_message_text(world: World, call: Call) -> Json:
    """Replaces a text message's text."""
    content = text_content(world, call)
    message = _message(world, call)
    if "text" not in message.content:
        raise BadRequest("there is no text in the message to edit")
    if "link_preview_options" in call.params:
        content["link_preview_options"] = call["link_preview_options"]
    return world.change(message, content, keyboard_of(call)).as_json()


async def edit_message_caption(world: World, call: Call) -> Json:
    """Replaces or removes the caption of a photo or document."""
    caption = caption_content(world, call, call.params)
    message = _message(world, call)
    media = {key: value for key, value in message.content.items() if key not in CAPTION_KEYS}
    if "text" in media:
        raise BadRequest("there is no caption in the message to edit")
    return world.change(message, {**media, **caption}, keyboard_of(call)).as_json()


async def edit_message_media(world: World, call: Call) -> Json:
    """Replaces a message's photo or document, with its caption."""
    media: Json = call["media"]
    caption = caption_content(world, call, media)
    message = _message(world, call)
    match media["type"]:
        case "photo":
            content = photo_content(world, call, media["media"])
        case "document":
            content = document_content(world, call, media["media"])
        case other:
            raise NotSupported(f"media of type {other}")
    return world.change(message, {**content, **caption}, keyboard_of(call)).as_json()


async def edit_message_reply_markup(world: World, call: Call) -> Json:
    """Replaces or removes a message's keyboard."""
    message = _message(world, call)
    return world.change(message, message.content, keyboard_of(call)).as_json()


async def delete_message(world: World, call: Call) -> bool:
    """Deletes a message, the bot's or a person's, within 48 hours."""
    chat = world.chat(call["chat_id"])
    message = chat.messages.get(call["message_id"])
    if message is None:
        raise BadRequest("message to delete not found")
    if world.now_s - message.date > DELETABLE_S:
        raise BadRequest("message can't be deleted for everyone")
    del chat.messages[message.id]
    world.events.add(chat.id, "delete", {"message_id": message.id})
    return True


def _message(world: World, call: Call) -> Message:
    if "inline_message_id" in call.params:
        raise NotSupported("inline_message_id")
    if "chat_id" not in call.params or "message_id" not in call.params:
        raise MalformedCall("message identifier is not specified")
    message = world.chat_to_write(call["chat_id"]).messages.get(call["message_id"])
    if message is None:
        raise BadRequest("message to edit not found")
    if not message.by_bot:
        raise BadRequest("message can't be edited")
    return message


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageMedia": edit_message_media,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
