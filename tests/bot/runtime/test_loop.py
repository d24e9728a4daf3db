"""Work in rounds goes on whatever happens in one of them."""

import asyncio
import logging
import sqlite3

import pytest

from bot.runtime.loop import in_rounds
from quick_clock import QuickClock


async def rounds_of(*results: int | Exception | None, woken: asyncio.Event | None = None) -> int:
    """How many rounds there were; the last one waits until it is cancelled."""
    done = 0

    async def work() -> int | None:
        nonlocal done
        if done == len(results):
            await asyncio.Event().wait()
        done += 1
        result = results[done - 1]
        if isinstance(result, Exception):
            raise result
        return result

    never = asyncio.Event()
    running = asyncio.ensure_future(
        in_rounds(work, woken or never, QuickClock(speed=1000), subject="rounds", retry_ms=100)
    )
    await asyncio.sleep(0.05)
    if woken is not None:
        woken.set()
    await asyncio.sleep(0.05)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    return done


async def test_it_rests_as_long_as_the_work_says(caplog: pytest.LogCaptureFixture) -> None:
    assert await rounds_of(10, 10, 10) == 3
    assert await rounds_of(10, None, 10) == 2, "the second one sleeps until it is woken"
    assert not caplog.records


async def test_it_is_woken(caplog: pytest.LogCaptureFixture) -> None:
    assert await rounds_of(None, None, None, woken=asyncio.Event()) == 2
    assert not caplog.records


async def test_errors_that_pass_and_mistakes_of_ours_end_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assert await rounds_of(sqlite3.OperationalError("locked"), KeyError("a mistake"), 10) == 3
    waits, mistake = caplog.records
    assert waits.exc_info is None
    assert mistake.exc_info is not None
