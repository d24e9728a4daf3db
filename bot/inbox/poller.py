"""Our own poller: an update is stored before the platform is told that we have it.

The library's Updater confirms updates while they are only in memory, and one that it cannot parse stalls it for ever.
Here updates stay plain dicts; whoever handles one parses it.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random
from typing import Any, Final

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.botapi.answers import ForeignAnswer
from bot.botapi.client import silence_ms
from bot.botapi.protocol import Api, TokenRefused
from bot.runtime.backoff import back_off
from bot.runtime.clock import Clock
from bot.runtime.outage_log import OutageLog
from bot.store.inbox import DEDUPE_WINDOW_MS, Inbox

KINDS: Final = ("message", "callback_query", "my_chat_member", "pre_checkout_query", "inline_query")
"""The kinds of updates that we ask for; the platform sends no others."""

FLEETING: Final = "inline_query"
"""Answered when it comes, and never stored: it leaves nothing, and what somebody types in other chats is theirs."""

BATCH_SIZE_MAX: Final = 100
NUMBER_MAX: Final = 2**53
"""Numbers of updates are below it. One that is not is nobody's: confirmed, it would skip every real one for days."""
REFUSED_MS: Final = 120_000
"""For how long the token must be refused before that is believed: a platform that restarts may say so for a while."""

_BACK_OFF_CAP_MS = 30_000
_HASTY_MS = 500
_HELD_MS = 5_000
_ANSWER_SECONDS = 10  # how much later than it promised the platform may answer

_TWO_POLLERS: Final = "another process polls for the same bot: stop it, or give each its own bot"
_log = logging.getLogger(__name__)


Admit = Callable[[Sequence[Mapping[str, Any]]], Awaitable[Sequence[Mapping[str, Any]] | None]]


