"""Defines support: where people's questions go, and what is known of each message that is passed on.

Of a message only its number and its chat are kept. Its words, pictures and voice stay with Telegram, which copies them.
"""

from dataclasses import dataclass
from typing import Final, Literal, Protocol

from bot.kit.errors import UserError

HOUR_MS: Final = 3_600_000

Way = Literal["card", "question", "answer"]
"""card: who asks, written by the bot. question: from a person to support. answer: from support to a person."""

Problem = Literal["blocked", "message", "unreachable"]
"""blocked: its reader has blocked the bot. message: Telegram cannot copy it, or it was deleted. unreachable: any other
reason.
"""


@dataclass(frozen=True, slots=True)
class SupportChannel:
    """Holds where people find help.

    chat: the Telegram id of an admin's chat or of a group; 0 where questions are not passed on. topic: the topic of
    that group. url: a page or chat that the button opens instead. an_hour: how many questions one person may ask in an
    hour.
    """

    chat: int = 0
    topic: int | None = None
    url: str = ""
    an_hour: int = 10


@dataclass(frozen=True, slots=True)
class SentMessage:
    """Identifies a person's message, in the chat of its update.

    replies_to: the message that it replies to; `to_bot` whether the bot wrote that. album: Telegram's id of the album
    that it is part of. copyable: whether Telegram copies messages of its kind. edited: whether this update reports an
    edit of an earlier message.
    """

    id: int
    replies_to: int | None = None
    to_bot: bool = False
    album: str | None = None
    copyable: bool = True
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Handover:
    """Holds messages to pass on, in order, all from one chat.

    person: the engine's id of the person whose question it is. target: the chat that they go to, for questions the
    configured one. reply_to: the row of the message that they reply to. forwarded: whether somebody else wrote them,
    which the copy is to show.
    """

    way: Literal["question", "answer"]
    person: str
    source_chat: int
    messages: tuple[int, ...]
    target: int
    reply_to: int | None = None
    forwarded: bool = False


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Holds the row of a message that was passed on, from `source_chat` to `chat_id`; times are ms, UTC.

    message_id: None until it has arrived. reply_to: the row that it replies to. source_chat, source_message: None for a
    card.
    """

    id: int
    person: str
    way: Way
    source_chat: int | None
    source_message: int | None
    chat_id: int
    message_id: int | None
    reply_to: int | None
    at: int
    problem: Problem | None = None

    def place_in(self, chat_id: int) -> int | None:
        """Returns the number of the message in this chat, as it was written or as it was passed on."""
        if chat_id == self.chat_id:
            return self.message_id
        return self.source_message if chat_id == self.source_chat else None


@dataclass(frozen=True, slots=True)
class Asker:
    """Holds a person (engine's id) whose question waits for an answer, and since when (ms, UTC)."""

    person: str
    since: int


class SupportRows(Protocol):
    """Finds rows by their number, for rendering what is about to be sent."""

    async def message(self, id: int) -> PassedOn | None:
        """Returns the row of that number."""


class Support(SupportRows, Protocol):
    """Finds messages that were passed on; the store implements it."""

    async def is_staff_chat(self, configured: int, chat_id: int) -> bool:
        """Returns whether the chat is the configured support chat, or what that group has become."""

    async def standing_at(self, chat_id: int, message_id: int) -> PassedOn | None:
        """Returns the row of the message that the bot has put there."""

    async def written_at(self, chat_id: int, message_id: int) -> PassedOn | None:
        """Returns the row of the message that was written there."""

    async def asked_since(self, person_id: str, since: int) -> list[int]:
        """Returns when the person has asked since then (ms, UTC), in order."""

    async def waiting(self) -> int:
        """Returns the number of people whose question waits for an answer."""

    async def askers(self, *, skip: int, count: int) -> list[Asker]:
        """Returns a page of those people, the one who has waited longest first."""


@dataclass(eq=False)
class TooManyQuestions(UserError):
    """Raised for a question beyond what one person may ask within an hour. `next_at` is ms, UTC."""

    code = "too_many_questions"
    count: int
    next_at: int


def check_rate(times: list[int], limit: int) -> None:
    """Raises TooManyQuestions if another question would be one too many; `times` are those of the last hour."""
    if limit and len(times) >= limit:
        raise TooManyQuestions(limit, times[-limit] + HOUR_MS)
