"""Identifies the bot at startup, and keeps polling while Telegram refuses the token."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from random import Random
from typing import Final

from telegram.error import InvalidToken, RetryAfter, TelegramError

from bot.botapi.client import retry_after_ms
from bot.botapi.identity import Account, BotIdentity
from bot.botapi.protocol import Api, TokenRefused
from bot.runtime.backoff import back_off
from bot.runtime.clock import Clock
from bot.runtime.outage_log import OutageLog
from bot.store.account import BotAccounts
from bot.store.retry import patiently
from engine.store.driver import DriverError

HELLO_CAP_MS: Final = 30_000
REFUSALS_MAX: Final = 4
"""After so many refusals in a row they are believed, and told of where the token was taken before."""
REFUSAL_CAP_MS: Final = 2_000
MISTYPED_MS: Final = 12_000
"""For how long a token that the platform has never taken is refused before it counts as mistyped."""
ASK_AGAIN_MS: Final = 60_000
"""Interval between tries of a refused token."""

_log = logging.getLogger(__name__)


class Greeter:
    """Calls getMe until it succeeds. Only what builds links with the bot's username waits for it."""

    def __init__(
        self, api: Api, identity: BotIdentity, accounts: BotAccounts, token: str, *, clock: Clock, random: Random
    ) -> None:
        self._api = api
        self._identity = identity
        self._accounts = accounts
        self._token = token
        self._clock = clock
        self._random = random
        self._outage = OutageLog(_log, "Telegram")
        self._refusals = 0
        self._refused_at: int | None = None

    async def run(self) -> None:
        """Runs until Telegram has answered getMe, however long that takes.

        Raises TokenRefused where it goes on refusing a token that it has never taken: that was mistyped. One that it
        took once may be refused for a while, and shops are served meanwhile.
        """
        while (pause_ms := await self._ask()) is not None:
            await self._clock.wait(asyncio.Event(), pause_ms)

    async def _ask(self) -> int | None:
        """Calls getMe once. Returns the wait before the next try (ms), None after success."""
        try:
            account = Account.of(await self._api.call("getMe", {}))
        except InvalidToken as problem:
            await self._check_token(problem)
        except RetryAfter as limit:
            return retry_after_ms(limit)
        except TelegramError as problem:
            self._refusals, self._refused_at = 0, None
            self._identity.away = True
            self._outage.failed("unreachable, retrying", problem)
        else:
            await self._learn(account)
            return None
        if self._outage.failures:
            return back_off(self._outage.failures, cap_ms=HELLO_CAP_MS, random=self._random)
        return back_off(self._refusals, cap_ms=REFUSAL_CAP_MS, random=self._random)

    async def _check_token(self, problem: InvalidToken) -> None:
        self._refusals += 1
        now = self._clock.ticks()
        if self._refused_at is None:
            self._refused_at = now
        if self._refusals < REFUSALS_MAX:
            return
        self._identity.refused = True
        if await self._was_taken_once():
            self._outage.failed("refuses the bot's token, which it has taken before; it is tried again", problem)
        elif now - self._refused_at >= MISTYPED_MS:
            raise TokenRefused("Telegram refuses the bot's token") from None

    async def _was_taken_once(self) -> bool:
        try:
            return await self._accounts.has_known(self._token)
        except DriverError as problem:
            _log.error("token history unreadable: %s", problem)
            return True

    async def _learn(self, account: Account) -> None:
        self._outage.ended()
        self._identity.learn(account)
        _log.info("@%s is ready", account.username)
        try:
            now = self._clock.now()
            await patiently(lambda: self._accounts.remember(self._token, account, now), self._clock)
        except DriverError as problem:
            _log.error("bot identity not stored: %s", problem)


async def keep_polling(
    poll: Callable[[], Awaitable[None]],
    api: Api,
    identity: BotIdentity,
    clock: Clock,
    tell: Callable[[], Awaitable[None]],
) -> None:
    """Polls until cancelled; while the token is refused, only checks once a minute whether it is accepted again.

    `tell` queues an alert to the admins. The rest of the process keeps running.
    """
    while True:
        try:
            await poll()
        except TokenRefused as refusal:
            identity.refused = True
            _log.error("%s: polling paused until the token is accepted; everything else continues", refusal)
            await tell()
            while not await _is_taken(api):
                await clock.wait(asyncio.Event(), ASK_AGAIN_MS)
            identity.refused = False
            _log.warning("Telegram accepts the bot's token again")


async def _is_taken(api: Api) -> bool:
    try:
        await api.call("getMe", {})
    except TelegramError:
        return False
    return True
