"""Performs people's actions on their phones: write, open links, press buttons, block. Each action queues updates."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal
from urllib.parse import parse_qs, urlsplit

from bot.kit.json import Json, JsonView
from bot.playground.chats import Chat, Message, User
from bot.playground.entities import find_entities, utf16_slice
from bot.playground.inline import InlineQuery
from bot.playground.payments import Checkout
from bot.playground.queries import Query
from bot.playground.world import World

LINK_HOSTS = frozenset({"t.me", "telegram.me"})
START_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
STICKER_SIDE = 512
ANONYMOUS_ADMIN: Json = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
"""Telegram's own sender of whatever a group's admins write in its name."""
POLL_FLAGS = ("is_closed", "is_anonymous", "allows_multiple_answers", "allows_revoting", "members_only")


class ImpossibleAct(Exception):
    """Reports an action that is impossible here: no such chat, a link that leads elsewhere, a missing button."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def join(world: World, user: User) -> User:
    """Gives a person a phone; an existing person gets the new names and language."""
    known = world.users.get(user.id)
    if known is not None:
        known.first_name, known.last_name = user.first_name, user.last_name
        known.username, known.language_code = user.username, user.language_code
        return known
    world.users[user.id] = user
    world.chats[user.id] = Chat(user.id, "private", owner=user)
    return user


@dataclass(frozen=True, slots=True)
class Place:
    """Holds where a message is written: a group or else the chat with the bot, and what it replies to.

    album: the album that it is part of. anonymous: whether an admin writes in the group's name.
    """

    chat_id: int | None = None
    reply_to: int | None = None
    topic: int | None = None
    album: str | None = None
    anonymous: bool = False


def found_group(world: World, chat_id: int, title: str, topics: Iterable[int] = ()) -> Chat:
    """Makes a group that the bot is in; `chat_id` is negative. With topics it is a forum."""
    if chat_id >= 0:
        raise ImpossibleAct("a group's id is negative")
    forum = frozenset(topics)
    kind: Literal["group", "supergroup"] = "supergroup" if forum else "group"
    return world.chats.setdefault(chat_id, Chat(chat_id, kind, title=title, topics=forum))


def migrate_group(world: World, chat_id: int, moved_to: int) -> Chat:
    """Makes a supergroup of a group: it gets another id, and the old one only names that."""
    old = _chat(world, chat_id)
    new = found_group(world, moved_to, old.title or "")
    new.type, old.moved_to = "supergroup", moved_to
    message = old.add(ANONYMOUS_ADMIN, world.now_s, {"migrate_to_chat_id": moved_to})
    world.updates.add("message", {**message.as_json(), "sender_chat": old.as_json()})
    return new


def write(world: World, user: User, content: Json, place: Place | None = None) -> Message:
    """Sends a message to the bot, or into a group. A person who has blocked the bot must unblock it to write."""
    place = place or Place()
    chat = _chat(world, place.chat_id or user.id)
    if chat.owner is not None and chat.owner is not user:
        raise ImpossibleAct("a person cannot write in another person's chat with the bot")
    if chat.owner is not None:
        set_blocked(world, user, blocked=False)
        user.started = True
    replied = find_message(world, chat.id, place.reply_to) if place.reply_to is not None else None
    if place.album is not None:
        content = {**content, "media_group_id": place.album}
    sender = ANONYMOUS_ADMIN if place.anonymous else user.as_json()
    message = chat.add(sender, world.now_s, content, reply_to=replied, topic=place.topic)
    in_name_of = {"sender_chat": chat.as_json()} if place.anonymous else {}
    world.events.add(chat.id, "message", {"message": message.as_json()})
    world.updates.add("message", {**message.as_json(), **in_name_of})
    return message


def say(world: World, user: User, text: str, place: Place | None = None) -> Message:
    """Sends a text, with the entities that Telegram detects in it."""
    return write(world, user, text_of(text), place)


def text_of(text: str) -> Json:
    """Returns a text message's content, with the entities that Telegram detects in it."""
    entities = find_entities(text)
    return {"text": text, "entities": entities} if entities else {"text": text}


def edit(world: World, user: User, message: Message, text: str) -> Message:
    """Changes the text of a person's own message."""
    if message.sender["id"] != user.id:
        raise ImpossibleAct("nobody can edit another's message")
    world.change(message, text_of(text), None)
    world.updates.add("edited_message", message.as_json())
    return message


