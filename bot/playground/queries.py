"""Holds presses of inline buttons that await their answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.kit.json import Json
from bot.playground.refusals import BadRequest


@dataclass(slots=True)
class Query:
    """Holds one press: its time (milliseconds UTC), person and chat, and the answer."""

    id: str
    at: int
    user_id: int
    chat_id: int
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Queries:
    """Holds presses by id. Each is answered once, within `lifetime_ms`."""

    def __init__(self, lifetime_ms: int, stamp: int) -> None:
        self._lifetime_ms = lifetime_ms
        self._stamp = stamp
        self._by_id: dict[str, Query] = {}

    def open(self, at: int, user_id: int, chat_id: int) -> Query:
        """Records a press at `at` and returns it with its own number."""
        query = Query(str((self._stamp << 20) + len(self._by_id)), at, user_id, chat_id)
        self._by_id[query.id] = query
        return query

    def answer(self, query_id: str, now: int, answer: Json) -> Query:
        """Answers a press; raises `BadRequest` where it is unknown, answered already or expired."""
        query = self._by_id.get(query_id)
        if query is None or query.answer is not None or now - query.at > self._lifetime_ms:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer
        query.answered.set()
        return query

    async def wait(self, query_id: str, timeout: float) -> Json | None:
        """Returns the answer to a press after at most `timeout` seconds, None without one.

        Raises KeyError where unknown.
        """
        query = self._by_id[query_id]
        try:
            await asyncio.wait_for(query.answered.wait(), timeout)
        except TimeoutError:
            return None
        return query.answer

    def close(self) -> None:
        """Ends all waiting at once."""
        for query in self._by_id.values():
            query.answered.set()
