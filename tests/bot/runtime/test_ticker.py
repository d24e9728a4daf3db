"""What recurs is run at once and again, one at a time, whatever happens to clocks and whatever fails."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest

from bot.runtime.ticker import Recurring, Ticker, _EveryFromNow
from engine.store.driver import DriverError
from quick_clock import QuickClock

HOUR_MS = 3_600_000


class HandClock(QuickClock):
    """Goes as the computer's, until it is moved ahead; it is asked every millisecond."""

    def __init__(self) -> None:
        super().__init__(speed=1)

    async def wait(self, event: asyncio.Event, ms: int | None) -> None:  # noqa: ARG002  nobody sets it
        assert ms is not None
        await asyncio.sleep(0.001)


@asynccontextmanager
async def ticking(clock: QuickClock, *recurring: Recurring) -> AsyncIterator[asyncio.Future[None]]:
    running = asyncio.ensure_future(Ticker(clock, recurring).run())
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.001)


class Work:
    """Counts its runs; each has the next of the results, and the last one is repeated."""

    def __init__(self, *results: int | Exception | None) -> None:
        self.results = results or (None,)
        self.runs = 0

    async def __call__(self) -> int | None:
        self.runs += 1
        result = self.results[min(self.runs, len(self.results)) - 1]
        if isinstance(result, Exception):
            raise result
        return result


async def test_it_runs_at_once_and_at_each_interval() -> None:
    work, seldom = Work(), Work()
    async with ticking(HandClock(), Recurring("often", 10, work), Recurring("seldom", HOUR_MS, seldom)):
        await until(lambda: work.runs >= 3)
    assert seldom.runs == 1


async def test_a_start_may_be_delayed() -> None:
    work, other = Work(), Work()
    async with ticking(HandClock(), Recurring("late", 10, work, first_ms=HOUR_MS), Recurring("often", 10, other)):
        await until(lambda: other.runs >= 3)
        assert work.runs == 0


async def test_what_is_late_by_the_handed_in_clock_runs_though_the_computers_was_set_back() -> None:
    clock, work = HandClock(), Work()
    async with ticking(clock, Recurring("hourly", HOUR_MS, work)):
        for hour in range(1, 4):
            await until(lambda hour=hour: work.runs == hour)  # type: ignore[misc]
            clock.skip(HOUR_MS + 2_000)
        await until(lambda: work.runs == 4)


def test_a_clock_that_is_set_ahead_by_years_does_not_bring_every_missed_second() -> None:
    now = datetime(2031, 3, 21, tzinfo=UTC)
    trigger = _EveryFromNow(seconds=1, timezone=UTC)
    assert trigger.get_next_fire_time(now - timedelta(days=2000), now) == now + timedelta(seconds=1)


async def test_the_same_work_is_never_done_twice_at_once() -> None:
    clock, free, at_work, most = HandClock(), asyncio.Event(), 0, 0

    async def work() -> None:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        await free.wait()
        at_work -= 1

    other = Work()
    async with ticking(clock, Recurring("slow", 10, work), Recurring("often", 10, other)):
        await until(lambda: at_work == 1)
        clock.skip(HOUR_MS)
        await until(lambda: other.runs >= 5)
        free.set()
        await until(lambda: at_work == 0)
    assert most == 1


async def test_work_says_when_it_wants_to_go_on() -> None:
    impatient, patient, other = Work(1, 1, HOUR_MS), Work(HOUR_MS), Work()
    recurring = (Recurring("impatient", HOUR_MS, impatient), Recurring("patient", 1, patient))
    async with ticking(HandClock(), *recurring, Recurring("often", 10, other)):
        await until(lambda: impatient.runs == 3 and other.runs >= 5)
        assert patient.runs <= 2, "one more may be under way when the first says so"


async def test_an_outage_is_one_line_and_a_mistake_of_ours_ends_nothing(caplog: pytest.LogCaptureFixture) -> None:
    work = Work(DriverError("disk full"), DriverError("disk full"), LookupError("no ink"), None)
    caplog.set_level(logging.INFO, "bot")
    async with ticking(HandClock(), Recurring("the watch", HOUR_MS, work, retry_ms=5)):
        await until(lambda: work.runs == 4)
        await until(lambda: "recovered" in caplog.text)
    lines = [each.getMessage() for each in caplog.records if each.name == "bot.runtime.ticker"]
    assert lines == [
        "the watch failed; retrying: disk full",
        "the watch failed; retrying",
        "the watch: recovered after 2 failures",
    ]


async def test_cancelled_it_ends_the_work_under_way_and_waits_for_it(caplog: pytest.LogCaptureFixture) -> None:
    begun, over = asyncio.Event(), list[str]()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            for _ in range(5):
                await asyncio.sleep(0)
            over.append("closed its file")

    async with ticking(HandClock(), Recurring("long", HOUR_MS, work)) as running:
        await begun.wait()
        running.cancel()
        with pytest.raises(asyncio.CancelledError):
            await running
        assert over == ["closed its file"]
    assert not [each for each in caplog.records if each.levelno >= logging.WARNING]


async def test_after_the_end_nothing_runs() -> None:
    work: Work = Work()
    waited: Awaitable[None] = asyncio.sleep(0.05)
    async with ticking(HandClock(), Recurring("often", 5, work)):
        await until(lambda: work.runs >= 2)
    before = work.runs
    await waited
    assert work.runs == before
