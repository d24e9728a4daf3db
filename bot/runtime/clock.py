"""Defines the process's clock: wall time for stored times, a monotonic clock for waits."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_TICKING: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""The clock that also counts the computer's sleep, where the system has one."""


class Clock(Protocol):
    """Tells the time. It is injected everywhere, so that tests control time."""

    def now(self) -> int:
        """Returns milliseconds since 1970, UTC."""

    def ticks(self) -> int:
        """Returns milliseconds of a monotonic clock; only differences are meaningful."""

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Waits until the event is set, or `ms` milliseconds have passed (None: without a limit)."""


class SystemClock:
    """Reads the system's clocks."""

    def now(self) -> int:
        """Returns milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def ticks(self) -> int:
        """Returns milliseconds since some moment before the process started, including the computer's sleep."""
        return time.clock_gettime_ns(_TICKING) // 1_000_000

    def boot(self) -> str | None:
        """Returns the id of the computer's boot, since which the ticks count; None where the system has none."""
        try:
            return _BOOT.read_text(encoding="ascii").strip() or None
        except OSError:
            return None

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Waits until the event is set, or `ms` milliseconds have passed (None: without a limit)."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None if ms is None else ms / 1000):
                await event.wait()
