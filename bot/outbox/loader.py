"""From the store into the sender's queue, page by page: each kind of letter has room of its own there, and each chat.

Neither ten thousand digests nor the thousand answers to one chat keep out the answer to somebody who has just asked.
"""

import asyncio
import logging
import sqlite3
from typing import Final, Protocol

from bot.outbox.send_queue import Key, Queue, key_of
from bot.runtime.clock import Clock
from bot.runtime.fair_share import FairShare
from bot.store.outbox import Outbox, OutboxMessage, Priority
from bot.store.retry import PAUSE_MS

PAGE_SIZE: Final = 500
ROOM: Final = {Priority.ANSWER: 20 * PAGE_SIZE, Priority.NOTICE: 2 * PAGE_SIZE}
ROOM_EACH: Final = 4
"""How many letters of a kind to one chat are in memory."""
BROADCASTS_ROOM: Final = 200

_log = logging.getLogger(__name__)


class BroadcastPages(Protocol):
    """Where the letters of broadcasts are read."""

    async def waiting(self, size: int) -> list[OutboxMessage]:
        """The first of each broadcast that runs."""


class OutboxLoader:
    """Reads what is announced, as far as there is room."""

    def __init__(self, queue: Queue, outbox: Outbox, broadcasts: BroadcastPages | None, clock: Clock) -> None:
        self._queue = queue
        self._outbox = outbox
        self._broadcasts = broadcasts
        self._clock = clock
        self._shares = {priority: self._new_share(priority) for priority in ROOM}
        self._more: set[Priority] = set()
        self._returned: set[int] = set()
        self._settled: set[Key] = set()
        self._outdated: set[int] = set()  # a newer one has taken their place

    def announce(self) -> None:
        """There may be something new to read."""
        self._more.update(Priority)

    def release(self, chat_id: int) -> None:
        """What was held for this chat waits again."""
        self._returned.add(chat_id)
        self._more.update(self._shares)

    def settled(self, letter: OutboxMessage) -> None:
        """Its fate has been written down: a page that is being read now may still hold it."""
        self._settled.add(key_of(letter))

    def _new_share(self, priority: Priority) -> FairShare[int]:
        return FairShare(ROOM_EACH, lambda chat_id: self._queue.count_in(chat_id, priority))

    async def load(self) -> None:
        """All that is wanted now. Where the store cannot be read, a little later."""
        try:
            while self._returned:
                chat_id = self._returned.pop()
                for share in self._shares.values():
                    share.leave(chat_id)
            for priority in self._shares:
                await self._load_what_was_left(priority)
            while (wanted := self._wanted()) is not None:
                self._more.discard(wanted)  # before the reading: who is enqueued during it announces it once more
                self._settled.clear()
                if await (self._load_broadcasts() if wanted is Priority.BROADCAST else self._load_page(wanted)):
                    self._more.add(wanted)
            await self._discard_outdated()
        except sqlite3.Error as problem:
            _log.error("the outbox cannot be read: %s", problem)
            await self._clock.wait(asyncio.Event(), PAUSE_MS)
            self.announce()

    def _wanted(self) -> Priority | None:
        """The most urgent kind that there is more of, and room for."""
        return next((each for each in Priority if each in self._more and self._has_room(each)), None)

    def _has_room(self, priority: Priority) -> bool:
        if priority is Priority.BROADCAST:
            return self._queue.count(priority) < BROADCASTS_ROOM // 2
        return self._queue.count(priority) < ROOM[priority]

    async def _load_page(self, priority: Priority) -> bool:
        """Whether there may be more."""
        share = self._shares[priority]
        page = await self._outbox.waiting(priority, share.passed, PAGE_SIZE)
        for letter in page:
            if share.admits(letter.outgoing.chat_id, letter.id):
                self._add([letter])
        return len(page) == PAGE_SIZE

    async def _load_what_was_left(self, priority: Priority) -> None:
        """For chats that have room again."""
        share = self._shares[priority]
        for chat_id, after, size in share.wanted():
            self._settled.clear()
            page = await self._outbox.waiting_in_chat(chat_id, priority, after, share.passed, size)
            self._add(page)
            share.loaded(chat_id, [letter.id for letter in page], size)

    async def _load_broadcasts(self) -> bool:
        """Always the first of those that wait, for what is paused and resumed is among them again."""
        if self._broadcasts is None:
            return False
        before = self._queue.count(Priority.BROADCAST)
        page = await self._broadcasts.waiting(BROADCASTS_ROOM)
        self._add(page)
        return len(page) >= BROADCASTS_ROOM and self._queue.count(Priority.BROADCAST) > before

    def _add(self, letters: list[OutboxMessage]) -> None:
        """Without those whose fate was written down while they were being read."""
        for letter in letters:
            if key_of(letter) not in self._settled:
                older = self._queue.add(letter, self._clock.ticks())
                if older is not None:
                    self._outdated.add(older.id)

    async def _discard_outdated(self) -> None:
        outdated = frozenset(self._outdated)
        if outdated:
            await self._outbox.discard(outdated)
            self._outdated -= outdated
