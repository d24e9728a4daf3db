"""Builds a message's content from a call: text, captions and files."""

from __future__ import annotations

from bot.kit.json import Json, JsonView
from bot.playground.call import Call
from bot.playground.chats import Chat, Message
from bot.playground.entities import find_entities, trimmed
from bot.playground.limits import check_caption, check_keyboard, check_text
from bot.playground.markup import Formatted, parse_html
from bot.playground.refusals import BadRequest, MalformedCall, NotSupported
from bot.playground.world import World


def text_content(world: World, call: Call) -> Json:
    """Returns the text and entities of a call; raises `MalformedCall` where they break a rule."""
    if "rich_message" in call.params:
        raise NotSupported("rich_message")
    content = _formatted(world, call, call.params, "text", "entities")
    check_text(content["text"])
    return content


def inline_content(world: World, call: Call, source: JsonView) -> Json:
    """Returns the text and entities of an inline result's content; only texts are supported here."""
    if "message_text" not in source:
        raise NotSupported("inline results that are no text")
    content = _formatted(world, call, source, "message_text", "entities")
    check_text(content["message_text"])
    shown = {"text": content["message_text"]}
    return {**shown, "entities": content["entities"]} if "entities" in content else shown


def caption_content(world: World, call: Call, source: JsonView) -> Json:
    """Returns the caption and entities of `source` (a call's fields or a media object); nothing where it has none."""
    content = _formatted(world, call, source, "caption", "caption_entities")
    check_caption(content["caption"])
    return content if content["caption"] else {}


def photo_content(world: World, call: Call, value: str) -> Json:
    """Returns a photo, uploaded with the call or known by its id."""
    upload = call.upload(value)
    stored = world.files.add_photo(upload.data) if upload else world.files.by_id(value)
    if not stored.width:
        raise BadRequest("can't use file of type Document as Photo")
    return {"photo": stored.as_photo()}


def document_content(world: World, call: Call, value: str) -> Json:
    """Returns a document, uploaded with the call or known by its id."""
    upload = call.upload(value)
    stored = world.files.add_document(upload.name, upload.mime, upload.data) if upload else world.files.by_id(value)
    return {"document": stored.as_document()}


def keyboard_of(call: Call) -> Json | None:
    """Returns the call's keyboard, checked; None where there is none. An empty inline keyboard is none."""
    markup: Json | None = call.get("reply_markup")
    if markup is None:
        return None
    check_keyboard(markup)
    return markup if any(markup.get("inline_keyboard", [True])) else None


def topic_of(call: Call, chat: Chat) -> int | None:
    """Returns the topic that the call names; raises `BadRequest` where a forum has no such topic.

    Other chats have no topics: there it is ignored.
    """
    topic: int | None = call.get("message_thread_id")
    if not chat.topics:
        return None
    if topic is not None and topic not in chat.topics:
        raise BadRequest("message thread not found")
    return topic


def replied_to(call: Call, chat: Chat) -> Message | None:
    """Returns the message that the call replies to; raises `BadRequest` where it is gone but required."""
    reply: Json | None = call.get("reply_parameters")
    if reply is None:
        return None
    message = chat.messages.get(reply.get("message_id", 0))
    if message is None and not reply.get("allow_sending_without_reply"):
        raise BadRequest("message to be replied not found")
    return message


def _formatted(world: World, call: Call, source: JsonView, text_key: str, entities_key: str) -> Json:
    given = source.get(text_key, "")
    formatted = _parsed(given, source.get("parse_mode", ""), source.get(entities_key, []))
    for entity in formatted.unescaped:
        world.calls.breach(call.method, {text_key: given}, f'"{entity}" is shown as it stands: & must be written &amp;')
    text, entities = trimmed(formatted.text, [_with_user(world, entity) for entity in formatted.entities])
    found = find_entities(text, entities)
    return {text_key: text, entities_key: found} if found else {text_key: text}


def _parsed(text: str, parse_mode: str, entities: list[Json]) -> Formatted:
    match parse_mode.lower():
        case "":
            return Formatted(text, entities)
        case "html":
            return parse_html(text)
        case "markdown" | "markdownv2":
            raise NotSupported(f"parse_mode {parse_mode}")
        case _:
            raise MalformedCall("unsupported parse_mode")


def _with_user(world: World, entity: Json) -> Json:
    """Returns a mention by id with the person in it; an empty one for an unknown person, as in Telegram."""
    if "user_id" not in entity:
        return entity
    user = world.users.get(entity["user_id"])
    shown = {key: value for key, value in entity.items() if key != "user_id"}
    return {**shown, "user": user.as_json()} if user else {**shown, "length": 0}
