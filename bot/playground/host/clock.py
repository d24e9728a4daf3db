"""A clock that can be moved ahead, so that a month passes while somebody watches."""

from __future__ import annotations

import asyncio
import time
from contextlib import suppress
from typing import Any
from weakref import WeakKeyDictionary


class ShiftableClock:
    """The computer's own clock and whatever was added to it by hand; a `bot.runtime.clock.Clock`.

    A shift wakes whoever waits for a moment. Whoever was busy meanwhile does not wait the next time, so that a job
    that looks round every half a minute does so after each shift, however short its timing was.
    """

    def __init__(self) -> None:
        self._ahead_ms = 0
        self._shifts = 0
        self._waiting: dict[asyncio.Timeout, int] = {}
        self._seen: WeakKeyDictionary[asyncio.Task[Any], int] = WeakKeyDictionary()

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000 + self._ahead_ms

    def ticks(self) -> int:
        """Milliseconds of a clock that is only ever moved ahead."""
        return time.monotonic_ns() // 1_000_000 + self._ahead_ms

    def shift(self, ms: int) -> None:
        """That many milliseconds pass at once. ValueError for going back."""
        if ms <= 0:
            raise ValueError("time goes forward only")
        self._ahead_ms += ms
        self._shifts += 1
        loop, ticks = asyncio.get_running_loop(), self.ticks()
        for patience, until in self._waiting.items():
            if not patience.expired():
                patience.reschedule(loop.time() + max(0, until - ticks) / 1000)

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Until the event is set, or `ms` milliseconds have passed on this clock (None: however long it takes)."""
        task = asyncio.current_task()
        assert task is not None  # it is awaited
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
