"""Tells the admins when the computer's clock is not believed, takes their word for it, and keeps the time."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Any, Final

from bot.runtime.loop import in_rounds
from bot.runtime.trusted_time import STEP_MAX_MS, ClockDoubt
from bot.store import load_queries
from bot.store.trusted_clock import TrustedClock
from engine.store.reader import Reader
from engine.store.writer import Writer

LOOK_MS: Final = 2_000
RETRY_MS: Final = 30_000
KEEP_MS: Final = 60_000
"""How often the moment is written down: after a start of the computer the clock is compared with it."""

Alarm = Callable[[ClockDoubt | None], Awaitable[None]]
"""Tells the admins of a doubt, or that there is none any more."""

_log = logging.getLogger(__name__)


class ClockWatch:
    """Looks every other second. The clock itself decides what is believed; this tells of it and keeps it."""

    def __init__(self, clock: TrustedClock, writer: Writer, reader: Reader, alarm: Alarm) -> None:
        self._clock = clock
        self._writer = writer
        self._reader = reader
        self._alarm = alarm
        self._queries: Any = load_queries("clock")
        self._doubted = False
        self._told = True
        self._kept_at: int | None = None

    async def run(self) -> None:
        """Until cancelled."""
        await in_rounds(self.look, asyncio.Event(), self._clock, subject="looks at the clock", retry_ms=RETRY_MS)

    async def look(self) -> int:
        """One look; returns how long to rest (ms). Raises sqlite3.Error."""
        await self._take_a_word()
        doubt = self._clock.doubt()
        if (doubt is not None) != self._doubted:
            self._doubted, self._told = doubt is not None, False
            _log_doubt(doubt)
        if not self._told:
            await self._alarm(doubt)
            self._told = True
        if self._kept_at is None or self._clock.ticks() - self._kept_at >= KEEP_MS:
            await self._keep()
        return LOOK_MS

    async def _take_a_word(self) -> None:
        """Accepts the clock where somebody has said so, and it still is the one that they saw."""
        row = await self._reader.fetch_one(self._queries.remembered.sql)
        if row is None or not row["accepted"]:
            return
        doubt = self._clock.doubt()
        if doubt is not None:
            if abs(doubt.wall - row["at"]) > STEP_MAX_MS:
                _log.error("the clock that was accepted has changed since: %s", doubt)
            else:
                self._clock.accept()
                _log.warning("the computer's clock was accepted")
        await self._keep()

    async def _keep(self) -> None:
        now = self._clock.remembered()

        def write(connection: sqlite3.Connection) -> None:
            self._queries.keep(connection, at=now.at, boot=now.boot, ticks=now.ticks)

        await self._writer.run(write)
        self._kept_at = now.ticks


def _log_doubt(doubt: ClockDoubt | None) -> None:
    if doubt is None:
        _log.warning("the computer's clock is believed again")
    else:
        _log.error("%s; until then the bot goes by its own time", doubt)
