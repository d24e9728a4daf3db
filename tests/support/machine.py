"""Opens the bot's tables on a real file, and drops them as a killed process does."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from typing import Any

from bot.broadcasts.recipients import BroadcastRecipients
from bot.broadcasts.repository import BroadcastStore
from bot.inbox.services import InboxServices
from bot.inbox.worker import Worker
from bot.kit.broadcasts import BroadcastContent
from bot.kit.effects import Outgoing
from bot.kit.languages import Language
from bot.outbox.sender import Sender
from bot.outbox.services import OutboxServices
from bot.runtime.clock import Clock
from bot.runtime.signals import Signals
from bot.store import MIGRATIONS
from bot.store.delivery_status import DeliveryStatusRepository
from bot.store.drafts import DraftRepository
from bot.store.inbox import Inbox
from bot.store.outbox import Outbox, Priority
from bot.store.profiles import Profiles, UserSeen
from bot.store.support import SupportMessages
from bot.store.update_results import UpdateResults
from engine.store import migrate
from engine.store.connection import connect
from engine.store.reader import Reader
from engine.store.writer import Writer
from new_stores import begin_machine
from signalled import Counted, for_outbox

ADMIN = 900


class Store:
    """Holds all tables of one file. `admins` contains the id 900."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self.writer = writer
        self.reader = reader
        self.inbox = Inbox(writer, reader)
        self.outbox = Outbox(writer, reader)
        self.support = SupportMessages(reader)
        self.people = Profiles(writer, reader, frozenset({ADMIN}))
        self.drafts = DraftRepository(reader)
        self.signals = Signals(outbox_changed=Counted())
        self.broadcasts = BroadcastStore(writer, reader, self.signals.broadcast_changed)
        self.delivery_statuses = DeliveryStatusRepository(reader)
        self.recipients = BroadcastRecipients(writer, reader, self.outbox, plainly)
        self.outcomes = UpdateResults(writer, self.inbox, self.outbox, self.support)

    def for_outbox(self, clock: Clock) -> OutboxServices:
        return for_outbox(self.people, self.outbox, self.writer, clock, self.signals)

    def for_inbox(self, clock: Clock, inbox: Inbox | None = None) -> InboxServices:
        """Returns the services of what takes updates in, with another `inbox` where a test has its own."""
        return InboxServices(inbox or self.inbox, clock, Random(1), self.signals)

    @classmethod
    async def open(cls, path: Path) -> Store:
        begin_machine(path)
        connection = connect(path)
        migrate.apply(connection, "machine", MIGRATIONS)
        connection.close()
        return cls(Writer(path), await Reader.open(path))

    async def close(self) -> None:
        self.writer.close()
        await self.reader.close()

    async def rows(self, sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.reader.fetch(sql)]

    async def enqueue(self, cause: str, *messages: Outgoing, notice: bool = False, now: int = 0) -> None:
        priority = Priority.NOTICE if notice else Priority.ANSWER
        await self.writer.run(lambda connection: self.outbox.enqueue(connection, cause, messages, priority, now))

    async def know(self, telegram_id: int, name: str, *, username: str | None = None, now: int = 0) -> str:
        """Writes a profile; returns the person's id, which is P and the Telegram id."""
        arrival = UserSeen(telegram_id, name, username, "en", seq=0)
        await self.people.arrive(f"P{telegram_id}", arrival, now)
        return f"P{telegram_id}"


def plainly(content: BroadcastContent, language: Language) -> Outgoing:
    """Renders a broadcast's message as its text alone."""
    return Outgoing(0, "sendMessage", {"text": content.text_for(language)[1]})


def text_to(chat_id: int, text: str) -> Outgoing:
    return Outgoing(chat_id, "sendMessage", {"text": text})


async def until(condition: Callable[[], Awaitable[object]], seconds: float = 5) -> None:
    """Waits until the condition holds; raises AssertionError after `seconds`."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds
    while not await condition():
        assert loop.time() < end, f"did not come true within {seconds} s"
        await asyncio.sleep(0.005)


async def stopped(task: asyncio.Task[None]) -> None:
    """Ends the task as a graceful stop does."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def killed(task: asyncio.Task[None], running: Sender | Worker) -> None:
    """Ends the task and all its work in progress without any further write."""
    for each in (task, *running._tasks):
        each.cancel()
    await asyncio.gather(task, *running._tasks, return_exceptions=True)
