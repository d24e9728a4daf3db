"""Work that begins again whenever it is woken, and after a pause by itself."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from bot.clock import Clock

Work = Callable[[], Awaitable[int | None]]
"""Does what there is to do; how long to rest afterwards (ms), None: until it is woken."""

_log = logging.getLogger(__name__)


async def in_rounds(
    work: Work,
    woken: asyncio.Event,
    clock: Clock,
    *,
    subject: str,
    retry_ms: int,
    passing: tuple[type[Exception], ...] = (sqlite3.Error,),
) -> None:
    """Until cancelled, beginning at once. Errors that pass are logged as the `subject`'s, and it is tried again."""
    while True:
        woken.clear()
        try:
            pause = await work()
        except passing as problem:
            _log.error("%s must wait: %s", subject, problem)
            pause = retry_ms
        await clock.wait(woken, pause)