def open_link(world: World, user: User, link: str) -> Message:
    """Opens a deep link and presses START: `/start PAYLOAD`, or `/start` where the link has none."""
    payload = start_payload(link, world.settings.username)
    return say(world, user, f"/start {payload}" if payload else "/start")


def start_payload(link: str, username: str) -> str:
    """Returns a link's payload for the bot `username`.

    Links are `https://t.me/BOT?start=X` or `tg://resolve?domain=BOT&start=X`.
    """
    parts = urlsplit(link if "://" in link else f"https://{link}")
    query = parse_qs(parts.query)
    target = query.get("domain", [""])[0] if parts.scheme == "tg" else parts.path.strip("/")
    if target.lower() != username.lower() or (parts.scheme != "tg" and parts.hostname not in LINK_HOSTS):
        raise ImpossibleAct(f"the link {link} does not lead to @{username}")
    payload = query.get("start", [""])[0]
    if payload and not START_PAYLOAD.fullmatch(payload):
        raise ImpossibleAct(f"the link {link} carries what Telegram does not pass on")
    return payload


def press(world: World, user: User, message: Message, data: str) -> Query:
    """Presses a button with `data` under any message, also a deleted one or another person's."""
    query = world.queries.open(world.now_ms(), user.id, message.chat.id)
    label = next((button["text"] for button in _buttons(message) if button.get("callback_data") == data), data)
    world.events.add(
        message.chat.id,
        "pressed",
        {"message_id": message.id, "label": label, "data": data, "user_id": user.id, "query_id": query.id},
    )
    world.updates.add(
        "callback_query",
        {
            "id": query.id,
            "from": user.as_json(),
            "message": message.as_json(),
            "chat_instance": str(message.chat.id),
            "data": data,
        },
    )
    return query


def pay(world: World, user: User, message: Message) -> Checkout:
    """Presses Pay on an invoice; the bot is asked whether the payment may happen."""
    invoice = world.payments.invoice_of(message)
    if invoice is None:
        raise ImpossibleAct(f"message {message.id} is no invoice")
    if world.payments.is_paid(message):
        raise ImpossibleAct(f"the invoice {message.id} is paid already")
    checkout = world.payments.open(world.now_ms(), user, message, invoice)
    world.updates.add("pre_checkout_query", checkout.as_json())
    return checkout


def type_name(world: World, user: User, query: str, chat_id: int | None = None) -> InlineQuery:
    """Types the bot's name and `query` in a chat; the bot is asked for its offer there.

    As in Telegram, another person's id names the chat that the two have with each other.
    """
    if not world.settings.inline_mode:
        raise ImpossibleAct("the bot's inline mode is off")
    opened = world.inline.open(world.now_ms(), user, _chat(world, chat_id or user.id), query)
    world.updates.add("inline_query", opened.as_json())
    return opened


def choose(world: World, query: InlineQuery, result_id: str) -> Message:
    """Sends one of the cards that the bot offered, as the person who typed its name."""
    offered = query.contents.get(result_id)
    if offered is None:
        raise ImpossibleAct(f"the bot did not offer {result_id}")
    content = {**offered["content"], "via_bot": world.bot}
    if query.reader is not None:
        return _hand_over(world, query, query.reader, content, offered["keyboard"])
    message = query.chat.add(query.user.as_json(), world.now_s, content, offered["keyboard"])
    world.events.add(query.chat.id, "message", {"message": message.as_json()})
    world.updates.add("message", message.as_json())
    return message


def button_data(message: Message, label: str) -> str:
    """Returns the data of the first button under `message` whose text contains `label`. Raises `ImpossibleAct`."""
    for button in _buttons(message):
        if label in button["text"] and "callback_data" in button:
            return str(button["callback_data"])
    raise ImpossibleAct(f'no button "{label}" under message {message.id}')


def set_blocked(world: World, user: User, *, blocked: bool) -> None:
    """Blocks the bot, or unblocks it; the bot is told of a change."""
    if user.blocked == blocked:
        return
    user.blocked = blocked
    was, now = ("member", "kicked") if blocked else ("kicked", "member")
    world.events.add(user.id, "blocked" if blocked else "unblocked", {"user_id": user.id})
    world.updates.add(
        "my_chat_member",
        {
            "chat": world.chats[user.id].as_json(),
            "from": user.as_json(),
            "date": world.now_s,
            "old_chat_member": _membership(world, was),
            "new_chat_member": _membership(world, now),
        },
    )


