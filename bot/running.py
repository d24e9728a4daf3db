"""What a process does from its first word to the platform until it is told to stop."""

import asyncio
import logging
from collections.abc import Awaitable
from random import Random
from typing import Final

from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.clock import Clock
from bot.inbox.poller import TokenRefused
from bot.pace import back_off
from bot.transport import PlainBot

HELLO_CAP_MS: Final = 30_000

_log = logging.getLogger(__name__)


async def say_hello(telegram: PlainBot, clock: Clock, random: Random) -> None:
    """Asks the platform who we are until it says so."""
    tries = 0
    while True:
        try:
            await telegram.initialize()
        except InvalidToken:
            raise TokenRefused("the platform refuses the bot's token") from None
        except (NetworkError, RetryAfter) as problem:
            tries += 1
            _log.warning("the platform cannot be reached, it is tried again: %s", problem)
            await clock.wait(asyncio.Event(), back_off(tries, cap_ms=HELLO_CAP_MS, random=random))
        else:
            return


async def together(*jobs: Awaitable[None]) -> None:
    """Runs all until one fails or we are cancelled; then all are cancelled and awaited."""
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
