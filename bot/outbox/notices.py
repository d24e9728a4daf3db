"""Turns what the engine noticed into messages: who is told, in which words, once.

Some notices' messages and the cursor behind them are one transaction, so that a kill neither loses nor repeats one.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from random import Random
from typing import Final, Protocol

from bot.clock import Clock
from bot.kit.effects import Outgoing
from bot.kit.person import People, Person
from bot.references import error_reference, notice_reference
from bot.store.outbox import Outbox, Priority
from engine.store.writer import Writer
from engine.views import NoticeRow

CURSOR: Final = "notices"
PAGE_SIZE: Final = 100
FALLBACK_MS: Final = 15_000
"""Another process on the same store cannot set our event; this is how late its notices may be."""

Render = Callable[[NoticeRow, Person], Awaitable[Sequence[Outgoing]]]
"""A notice's messages to one person; none for a kind that they are not told. Whatever it raises is logged
and skips them."""

_log = logging.getLogger(__name__)


class Notices(Protocol):
    """The engine's side."""

    @property
    def noticed(self) -> asyncio.Event:
        """Set when there may be new ones."""

    async def notices(self, after: int, count: int) -> list[NoticeRow]:
        """Those numbered above `after`, in their order."""


class NoticePump:
    """Moves notices from the engine's books into the outbox."""

    def __init__(
        self,
        engine: Notices,
        people: People,
        outbox: Outbox,
        writer: Writer,
        render: Render,
        *,
        clock: Clock,
        random: Random,
        written: Callable[[], None],
    ) -> None:
        """`written` is called after each commit of messages."""
        self._engine = engine
        self._people = people
        self._outbox = outbox
        self._writer = writer
        self._render = render
        self._clock = clock
        self._random = random
        self._written = written

    async def run(self) -> None:
        """Until cancelled. Begins with what an earlier run left."""
        while True:
            self._engine.noticed.clear()
            try:
                while await self.step():
                    pass
            except sqlite3.Error as problem:
                _log.error("notices wait, for the store is not at hand: %s", problem)
            await self._clock.wait(self._engine.noticed, FALLBACK_MS)

    async def step(self) -> bool:
        """The next notices in the outbox; whether there may be more."""
        after = await self._outbox.cursor(CURSOR)
        notices = await self._engine.notices(after, PAGE_SIZE)
        if not notices:
            return False
        letters = [letter for notice in notices for letter in await self._letters(notice)]
        await self._writer.run(lambda connection: self._write(connection, letters, notices[-1].number))
        self._written()
        return len(notices) == PAGE_SIZE

    def _write(self, connection: sqlite3.Connection, letters: list[tuple[str, list[Outgoing]]], number: int) -> None:
        now = self._clock.now()
        for cause, messages in letters:
            self._outbox.enqueue(connection, cause, messages, Priority.NOTICE, now)
        self._outbox.move_cursor(connection, CURSOR, number)

    async def _letters(self, notice: NoticeRow) -> list[tuple[str, list[Outgoing]]]:
        """The notice's messages by their cause, which names the notice and the person."""
        if notice.person is None:
            recipients = await self._people.admins()
        else:
            person = await self._people.get(notice.person)
            recipients = [] if person is None else [person]  # somebody whom only a shop knows has no chat
        return [(f"notice:{notice.number}/{each.id}", await self._messages(notice, each)) for each in recipients]

    async def _messages(self, notice: NoticeRow, person: Person) -> list[Outgoing]:
        reference = notice_reference(notice.number)
        try:
            rendered = await self._render(notice, person)
        except sqlite3.Error:  # the store is not at hand: they all wait until it is
            raise
        except Exception:  # noqa: BLE001  one that cannot be put into words must not hold up those behind it
            _log.exception("notice %d (%s) is not told, %s", notice.number, notice.kind, error_reference(self._random))
            return []
        return [each if each.reference else replace(each, reference=reference) for each in rendered]
