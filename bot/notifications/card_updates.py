"""Edits the cards of withdrawals in admins' chats when they are outdated.

The outdated ones are read from the tables each time, so that a kill loses no edit: a card is outdated until an edit was
sent, and a card delivered late is outdated on arrival.
"""

import asyncio
from typing import Final

from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.outbox import Priority
from bot.store.request_cards import RequestCards
from engine.store.driver import Connection

CURSOR: Final = "request-cards"
"""1 once the cards of an earlier version have been migrated."""
PAGE_SIZE: Final = 100
SETTLE_MS: Final = 500
"""Delay that lets the answer to the deciding admin go first: it often edits one of these messages itself. Changes that
come meanwhile need no look of their own.
"""
LOOK_AGAIN_MS: Final = 2_000
"""Polling interval: a sent card is not announced, so one that was outdated on arrival is edited this late, and further
cards of a chat that has had its share are, too.
"""


class CardUpdates:
    """Edits outdated cards. `books_changed` is set when there may be some."""

    def __init__(self, services: OutboxServices, cards: RequestCards, *, books_changed: asyncio.Event) -> None:
        self._books_changed = books_changed
        self._cards = cards
        self._outbox = services.outbox
        self._writer = services.writer
        self._clock = services.clock
        self._is_adopted = False
        self._outbox_changed = services.signals.outbox_changed

    async def run(self) -> None:
        """Runs until cancelled. Starts with the cards left by an earlier run."""
        await in_rounds(
            self._update, self._books_changed, self._clock, subject="withdrawal cards", retry_ms=LOOK_AGAIN_MS
        )

    async def _update(self) -> int:
        if not self._is_adopted and not await self._outbox.cursor(CURSOR):
            await self._writer.run(self._adopt)
        self._is_adopted = True
        await self._clock.wait(asyncio.Event(), SETTLE_MS)
        while await self.step():
            pass
        return LOOK_AGAIN_MS

    def _adopt(self, connection: Connection) -> None:
        self._cards.adopt(connection)
        self._outbox.move_cursor(connection, CURSOR, 1)

    async def step(self) -> bool:
        """Queues edits for a page of cards. Returns whether there may be more."""
        if not await self._cards.any_stale():
            return False

        def write(connection: Connection) -> int:
            edits = self._cards.edits_of_stale(connection, PAGE_SIZE)
            # Queued as answers, which keep their order in a chat, so that a page that replaces a card later stays.
            self._outbox.post(connection, edits, Priority.ANSWER, self._clock.now())
            return len(edits)

        count = await self._writer.run(write)
        self._outbox_changed.set()
        return count == PAGE_SIZE
