"""Presses of inline buttons that wait for their answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from bot.playground.refusals import BadRequest

Json = dict[str, Any]


@dataclass(slots=True)
class Query:
    """One press: when (milliseconds UTC), by whom, in which chat, and what was answered."""

    id: str
    at: int
    user_id: int
    chat_id: int
    answer: Json | None = None
    answered: asyncio.Event = field(default_factory=asyncio.Event)


class Queries:
    """Presses by id. Each is answered once, and within `lifetime_ms`."""

    def __init__(self, lifetime_ms: int, stamp: int) -> None:
        self._lifetime_ms = lifetime_ms
        self._stamp = stamp
        self._by_id: dict[str, Query] = {}

    def open(self, at: int, user_id: int, chat_id: int) -> Query:
        """Note a press at `at` and return it with a number of its own."""
        query = Query(str((self._stamp << 20) + len(self._by_id)), at, user_id, chat_id)
        self._by_id[query.id] = query
        return query

    def answer(self, query_id: str, now: int, answer: Json) -> Query:
        """Answer a press; raises `BadRequest` where it is unknown, answered already or too old."""
        query = self._by_id.get(query_id)
        if query is None or query.answer is not None or now - query.at > self._lifetime_ms:
            raise BadRequest("query is too old and response timeout expired or query ID is invalid")
        query.answer = answer
        query.answered.set()
        return query

    async def wait(self, query_id: str, timeout: float) -> Json | None:
        """Return the answer to a press, waiting up to `timeout` seconds; None when none came. KeyError when unknown."""
        query = self._by_id[query_id]
        try:
            await asyncio.wait_for(query.answered.wait(), timeout)
        except TimeoutError:
            return None
        return query.answer

    def close(self) -> None:
        """End all waiting at once."""
        for query in self._by_id.values():
            query.answered.set()
