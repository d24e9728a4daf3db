"""Where letters are kept and their fates written: the outbox, and the recipients of broadcasts."""

from collections.abc import Sequence
from typing import Protocol

from bot.store.outbox import OutboxMessage


class MessageRepository(Protocol):
    """All of it is durable when it returns. `now` is ms, UTC; sqlite3.Error where the store is not at hand."""

    async def recover(self, now: int) -> None:
        """Deals with what an earlier run had on its way when it was killed. Before anything is read."""

    async def claim(self, letters: Sequence[OutboxMessage], now: int) -> frozenset[int]:
        """Before their calls leave, in one commit. The ids of those that may go; the others are no longer wanted."""

    async def put_back(self, letter: OutboxMessage) -> None:
        """Its call is sure to have had no effect: it waits as before."""

    async def mark_unconfirmed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> bool:
        """Its call may have had its effect; whether it goes again."""

    async def mark_sent(self, letter: OutboxMessage, message_id: int | None, tries: int, now: int) -> None:
        """The platform has it."""

    async def mark_failed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> None:
        """It will not be sent."""

    async def hold_chat(self, letter: OutboxMessage, asked_at: int, now: int) -> bool:
        """The chat refused it. False where the person has come back since it was sent off, at `asked_at`."""
