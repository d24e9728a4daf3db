"""Holds the server's state: one bot, its people and chats, and their history."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from bot.kit.json import Json
from bot.playground.calls import CallLog
from bot.playground.chats import Chat, Message, User
from bot.playground.events import EventLog
from bot.playground.faults import FaultPlan, RateLimits
from bot.playground.files import FileStore
from bot.playground.inline import InlineQueries
from bot.playground.payments import Payments
from bot.playground.profile import Profile
from bot.playground.queries import Queries
from bot.playground.refusals import BadRequest, BlockedByUser, ChatMoved, RemovedFromGroup
from bot.playground.updates import UpdateQueue


def system_now_ms() -> int:
    """Returns the system's time in milliseconds UTC."""
    return time.time_ns() // 1_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """Holds the bot's identity and the server's behaviour.

    `first_update_id` defaults to the clock's seconds, so that a bot that keeps its store across servers never sees a
    number twice. `query_lifetime_ms` is the time in which a press can be answered; Telegram does not document it.
    `inline_mode` is the @BotFather setting: whether the bot accepts inline queries.
    """

    bot_id: int = 7_000_000_001
    secret: str = "AAlocal_playground_secret_000000000"  # noqa: S105 (opens nothing but this server)
    username: str = "moaref_playground_bot"
    name: str = "Moaref"
    now_ms: Callable[[], int] = system_now_ms
    first_update_id: int | None = None
    query_lifetime_ms: int = 60_000
    inline_mode: bool = True

    @property
    def token(self) -> str:
        """Returns the bot's token."""
        return f"{self.bot_id}:{self.secret}"


class World:
    """Holds the state on which the Bot API and the control interface work."""

    def __init__(self, settings: Settings) -> None:
        born = settings.now_ms()
        self.settings = settings
        self.stamp = secrets.randbits(48)  # distinguishes this world from the one it replaces
        self.now_ms = settings.now_ms
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.updates = UpdateQueue(settings.first_update_id or born // 1000)
        self.events = EventLog(settings.now_ms)
        self.files = FileStore(born)
        self.queries = Queries(settings.query_lifetime_ms, born)
        self.payments = Payments(born)
        self.inline = InlineQueries(born)
        self.profile = Profile(settings.name)
        self.faults = FaultPlan()
        self.limits = RateLimits()
        self.calls = CallLog()

    @property
    def now_s(self) -> int:
        """Returns the time in seconds UTC, Telegram's unit."""
        return self.now_ms() // 1000

    @property
    def bot(self) -> Json:
        """Returns the bot as a `User`."""
        return {
            "id": self.settings.bot_id,
            "is_bot": True,
            "first_name": self.profile.text("name", ""),
            "username": self.settings.username,
        }

    def chat(self, chat_id: int | str) -> Chat:
        """Returns a chat known to the bot; raises `BadRequest` where there is none or its person never wrote."""
        number = int(chat_id) if str(chat_id).lstrip("-").isdigit() else 0
        chat = self.chats.get(number)
        if chat is None or (chat.owner is not None and not chat.owner.started):
            raise BadRequest("chat not found")
        return chat

    def chat_to_write(self, chat_id: int | str) -> Chat:
        """Returns a chat that the bot may write to; raises `BlockedByUser`, `RemovedFromGroup`, `ChatMoved` and
        `BadRequest`, besides the errors of `chat`.
        """
        chat = self.chat(chat_id)
        if chat.owner is not None and chat.owner.blocked:
            raise BlockedByUser
        if chat.moved_to is not None:
            raise ChatMoved(chat.moved_to)
        if chat.refusal == "kicked":
            raise RemovedFromGroup
        if chat.refusal == "rights":
            raise BadRequest("not enough rights to send text messages to the chat")
        return chat

    def post(
        self,
        chat: Chat,
        content: Json,
        keyboard: Json | None = None,
        reply_to: Message | None = None,
        topic: int | None = None,
    ) -> Message:
        """Adds a message of the bot to a chat; a reply keyboard is kept beside the message."""
        inline = keyboard if keyboard and "inline_keyboard" in keyboard else None
        message = chat.add(self.bot, self.now_s, content, inline, reply_to, topic)
        if keyboard and inline is None:
            chat.reply_keyboard = keyboard
        beside = {"reply_keyboard": keyboard} if keyboard and inline is None else {}
        self.events.add(chat.id, "message", {"message": message.as_json(), **beside})
        return message

    def change(self, message: Message, content: Json, keyboard: Json | None) -> Message:
        """Edits a message of the bot; raises `BadRequest` where nothing changes."""
        if content == message.content and keyboard == message.keyboard:
            raise BadRequest(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        message.content, message.keyboard = content, keyboard
        message.edited = self.now_s
        message.edits += 1
        self.events.add(message.chat.id, "edit", {"message": message.as_json()})
        return message

    def close(self) -> None:
        """Ends every waiting call at once."""
        self.updates.close()
        self.events.close()
        self.queries.close()
        self.payments.close()
        self.inline.close()