def photo(world: World, data: bytes, caption: str) -> Json:
    """Returns the content of a photo message of a person."""
    content: Json = {"photo": world.files.add_photo(data).as_photo()}
    return {**content, "caption": caption} if caption else content


def document(world: World, name: str, mime: str, data: bytes) -> Json:
    """Returns the content of a document message of a person."""
    return {"document": world.files.add_document(name, mime, data).as_document()}


def voice(world: World, data: bytes) -> Json:
    """Returns the content of a voice message of a person."""
    stored = world.files.add_document("voice.ogg", "audio/ogg", data)
    return {"voice": {**stored.reference, "duration": 1, "mime_type": stored.mime}}


def poll() -> Json:
    """Returns the content of a poll, which the bot can neither read nor copy here."""
    options = [{"persistent_id": each, "text": each, "voter_count": 0} for each in ("Yes", "No")]
    flags = dict.fromkeys(POLL_FLAGS, False)
    return {
        "poll": {"id": "1", "question": "Well?", "options": options, "total_voter_count": 0, "type": "regular", **flags}
    }


def sticker(world: World, emoji: str) -> Json:
    """Returns the content of a sticker message of a person."""
    stored = world.files.add_document("sticker.webp", "image/webp", emoji.encode())
    size = {"width": STICKER_SIDE, "height": STICKER_SIDE}
    return {
        "sticker": {
            **stored.reference,
            **size,
            "type": "regular",
            "is_animated": False,
            "is_video": False,
            "emoji": emoji,
        }
    }


def share(world: World, sender: User, to: User, text: str, link: str) -> None:
    """Shares a text and its link with another person: their phone shows it, and the bot gets nothing."""
    content = {"sender": sender.id, "name": sender.first_name, "text": text, "link": link}
    world.events.add(to.id, "shared", content)


def put_away(world: World, user: User) -> None:
    """Removes shared messages from a person's phone."""
    world.events.add(user.id, "put_away", {})


def _hand_over(world: World, query: InlineQuery, reader: User, content: Json, keyboard: Json | None) -> Message:
    """Sends a card in the chat of two people: their phones show it.

    It has no number, because nothing here refers to it.
    """
    message = Message(0, query.chat, query.user.as_json(), world.now_s, content, keyboard)
    shown = {"text": content["text"], "link": _link_to_bot(world, message), "message": message.as_json()}
    world.events.add(reader.id, "shared", {"sender": query.user.id, "name": query.user.first_name, **shown})
    return message


def _link_to_bot(world: World, message: Message) -> str:
    """Returns the first address on a message's buttons or in its text that opens the bot; "" where none does."""
    text, entities = message.content["text"], message.content.get("entities", [])
    written = [each.get("url") or utf16_slice(text, each["offset"], each["length"]) for each in entities]
    for address in [*(button.get("url") or "" for button in _buttons(message)), *written]:
        with suppress(ImpossibleAct, ValueError):
            start_payload(address, world.settings.username)
            return str(address)
    return ""


def find_message(world: World, chat_id: int, message_id: int) -> Message:
    """Returns a message of a chat; raises `ImpossibleAct` where there is none."""
    message = _chat(world, chat_id).messages.get(message_id)
    if message is None:
        raise ImpossibleAct(f"no message {message_id} in chat {chat_id}")
    return message


def vanished(world: World, chat_id: int, message_id: int) -> Message:
    """Returns a message that the bot once wrote and that was deleted, for presses of buttons under it."""
    return Message(message_id, _chat(world, chat_id), world.bot, world.now_s, {"text": "…"})


def _chat(world: World, chat_id: int) -> Chat:
    try:
        return world.chats[chat_id]
    except KeyError:
        raise ImpossibleAct(f"no chat {chat_id}") from None


def _buttons(message: Message) -> list[JsonView]:
    rows = (message.keyboard or {}).get("inline_keyboard", [])
    return [button for row in rows for button in row]


def _membership(world: World, status: str) -> Json:
    member: Json = {"status": status, "user": world.bot}
    return {**member, "until_date": 0} if status == "kicked" else member
