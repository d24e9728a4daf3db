"""Defines users, chats and messages, with their JSON of the Bot API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bot.kit.json import Json


@dataclass(slots=True)
class User:
    """Holds a person with a Telegram account; `started` once they wrote to the bot, `blocked` while they block it."""

    id: int
    first_name: str
    last_name: str | None = None
    username: str | None = None
    language_code: str | None = None
    started: bool = False
    blocked: bool = False

    def names(self) -> Json:
        """Returns the names that are set."""
        names = {"first_name": self.first_name, "last_name": self.last_name, "username": self.username}
        return {key: value for key, value in names.items() if value is not None}

    def as_json(self) -> Json:
        """Returns the person as a `User`."""
        shown = {"id": self.id, "is_bot": False, **self.names()}
        return shown if self.language_code is None else {**shown, "language_code": self.language_code}


@dataclass(slots=True)
class Message:
    """Holds one message. `content` depends on its kind: text or caption with entities, photo, document, sticker.

    `topic` is the topic of a forum that it is in.
    """

    id: int
    chat: Chat
    sender: Json
    date: int  # seconds UTC, as in Telegram
    content: Json
    keyboard: Json | None = None
    reply_to: Message | None = None
    edited: int | None = None
    edits: int = 0
    topic: int | None = None

    @property
    def by_bot(self) -> bool:
        """Returns whether the bot wrote it."""
        return bool(self.sender["is_bot"])

    def as_json(self, *, with_reply: bool = True) -> Json:
        """Returns the message as a `Message`."""
        shown: Json = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.as_json(),
            "date": self.date,
            **self.content,
        }
        if self.edited is not None:
            shown["edit_date"] = self.edited
        if self.keyboard is not None:
            shown["reply_markup"] = self.keyboard
        if self.topic is not None:
            shown |= {"message_thread_id": self.topic, "is_topic_message": True}
        if self.reply_to is not None and with_reply:
            shown["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        return shown


@dataclass(slots=True)
class Chat:
    """Holds a private chat (named like its person, whose id it has) or a group, with its messages by number.

    topics: those of a forum; empty for any other chat. refusal: why the bot may not write there, None where it may.
    moved_to: the supergroup that the group has become.
    """

    id: int
    type: Literal["private", "group", "supergroup"]
    title: str | None = None
    owner: User | None = None
    messages: dict[int, Message] = field(default_factory=dict)
    next_message_id: int = 1
    reply_keyboard: Json | None = None
    topics: frozenset[int] = frozenset()
    refusal: Literal["kicked", "rights"] | None = None
    moved_to: int | None = None

    def as_json(self) -> Json:
        """Returns the chat as a `Chat`."""
        names = self.owner.names() if self.owner else {"title": self.title or ""}
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.type, **names, **forum}

    def add(
        self,
        sender: Json,
        date: int,
        content: Json,
        keyboard: Json | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        """Writes a message into the chat, under its next number."""
        message = Message(self.next_message_id, self, sender, date, content, keyboard, reply_to, topic=topic)
        self.messages[message.id] = message
        self.next_message_id += 1
        return message
