"""Defines an accelerated clock, for tests of waits of seconds."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress


class QuickClock:
    """Runs `speed` of its milliseconds in each real one. `skip` advances it at once."""

    def __init__(self, speed: int = 50, *, start: int = 1_800_000_000_000) -> None:
        self._speed = speed
        self._born = time.monotonic_ns()
        self._start = start
        self._skipped = 0

    def skip(self, ms: int) -> None:
        self._skipped += ms

    def ticks(self) -> int:
        return (time.monotonic_ns() - self._born) * self._speed // 1_000_000 + self._skipped

    def now(self) -> int:
        return self._start + self.ticks()

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(None if ms is None else ms / 1000 / self._speed):
                await event.wait()
