"""Relays untold rows of a table to the outbox: each once, without loss."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.kit.effects import Outgoing
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.runtime.signals import Signal
from bot.store.outbox import Priority
from engine.store.driver import Connection, DriverError

PAGE_SIZE: Final = 100
LOOK_AGAIN_MS: Final = 60_000

Letters = Sequence[tuple[str, Sequence[Outgoing]]]
"""Messages by their cause."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PendingNotification:
    """Holds a notification to send. `noted(connection, now)` marks it as told, in the messages' own transaction."""

    name: str
    render: Callable[[], Awaitable[Letters]]
    noted: Callable[[Connection, int], None]


class Source(Protocol):
    """Reads the table's untold rows."""

    async def untold(self, size: int) -> Sequence[PendingNotification]:
        """Returns the oldest untold rows, at least `size` where there are that many."""


class OutboxRelay:
    """Moves pending notifications to the outbox."""

    def __init__(self, services: OutboxServices, source: Source, subject: str, *announced_by: Signal) -> None:
        """`subject` names the relay in the log; `announced_by` are the signals that there may be some."""
        self._source = source
        self._writer = services.writer
        self._outbox = services.outbox
        self._subject = subject
        self._clock = services.clock
        self._outbox_changed = services.signals.outbox_changed
        self._woken = asyncio.Event()
        for signal in announced_by:
            signal.subscribe(self._woken)

    async def run(self) -> None:
        """Runs until cancelled. Starts with those left by an earlier run."""
        await in_rounds(self._tell, self._woken, self._clock, subject=self._subject, retry_ms=LOOK_AGAIN_MS)

    async def _tell(self) -> int:
        while await self.step():
            pass
        return LOOK_AGAIN_MS

    async def step(self) -> bool:
        """Moves a page of pending notifications. Returns whether there may be more."""
        page = await self._source.untold(PAGE_SIZE)
        if page:
            ready = [(each, await self._rendered(each)) for each in page]
            await self._writer.run(lambda connection: self._write(connection, ready))
            self._outbox_changed.set()
        return len(page) >= PAGE_SIZE

    async def _rendered(self, news: PendingNotification) -> Letters:
        try:
            return await news.render()
        except DriverError:  # database unavailable: it waits
            raise
        except Exception:  # noqa: BLE001  one that fails to render must not delay later ones
            _log.exception("notification not rendered; skipped: %s", news.name)
            return []

    def _write(self, connection: Connection, ready: list[tuple[PendingNotification, Letters]]) -> None:
        now = self._clock.now()
        for news, letters in ready:
            self._outbox.post(connection, letters, Priority.NOTICE, now)
            news.noted(connection, now)
