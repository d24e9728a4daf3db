"""Our own poller: an update is stored before the platform is told that we have it.

The library's Updater confirms updates while they are only in memory, and one that it cannot parse stalls it for ever.
Here updates stay plain dicts; whoever handles one parses it.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable, Mapping, Sequence
from random import Random
from typing import Any, Final, Protocol

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.clock import Clock
from bot.pace import back_off
from bot.store.inbox import DEDUPE_WINDOW_MS, Inbox
from bot.transport import silence_ms
from engine.errors import MoarefError

KINDS: Final = ("message", "callback_query", "my_chat_member", "pre_checkout_query", "inline_query")
"""The kinds of updates that we ask for; the platform sends no others."""

FLEETING: Final = "inline_query"
"""Answered when it comes, and never stored: it leaves nothing, and what somebody types in other chats is theirs."""

BATCH_SIZE_MAX: Final = 100
_BACK_OFF_CAP_MS = 30_000
_HELD_MS = 5_000
_ANSWER_SECONDS = 10  # how much later than it promised the platform may answer

_log = logging.getLogger(__name__)


class TokenRefused(MoarefError):
    """The platform does not know the bot's token: it was mistyped or revoked, and trying again cannot help."""


Admit = Callable[[Sequence[Mapping[str, Any]]], Awaitable[Sequence[Mapping[str, Any]] | None]]


class Api(Protocol):
    """The platform as the machine uses it: methods of the Bot API with plain values."""

    async def call(self, method: str, params: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """The method's plain result. Raises TelegramError."""


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
        admit: Admit | None = None,
        timeout_seconds: int = 30,
    ) -> None:
        """`stored` is called after each commit of new updates, `urgent` with every update that came, before it.

        `admit` says which updates may be stored, or None while nobody is to be answered.
        """
        self._api = api
        self._inbox = inbox
        self._clock = clock
        self._random = random
        self._stored = stored
        self._urgent = urgent
        self._admit = admit
        self._timeout_seconds = timeout_seconds
        self._failures = 0
        self._next: int | None = None
        self._heard_at = 0

    async def run(self) -> None:
        """Until cancelled. Raises TokenRefused."""
        self._heard_at = self._clock.now()
        self._next = await self._inbox.offset(self._heard_at)
        while not await self._trying(self._drop_webhook):
            pass
        while True:
            await self._trying(self.poll)

    async def poll(self) -> None:
        """One getUpdates, and its updates in the inbox. Asking for later ones confirms these."""
        asked_for = {
            "offset": self._offset(),
            "limit": BATCH_SIZE_MAX,
            "timeout": self._timeout_seconds,
            "allowed_updates": list(KINDS),
        }
        patience = self._timeout_seconds + _ANSWER_SECONDS
        answer = await self._api.call("getUpdates", asked_for, read_timeout=patience)
        updates = [each for each in answer if _has_number(each)]
        if len(updates) < len(answer):
            _log.error("the platform sent %d updates without a number", len(answer) - len(updates))
        if not updates:
            return
        admitted = await self._admit(updates) if self._admit is not None else updates
        if admitted is None:  # they are not confirmed, so they come again
            await self._clock.wait(asyncio.Event(), _HELD_MS)
            return
        self._urgent(admitted)  # a checkout is worth nothing later, and costs nobody anything when it comes twice
        now = self._clock.now()
        lasting = [each for each in admitted if FLEETING not in each]
        newest = max(each["update_id"] for each in updates)
        if lasting and await self._inbox.store(lasting, now):
            self._stored()
        if not any(each["update_id"] == newest for each in lasting):
            await self._inbox.confirm(newest + 1, now)
        self._next, self._heard_at = newest + 1, now

    def _offset(self) -> int | None:
        """After a quiet week the platform's next number is drawn by chance, and may be below what we would ask for."""
        return self._next if self._clock.now() - self._heard_at < DEDUPE_WINDOW_MS else None

    async def _drop_webhook(self) -> None:
        """A bot with a webhook gets nothing by asking. What waits for the webhook comes to us."""
        information = await self._api.call("getWebhookInfo", {})
        if information.get("url"):
            await self._api.call("deleteWebhook", {"drop_pending_updates": False})
            _log.warning("a webhook was set for this bot; it has been removed, updates are polled for")

    async def _trying(self, step: Callable[[], Any]) -> bool:
        """Whether the step came off; where it did not, after a pause."""
        try:
            await step()
        except InvalidToken:
            raise TokenRefused("the platform refuses the bot's token") from None
        except RetryAfter as limit:
            await self._pause(silence_ms(limit), "the platform asks for fewer requests")
            return False
        except Conflict:
            await self._fail("another process polls for the same bot: stop it, or give each its own bot")
            return False
        except TelegramError as problem:
            await self._fail(f"the platform cannot be reached: {problem}")
            return False
        except sqlite3.Error as problem:  # a full disk, say: what is not stored is not confirmed, so it comes again
            await self._fail(f"updates cannot be stored: {problem}")
            return False
        if self._failures:
            _log.info("the platform answers again, after %d failures", self._failures)
            self._failures = 0
        return True

    async def _fail(self, what: str) -> None:
        self._failures += 1
        pause_ms = back_off(self._failures, cap_ms=_BACK_OFF_CAP_MS, random=self._random)
        await self._pause(pause_ms, what if self._failures == 1 else None)

    async def _pause(self, ms: int, what: str | None) -> None:
        if what is not None:  # told once for each outage
            _log.warning("%s", what)
        await self._clock.wait(asyncio.Event(), ms)


def _has_number(update: object) -> bool:
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < 2**63
