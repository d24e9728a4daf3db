"""Provides the bot's clock: the computer's while it is plausible, else the last right time plus elapsed ticks."""

import asyncio
import logging
import sqlite3
from typing import Final

from bot.runtime.clock import Clock, SystemClock
from bot.runtime.trusted_time import STEP_MAX_MS, Anchor, ClockDoubt, Evidence, Remembered, first_anchor
from bot.store import Queries, load_queries
from engine.errors import MoarefError

MOMENT_MAX: Final = 253_402_300_799_999
"""The end of the year 9999; a later time is damaged."""

_log = logging.getLogger(__name__)


class ClockRefused(MoarefError):
    """Raised when the computer's clock is far ahead of all known times, and no operator has confirmed it."""


class TrustedClock:
    """Wraps another `Clock`. Thread-safe."""

    def __init__(self, clock: Clock, anchor: Anchor) -> None:
        self._clock = clock
        self._anchor = anchor

    def now(self) -> int:
        """Returns milliseconds since 1970, UTC: the computer's, or what they should be by now."""
        wall, ticks, anchor = self._clock.now(), self._clock.ticks(), self._anchor
        if not anchor.agrees(wall, ticks):
            return anchor.expected(ticks)
        if anchor.is_due(ticks):
            self._anchor = Anchor(wall, ticks)
        return wall

    def ticks(self) -> int:
        """Returns milliseconds of a clock that nobody sets."""
        return self._clock.ticks()

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Waits until the event is set, or `ms` milliseconds have passed (None: without limit)."""
        await self._clock.wait(event, ms)

    def doubt(self) -> ClockDoubt | None:
        """Returns what is wrong with the computer's clock now; None where it is believed."""
        trusted, wall = self.now(), self._clock.now()
        return None if self._anchor.agrees(wall, self._clock.ticks()) else ClockDoubt(wall, trusted)

    def accept(self) -> None:
        """Takes the computer's clock for right: somebody has said so."""
        self._anchor = Anchor(self._clock.now(), self._clock.ticks())

    def remembered(self) -> Remembered:
        """Returns what a store is to keep of this moment."""
        return Remembered(self.now(), boot_of(self._clock), self._clock.ticks())


def trusted_clock_on(connection: sqlite3.Connection, clock: Clock) -> TrustedClock:
    """Returns the clock with what a store knows of time. A store without the machine's tables knows the journal."""
    wall, ticks = clock.now(), clock.ticks()
    return TrustedClock(clock, first_anchor(evidence_in(connection, wall), boot_of(clock), wall, ticks))


def evidence_in(connection: sqlite3.Connection, wall: int) -> Evidence:
    """Reads what a store knows of time; what is ahead of `wall` (ms, UTC) beside the journal counts for nothing."""
    queries = load_queries("clock")
    tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    kept = _kept(connection, queries) if "clock" in tables else None
    seen = queries.seen_at(connection, limit=wall + STEP_MAX_MS)["at"] if {"inbox", "runs"} <= tables else None
    journal = queries.journal_at(connection)["at"] if "journal" in tables else None
    return Evidence(kept, journal if journal is not None and journal <= MOMENT_MAX else None, seen)


def _kept(connection: sqlite3.Connection, queries: Queries) -> Remembered | None:
    """Returns the stored moment; None for an unreadable or invalid one, which the clock's watch then writes again."""
    try:
        row = queries.remembered(connection)
    except sqlite3.OperationalError as problem:
        _log.error("the moment that was written down last cannot be read: %s", problem)
        return None
    if row is None or not 0 <= row["at"] <= MOMENT_MAX or not 0 <= row["ticks"] <= MOMENT_MAX:
        return None
    return Remembered(row["at"], row["boot"], row["ticks"])


def boot_of(clock: Clock) -> str | None:
    """Returns a name of the computer's last start, to which the clock's ticks belong; None where nobody knows it."""
    return clock.boot() if isinstance(clock, SystemClock) else None
