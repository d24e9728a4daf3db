"""Runs work repeatedly: on every wake-up, and after a pause."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from bot.runtime.clock import Clock
from bot.runtime.outage_log import OutageLog
from engine.store.driver import DriverError

Work = Callable[[], Awaitable[int | None]]
"""Does the pending work and returns the pause afterwards (ms), None to wait for a wake-up."""

_log = logging.getLogger(__name__)


async def in_rounds(
    work: Work,
    woken: asyncio.Event,
    clock: Clock,
    *,
    subject: str,
    retry_ms: int,
    passing: tuple[type[Exception], ...] = (DriverError,),
) -> None:
    """Runs `work` until cancelled, starting at once.

    Retries on failure; transient errors (`passing`) are logged once for each outage, without a traceback.
    """
    outage = OutageLog(_log, subject, level=logging.ERROR)
    while True:
        woken.clear()
        try:
            pause = await work()
            outage.ended()
        except passing as problem:
            outage.failed("failed; retrying", problem)
            pause = retry_ms
        except Exception:  # noqa: BLE001  a mistake of ours here must not stop what else the process does
            _log.exception("%s failed; retrying", subject)
            pause = retry_ms
        await clock.wait(woken, pause)
