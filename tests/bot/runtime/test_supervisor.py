"""The tasks of a process end together, and what ended them comes out as itself."""

import asyncio

import pytest

from bot.botapi.protocol import TokenRefused
from bot.runtime.supervisor import run_all


async def _refused() -> None:
    raise TokenRefused("Telegram refuses the bot's token")


class Long:
    """Runs until it is cancelled; then it takes a moment, or fails."""

    def __init__(self, problem: Exception | None = None) -> None:
        self.problem = problem
        self.ended = False

    async def run(self) -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            self.ended = True
            if self.problem is not None:
                raise self.problem


async def test_a_failure_ends_the_others_and_is_raised_as_itself() -> None:
    long = Long()
    with pytest.raises(TokenRefused, match="refuses") as raised:
        await run_all(long.run(), _refused())
    assert long.ended
    assert raised.value.__cause__ is None


async def test_one_that_fails_while_it_is_ended_does_not_hide_the_first(caplog: pytest.LogCaptureFixture) -> None:
    with pytest.raises(TokenRefused):
        await run_all(Long(LookupError("no ink")).run(), _refused())
    assert "no ink" in caplog.text


async def test_one_that_is_over_does_not_end_the_others() -> None:
    long = Long()
    running = asyncio.ensure_future(run_all(asyncio.sleep(0), long.run()))
    for _ in range(5):
        await asyncio.sleep(0)
    assert not running.done()
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert long.ended