class Poller:
    """Asks for updates, stores them, and only then asks for those behind them."""

    def __init__(
        self,
        api: Api,
        inbox: Inbox,
        *,
        clock: Clock,
        random: Random,
        stored: Callable[[], None],
        urgent: Callable[[Sequence[Mapping[str, Any]]], None] = lambda _: None,
        away: Callable[[bool], None] = lambda _: None,
        admit: Admit | None = None,
        timeout_seconds: int = 30,
    ) -> None:
        """`stored` is called after each commit of new updates, `urgent` with every update that came, before it.

        `away` is told whether the platform cannot be reached. `admit` says which updates may be stored, or None while
        nobody is to be answered.
        """
        self._api = api
        self._inbox = inbox
        self._clock = clock
        self._random = random
        self._stored = stored
        self._urgent = urgent
        self._away = away
        self._admit = admit
        self._timeout_seconds = timeout_seconds
        self._outage = OutageLog(_log, "the platform")
        self._refused_at: int | None = None
        self._next: int | None = None
        self._heard_at = 0

    async def run(self) -> None:
        """Until cancelled. Raises TokenRefused where the token is refused for minutes, also when asked who we are."""
        self._heard_at = self._clock.now()
        self._next = await self._inbox.offset(self._heard_at)
        await self._look_for_webhook()
        while True:
            await self._trying(self._poll_at_leisure)

    async def _poll_at_leisure(self) -> None:
        """One poll; a server that answers at once, and with nothing new, is not asked again at once."""
        begun = self._clock.ticks()
        if not await self.poll() and self._clock.ticks() - begun < _HASTY_MS:
            await self._clock.wait(asyncio.Event(), _HASTY_MS)

    async def poll(self) -> bool:
        """One getUpdates, and its updates in the inbox; whether any was new. Asking for later ones confirms these."""
        asked_for = {
            "offset": self._offset(),
            "limit": BATCH_SIZE_MAX,
            "timeout": self._timeout_seconds,
            "allowed_updates": list(KINDS),
        }
        patience = self._timeout_seconds + _ANSWER_SECONDS
        answer = await self._api.call("getUpdates", asked_for, read_timeout=patience)
        updates = [each for each in answer if _has_number(each)]
        if answer and not updates:
            raise ForeignAnswer("getUpdates was answered with updates that have no number")
        if len(updates) < len(answer):
            _log.error("the platform sent %d updates without a number", len(answer) - len(updates))
        if not updates:
            return False
        admitted = await self._admit(updates) if self._admit is not None else updates
        if admitted is None:  # they are not confirmed, so they come again
            await self._clock.wait(asyncio.Event(), _HELD_MS)
            return False
        self._urgent(admitted)  # a checkout is worth nothing later, and costs nobody anything when it comes twice
        now = self._clock.now()
        lasting = [each for each in admitted if FLEETING not in each]
        newest = max(each["update_id"] for each in updates)
        new = await self._inbox.store(lasting, now) if lasting else 0
        if new:
            self._stored()
        if not any(each["update_id"] == newest for each in lasting):
            await self._inbox.confirm(newest + 1, now)
        self._next, self._heard_at = newest + 1, now
        return new > 0 or len(lasting) < len(admitted)

    def _offset(self) -> int | None:
        """After a quiet week the platform's next number is drawn by chance, and may be below what we would ask for."""
        return self._next if self._clock.now() - self._heard_at < DEDUPE_WINDOW_MS else None

    async def _look_for_webhook(self) -> None:
        """A bot with a webhook gets nothing by asking. A server that cannot say whether there is one is polled."""
        try:
            information = await self._api.call("getWebhookInfo", {})
            if information.get("url"):
                await self._drop_webhook()
        except TelegramError as problem:
            _log.info("whether a webhook is set is not known: %s", problem)

    async def _drop_webhook(self) -> None:
        """What waits for the webhook comes to us."""
        await self._api.call("deleteWebhook", {"drop_pending_updates": False})
        _log.warning("a webhook was set for this bot; it has been removed, updates are polled for")

    async def _trying(self, step: Callable[[], Awaitable[None]]) -> None:
        """Takes the step; where it did not come off, waits a little."""
        try:
            await step()
        except InvalidToken as problem:
            await self._check_token(problem)
        except RetryAfter as limit:
            _log.warning("the platform asks for fewer requests")
            await self._clock.wait(asyncio.Event(), silence_ms(limit))
        except Conflict as problem:
            await self._resolve(problem)
        except TelegramError as problem:
            await self._fail("cannot be reached", problem)
        except sqlite3.Error as problem:  # a full disk, say: what is not stored is not confirmed, so it comes again
            await self._fail("sends updates that cannot be stored", problem, kind="store")
        except Exception:  # noqa: BLE001  an update that we did not think of must not end it
            _log.exception("asking for updates went wrong and is tried again")
            await self._fail("is asked again")
        else:
            self._refused_at = None
            self._away(False)
            self._outage.ended()

    async def _check_token(self, problem: InvalidToken) -> None:
        """A refusal may pass. One that lasts, and that getMe agrees with, is true."""
        now = self._clock.ticks()
        if self._refused_at is None:
            self._refused_at = now
        if now - self._refused_at >= REFUSED_MS and await self._is_refused():
            raise TokenRefused("the platform refuses the bot's token") from None
        await self._fail("refuses the bot's token; that may pass", problem, kind="token")

    async def _is_refused(self) -> bool:
        try:
            await self._api.call("getMe", {})
        except InvalidToken:
            return True
        except TelegramError:
            return False
        return False

    async def _resolve(self, conflict: Conflict) -> None:
        """A webhook that somebody has set is taken away; with another poller nobody gets everything."""
        if "webhook" in str(conflict).lower():
            try:
                await self._drop_webhook()
            except TelegramError as problem:
                await self._fail("keeps a webhook that is in the way", problem, kind="webhook")
        else:
            await self._fail("sends updates to somebody else, too", _TWO_POLLERS, kind="poller")

    async def _fail(self, what: str, detail: object = "", *, kind: str = "") -> None:
        """Tells of it, once in each outage, and waits."""
        self._away(True)
        self._outage.failed(what, detail, kind=kind)
        pause_ms = back_off(self._outage.failures, cap_ms=_BACK_OFF_CAP_MS, random=self._random)
        await self._clock.wait(asyncio.Event(), pause_ms)


def _has_number(update: object) -> bool:
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < NUMBER_MAX
