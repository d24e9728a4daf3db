"""Groups jobs that wait together for a busy writer."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from typing import Any

from engine.store.writer import Writer

A_MOMENT_SECONDS = 0.05


async def brought_together(writer: Writer, *jobs: Coroutine[Any, Any, Any]) -> list[Any]:
    """Returns the results of the jobs, or their exceptions, when they are committed together."""
    free = threading.Event()
    busy = asyncio.ensure_future(writer.run(lambda _: free.wait(5)))
    await asyncio.sleep(A_MOMENT_SECONDS)
    running = [asyncio.ensure_future(job) for job in jobs]
    await asyncio.sleep(A_MOMENT_SECONDS)
    free.set()
    await busy
    return await asyncio.gather(*running, return_exceptions=True)
