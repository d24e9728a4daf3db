"""Runs the tasks of a process side by side."""

import asyncio
import logging
from collections.abc import Awaitable

_log = logging.getLogger(__name__)


async def run_all(*jobs: Awaitable[None]) -> None:
    """Runs all until one fails or we are cancelled; then all are cancelled and awaited.

    Raises what the first one raised, as itself and not in a group; failures of others meanwhile are logged.
    """
    try:
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                group.create_task(_awaited(job))
    except BaseExceptionGroup as failures:
        first, *others = failures.exceptions
        for other in others:
            _log.error("a task failed while the others were ended", exc_info=other)
        raise first from None


async def _awaited(job: Awaitable[None]) -> None:
    await job
