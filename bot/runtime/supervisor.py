"""Runs the tasks of a process side by side."""

import asyncio
from collections.abc import Awaitable


async def run_all(*jobs: Awaitable[None]) -> None:
    """Runs all until one fails or we are cancelled; then all are cancelled and awaited."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
