"""Loads messages from the store into the send queue, page by page, with separate room for each kind and chat.

Neither ten thousand digests nor a thousand answers to one chat delay the answer to another person.
"""

import asyncio
import logging
from typing import Final, Protocol

from bot.outbox.send_queue import Key, Queue, key_of
from bot.runtime.clock import Clock
from bot.runtime.fair_share import FairShare
from bot.store.outbox import Outbox, OutboxMessage, Priority
from bot.store.retry import PAUSE_MS
from engine.store.driver import DriverError

PAGE_SIZE: Final = 500
ROOM: Final = {Priority.ANSWER: 20 * PAGE_SIZE, Priority.NOTICE: 2 * PAGE_SIZE}
ROOM_EACH: Final = 4
"""Maximum number of messages of a kind to one chat in memory."""
BROADCASTS_ROOM: Final = 200

_log = logging.getLogger(__name__)


class BroadcastPages(Protocol):
    """Reads the waiting messages of broadcasts."""

    async def waiting(self, size: int) -> list[OutboxMessage]:
        """Returns the first waiting messages of each running broadcast."""


class OutboxLoader:
    """Loads announced messages as room allows."""

    def __init__(self, queue: Queue, outbox: Outbox, broadcasts: BroadcastPages | None, clock: Clock) -> None:
        self._queue = queue
        self._outbox = outbox
        self._broadcasts = broadcasts
        self._clock = clock
        self._shares = {priority: self._new_share(priority) for priority in ROOM}
        self._more: set[Priority] = set()
        self._returned: set[int] = set()
        self._settled: set[Key] = set()
        self._outdated: set[int] = set()  # superseded by a newer message

    def announce(self, *kinds: Priority) -> None:
        """Announces that there may be new messages of these kinds to load."""
        self._more.update(kinds)

    def release(self, chat_id: int) -> None:
        """Re-queues the messages that were held for this chat."""
        self._returned.add(chat_id)
        self._more.update(self._shares)

    def settled(self, letter: OutboxMessage) -> None:
        """Notes that the message's status is final: a page being read may still contain it."""
        self._settled.add(key_of(letter))

    def _new_share(self, priority: Priority) -> FairShare[int]:
        return FairShare(ROOM_EACH, lambda chat_id: self._queue.count_in(chat_id, priority))

    async def load(self) -> None:
        """Loads all messages that have room. Where the store cannot be read, retries later."""
        try:
            while self._returned:
                chat_id = self._returned.pop()
                for share in self._shares.values():
                    share.leave(chat_id)
            for priority in self._shares:
                await self._load_what_was_left(priority)
            while (wanted := self._wanted()) is not None:
                self._more.discard(wanted)  # before reading: a message added meanwhile announces itself again
                self._settled.clear()
                if await (self._load_broadcasts() if wanted is Priority.BROADCAST else self._load_page(wanted)):
                    self._more.add(wanted)
            await self._discard_outdated()
        except DriverError as problem:
            _log.error("outbox unreadable; retrying: %s", problem)
            await self._clock.wait(asyncio.Event(), PAUSE_MS)
            self.announce(*Priority)

    def _wanted(self) -> Priority | None:
        """Returns the most urgent kind with more messages and room, None where there is none."""
        return next((each for each in Priority if each in self._more and self._has_room(each)), None)

    def _has_room(self, priority: Priority) -> bool:
        if priority is Priority.BROADCAST:
            return self._queue.count(priority) < BROADCASTS_ROOM // 2
        return self._queue.count(priority) < ROOM[priority]

    async def _load_page(self, priority: Priority) -> bool:
        """Loads a page. Returns whether there may be more."""
        share = self._shares[priority]
        page = await self._outbox.waiting(priority, share.passed, PAGE_SIZE)
        for letter in page:
            if share.admits(letter.outgoing.chat_id, letter.id):
                self._add([letter])
        return len(page) == PAGE_SIZE

    async def _load_what_was_left(self, priority: Priority) -> None:
        """Loads messages left in the store for chats that have room again."""
        share = self._shares[priority]
        for chat_id, after, size in share.wanted():
            self._settled.clear()
            page = await self._outbox.waiting_in_chat(chat_id, priority, after, share.passed, size)
            self._add(page)
            share.loaded(chat_id, [letter.id for letter in page], size)

    async def _load_broadcasts(self) -> bool:
        """Loads the first waiting ones every time, because resumed broadcasts return to the front.

        Returns whether there are more.
        """
        if self._broadcasts is None:
            return False
        before = self._queue.count(Priority.BROADCAST)
        page = await self._broadcasts.waiting(BROADCASTS_ROOM)
        self._add(page)
        return len(page) >= BROADCASTS_ROOM and self._queue.count(Priority.BROADCAST) > before

    def _add(self, letters: list[OutboxMessage]) -> None:
        """Queues the messages, without those whose status became final while they were read."""
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
