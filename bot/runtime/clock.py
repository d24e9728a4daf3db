"""The machine's clock: the time of day for what is stored, a steady clock for what is waited for."""

import asyncio
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

_BOOT: Final = Path("/proc/sys/kernel/random/boot_id")
_TICKING: Final = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Counts the time that the computer sleeps, where the system has such a clock."""


class Clock(Protocol):
    """Handed in everywhere, so that a test can hold time in its hand."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""

    def ticks(self) -> int:
        """Milliseconds of a clock that nobody sets; only differences mean something."""

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Until the event is set, or `ms` milliseconds have passed (None: however long it takes)."""


class SystemClock:
    """The computer's own."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        return time.time_ns() // 1_000_000

    def ticks(self) -> int:
        """Milliseconds since some moment before the process began, the computer's sleep among them."""
        return time.clock_gettime_ns(_TICKING) // 1_000_000

    def boot(self) -> str | None:
        """Returns the name of the computer's last start, since which it ticks; None where it has none."""
        try:
            return _BOOT.read_text(encoding="ascii").strip() or None
        except OSError:
            return None

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:
        """Until the event is set, or `ms` milliseconds have passed (None: however long it takes)."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None if ms is None else ms / 1000):
                await event.wait()
