"""Defines a clock that can be moved ahead, so that a month passes within seconds."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary


class ShiftableClock:
    """Adds manual shifts to the system's clock; a `bot.runtime.clock.Clock`.

    A shift wakes everyone who waits for a time. A task that was busy during the shift does not wait the next time, so
    that periodic work runs after each shift, however short its duration.
    """

    def __init__(self) -> None:
        self._ahead_ms = 0
        self._shifts = 0
        self._waiting: dict[asyncio.Timeout, int] = {}
        self._seen: WeakKeyDictionary[asyncio.Task[Any], int] = WeakKeyDictionary()

    def now(self) -> int:
        """Returns milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000 + self._ahead_ms

    def ticks(self) -> int:
        """Returns milliseconds of a clock that is only moved ahead."""
        return time.monotonic_ns() // 1_000_000 + self._ahead_ms

    def shift(self, ms: int) -> None:
        """Advances the clock by `ms` at once. Raises ValueError for a negative value."""
        if ms <= 0:
            raise ValueError("time goes forward only")
        self._ahead_ms += ms
        self._shifts += 1
        loop, ticks = asyncio.get_running_loop(), self.ticks()
        for patience, until in self._waiting.items():
            if not patience.expired():
                patience.reschedule(loop.time() + max(0, until - ticks) / 1000)

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Waits until the event is set, or `ms` milliseconds have passed on this clock (None: without a limit)."""
        task = asyncio.current_task()
        assert task is not None  # called from a task
        if ms is None:
            await event.wait()
        elif self._seen.get(task, self._shifts) == self._shifts:
            await self._wait(event, ms)
        self._seen[task] = self._shifts

    async def _wait(self, event: asyncio.Event, ms: int) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(ms / 1000) as patience:
                self._waiting[patience] = self.ticks() + ms
                try:
                    await event.wait()
                finally:
                    del self._waiting[patience]
