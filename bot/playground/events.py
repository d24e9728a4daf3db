"""Logs the events of the chats in order; phones read and await them, and a page streams them."""

from __future__ import annotations

import asyncio
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Literal

from bot.kit.json import Json

Kind = Literal[
    "message", "edit", "delete", "pressed", "answered", "action", "blocked", "unblocked", "shared", "put_away"
]


@dataclass(frozen=True, slots=True)
class Event:
    """Holds one event that a phone shows. `seq` grows by one over all chats; `at` is milliseconds UTC.

    `content` is JSON: `{"message": ...}` for message (with `reply_keyboard` where the bot changed it, and `invoice`,
    the number of the paid message, where it is a receipt) and edit, `{"message_id": ...}` for delete, and the press,
    answer or shared content for the others.
    """

    seq: int
    at: int
    chat_id: int
    kind: Kind
    content: Json

    def as_json(self) -> Json:
        """Returns the event as JSON."""
        return asdict(self)


class EventLog:
    """Holds all events, by chat; readers wait for those after the number that they have seen."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._all: list[Event] = []
        self._by_chat: dict[int, list[Event]] = defaultdict(list)
        self._waiting: dict[int | None, set[asyncio.Event]] = defaultdict(set)
        self._closed = False

    def add(self, chat_id: int, kind: Kind, content: Json) -> Event:
        """Records an event of a chat and wakes its waiting readers."""
        event = Event(len(self._all) + 1, self._now_ms(), chat_id, kind, content)
        self._all.append(event)
        self._by_chat[chat_id].append(event)
        for waiter in (*self._waiting[chat_id], *self._waiting[None]):
            waiter.set()
        return event

    def after(self, seq: int, chat_id: int | None = None) -> list[Event]:
        """Returns the events after number `seq`, of one chat or of all."""
        events = self._all if chat_id is None else self._by_chat[chat_id]
        return events[bisect_right(events, seq, key=lambda event: event.seq) :]

    async def wait(self, seq: int, chat_id: int | None, timeout: float) -> list[Event]:
        """Returns the events after `seq`, waiting up to `timeout` seconds for the first; empty without one."""
        found = self.after(seq, chat_id)
        if found or self._closed:
            return found
        waiter = asyncio.Event()
        self._waiting[chat_id].add(waiter)
        try:
            await asyncio.wait_for(waiter.wait(), timeout)
        except TimeoutError:
            return []
        finally:
            self._waiting[chat_id].discard(waiter)
        return self.after(seq, chat_id)

    @property
    def closed(self) -> bool:
        """Returns whether all waiting was ended."""
        return self._closed

    def close(self) -> None:
        """Ends all waiting at once."""
        self._closed = True
        for waiters in self._waiting.values():
            for waiter in waiters:
                waiter.set()
