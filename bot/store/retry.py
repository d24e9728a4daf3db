"""Retries a few times while the store is busy."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final, TypeVar

from bot.runtime.clock import Clock

TRIES: Final = 5
PAUSE_MS: Final = 200
T = TypeVar("T")


async def patiently(step: Callable[[], Awaitable[T]], clock: Clock) -> T:
    """Returns the step's result. Raises sqlite3.OperationalError (locked, busy, a full disk) if it persists."""
    for _ in range(TRIES - 1):
        with suppress(sqlite3.OperationalError):
            return await step()
        await clock.wait(asyncio.Event(), PAUSE_MS)
    return await step()
