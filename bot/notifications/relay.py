"""Tells people what stands in a table of the machine and has not been told yet: each thing once, and none is lost."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.kit.effects import Outgoing
from bot.runtime.clock import Clock
from bot.runtime.loop import in_rounds
from bot.store.outbox import Outbox, Priority
from engine.store.writer import Writer

PAGE_SIZE: Final = 100
LOOK_AGAIN_MS: Final = 60_000

Letters = Sequence[tuple[str, Sequence[Outgoing]]]
"""Messages by their cause."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PendingNotification:
    """Something to tell. `noted(connection, now)` writes down that it is told, in the messages' own transaction."""

    name: str
    render: Callable[[], Awaitable[Letters]]
    noted: Callable[[sqlite3.Connection, int], None]


class Source(Protocol):
    """The table."""

    async def untold(self, size: int) -> Sequence[PendingNotification]:
        """The oldest, at least `size` of them where there are so many."""


class OutboxRelay:
    """Moves news into the outbox. `wake` when there may be some; `written` is called when there is mail."""

    def __init__(
        self,
        source: Source,
        writer: Writer,
        outbox: Outbox,
        *,
        subject: str,
        clock: Clock,
        written: Callable[[], None],
    ) -> None:
        """`subject` is what the log calls all this."""
        self._source = source
        self._writer = writer
        self._outbox = outbox
        self._subject = subject
        self._clock = clock
        self._written = written
        self._stirred = asyncio.Event()

    def wake(self) -> None:
        """There may be something to tell."""
        self._stirred.set()

    async def run(self) -> None:
        """Until cancelled. Begins with what an earlier run left."""
        await in_rounds(self._tell, self._stirred, self._clock, subject=self._subject, retry_ms=LOOK_AGAIN_MS)

    async def _tell(self) -> int:
        while await self.step():
            pass
        return LOOK_AGAIN_MS

    async def step(self) -> bool:
        """A page of what is new; whether there may be more."""
        page = await self._source.untold(PAGE_SIZE)
        if page:
            ready = [(each, await self._rendered(each)) for each in page]
            await self._writer.run(lambda connection: self._write(connection, ready))
            self._written()
        return len(page) >= PAGE_SIZE

    async def _rendered(self, news: PendingNotification) -> Letters:
        try:
            return await news.render()
        except sqlite3.Error:  # the store is not at hand: it waits until it is
            raise
        except Exception:  # noqa: BLE001  one that cannot be put into words must not hold up those behind it
            _log.exception("%s cannot be put into words", news.name)
            return []

    def _write(self, connection: sqlite3.Connection, ready: list[tuple[PendingNotification, Letters]]) -> None:
        now = self._clock.now()
        for news, letters in ready:
            self._outbox.post(connection, letters, Priority.NOTICE, now)
            news.noted(connection, now)
