"""Work that begins again whenever it is woken, and after a pause by itself."""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from bot.runtime.clock import Clock
from bot.runtime.outage_log import OutageLog

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
    """Until cancelled, beginning at once.

    What fails is tried again. Errors that pass are logged once for each outage, and without a trace.
    """
    outage = OutageLog(_log, subject, level=logging.ERROR)
    while True:
        woken.clear()
        try:
            pause = await work()
            outage.ended()
        except passing as problem:
            outage.failed("must wait", problem)
            pause = retry_ms
        except Exception:  # noqa: BLE001  a mistake of ours here must not stop what else the process does
            _log.exception("%s went wrong and are tried again", subject)
            pause = retry_ms
        await clock.wait(woken, pause)
