"""A clock that is moved: who is woken, and who is not."""

from __future__ import annotations

import asyncio

import pytest

from bot.playground.host import ShiftableClock

DAY_MS = 86_400_000


async def test_a_shift_moves_the_time_and_nothing_moves_it_back() -> None:
    clock = ShiftableClock()
    before, ticks = clock.now(), clock.ticks()
    clock.shift(DAY_MS)
    assert clock.now() - before >= DAY_MS
    assert clock.ticks() - ticks >= DAY_MS
    with pytest.raises(ValueError, match="forward"):
        clock.shift(-1)


async def test_whoever_waits_for_less_is_woken_and_whoever_waits_for_more_waits_for_the_rest() -> None:
    clock = ShiftableClock()
    short = asyncio.create_task(clock.wait(asyncio.Event(), DAY_MS))
    long = asyncio.create_task(clock.wait(asyncio.Event(), 2 * DAY_MS + 50))
    await asyncio.sleep(0)
    clock.shift(DAY_MS)
    await asyncio.wait_for(short, 1)
    clock.shift(DAY_MS)
    assert not long.done()
    await asyncio.wait_for(long, 1)


async def test_an_event_wakes_as_ever_and_a_wait_without_end_is_not_shortened() -> None:
    clock, event = ShiftableClock(), asyncio.Event()
    waiting = asyncio.create_task(clock.wait(event, None))
    await asyncio.sleep(0)
    clock.shift(DAY_MS)
    await asyncio.sleep(0.01)
    assert not waiting.done()
    event.set()
    await asyncio.wait_for(waiting, 1)
    await asyncio.wait_for(clock.wait(event, DAY_MS), 1)


async def test_whoever_was_busy_during_a_shift_looks_round_once_more() -> None:
    clock, rounds = ShiftableClock(), 0
    busy = asyncio.Event()

    async def beat() -> None:
        nonlocal rounds
        while True:
            rounds += 1
            await clock.wait(asyncio.Event(), 30_000)
            await busy.wait()

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    clock.shift(DAY_MS)
    await asyncio.sleep(0.01)  # awake, and held up
    clock.shift(DAY_MS)
    busy.set()
    await asyncio.sleep(0.01)
    assert rounds == 3
    beating.cancel()
