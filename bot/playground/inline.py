"""Implements inline mode: queries in any chat, the bot's offers, and the cards that people send."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass, field

from bot.kit.json import Json
from bot.playground.chats import Chat, User
from bot.playground.refusals import BadRequest

ANSWER_MS = 10_000


@dataclass(slots=True)
class InlineQuery:
    """Holds one inline query: its text, time (milliseconds UTC) and chat, and the offer."""

    id: str
    at: int
    user: User
    chat: Chat
    query: str
    answer: Json | None = None
    contents: dict[str, Json] = field(default_factory=dict)
    answered: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def reader(self) -> User | None:
        """Returns the other person in a chat of two people, of which the bot learns nothing."""
        return None if self.chat.owner is self.user else self.chat.owner

    def as_json(self) -> Json:
        """Returns the query as an `InlineQuery`."""
        kind = "sender" if self.chat.owner is self.user else self.chat.type
        return {
            "id": self.id,
            "from": self.user.as_json(),
            "query": self.query,
            "offset": "",
            "chat_type": kind,
        }


class InlineQueries:
    """Holds queries by id; each is answered once, within the time limit."""

    def __init__(self, stamp: int) -> None:
        self._stamp = stamp
        self._by_id: dict[str, InlineQuery] = {}

    def open(self, at: int, user: User, chat: Chat, query: str) -> InlineQuery:
        """Records a query and returns it with its own number."""
        opened = InlineQuery(str((self._stamp << 20) + len(self._by_id)), at, user, chat, query)
        self._by_id[opened.id] = opened
        return opened

    def find(self, id: str) -> InlineQuery:
        """Returns a query; raises KeyError where unknown."""
        return self._by_id[id]

    def answer(self, id: str, now: int, answer: Json, contents: dict[str, Json]) -> InlineQuery:
        """Answers a query: `contents` are the messages by their result's id.

        Raises `BadRequest` where it has expired.
        """
        query = self._by_id.get(id)
        if query is None or query.answer is not None or now - query.at > ANSWER_MS:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        query.answer, query.contents = answer, contents
        query.answered.set()
        return query

    async def wait(self, id: str, timeout: float) -> InlineQuery:
        """Returns a query once it is answered, or unanswered after `timeout` seconds. Raises KeyError where unknown."""
        query = self._by_id[id]
        with suppress(TimeoutError):
            await asyncio.wait_for(query.answered.wait(), timeout)
        return query

    def close(self) -> None:
        """Ends all waiting at once."""
        for query in self._by_id.values():
            query.answered.set()
