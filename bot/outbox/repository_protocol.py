"""Defines the store of messages and their delivery status: the outbox, and the recipients of broadcasts."""

from collections.abc import Sequence
from typing import Protocol

from bot.store.outbox import OutboxMessage


class MessageRepository(Protocol):
    """Stores messages durably: every change is committed on return. `now` is ms, UTC. Raises sqlite3.Error."""

    async def recover(self, now: int) -> None:
        """Resolves messages that an earlier run had in flight when it was killed. Call it before reading."""

    async def claim(self, letters: Sequence[OutboxMessage], now: int) -> frozenset[int]:
        """Claims messages in one commit before they are sent. Returns the ids to send; the others are cancelled."""

    async def put_back(self, letter: OutboxMessage) -> None:
        """Returns a message to the queue after a call that certainly had no effect."""

    async def mark_unconfirmed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> bool:
        """Records an unconfirmed delivery. Returns whether the message is sent again."""

    async def mark_sent(self, letter: OutboxMessage, message_id: int | None, tries: int, now: int) -> None:
        """Records that Telegram has the message."""

    async def mark_failed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> None:
        """Records that the message will not be sent."""

    async def hold_chat(self, letter: OutboxMessage, asked_at: int, now: int) -> bool:
        """Records that the chat blocked the bot.

        Returns False where the person returned after the call of `asked_at`.
        """
