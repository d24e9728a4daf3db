"""Alerts the admins when the system clock is distrusted, accepts it on an admin's word, and stores the trusted time."""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.runtime.ticker import Recurring
from bot.runtime.trusted_time import STEP_MAX_MS, ClockDoubt
from bot.store import load_queries
from bot.store.trusted_clock import TrustedClock
from engine.store.driver import Connection
from engine.store.reader import Reader
from engine.store.writer import Writer

LOOK_MS: Final = 2_000
RETRY_MS: Final = 30_000
KEEP_MS: Final = 60_000
"""Interval at which the trusted time is stored; after a restart of the computer the clock is compared with it."""

Alarm = Callable[[ClockDoubt | None], Awaitable[None]]
"""Alerts the admins of a doubt, or of its end."""

_log = logging.getLogger(__name__)


class ClockWatch:
    """Checks the clock every two seconds. TrustedClock decides what is trusted; this alerts and stores it."""

    def __init__(self, clock: TrustedClock, writer: Writer, reader: Reader, alarm: Alarm) -> None:
        self._clock = clock
        self._writer = writer
        self._reader = reader
        self._alarm = alarm
        self._queries = load_queries("clock")
        self._doubted = False
        self._told = True
        self._kept_at: int | None = None

    def recurring(self) -> Recurring:
        """Returns the check as recurring work."""
        return Recurring("clock watch", LOOK_MS, self.look, retry_ms=RETRY_MS)

    async def look(self) -> int:
        """Checks the clock once. Returns the pause until the next check (ms). Raises DriverError."""
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
        """Accepts the clock where an admin accepted it and its time still agrees with what they saw."""
        row = await self._reader.fetch_one(self._queries.remembered.sql)
        if row is None or not row["accepted"]:
            return
        doubt = self._clock.doubt()
        if doubt is not None:
            if abs(doubt.wall - row["at"]) > STEP_MAX_MS:
                _log.error("system clock not accepted: it changed since: %s", doubt)
            else:
                self._clock.accept()
                _log.warning("system clock accepted")
        await self._keep()

    async def _keep(self) -> None:
        now = self._clock.remembered()

        def write(connection: Connection) -> None:
            self._queries.keep(connection, at=now.at, boot=now.boot, ticks=now.ticks)

        await self._writer.run(write)
        self._kept_at = now.ticks


def _log_doubt(doubt: ClockDoubt | None) -> None:
    if doubt is None:
        _log.warning("system clock trusted again")
    else:
        _log.error("%s; until then the bot uses its own time", doubt)
