"""Polls for updates and stores each before confirming it to Telegram.

The library's Updater confirms updates while they are only in memory, and an update that it cannot parse blocks it for
ever. Here updates stay plain dicts, parsed by their handler.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final

from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.botapi.answers import ForeignAnswer
from bot.botapi.client import retry_after_ms
from bot.botapi.protocol import Api, TokenRefused
from bot.inbox.services import InboxServices
from bot.kit.json import JsonView
from bot.runtime.backoff import back_off
from bot.runtime.outage_log import OutageLog
from bot.store.inbox import DEDUPE_WINDOW_MS
from engine.store.driver import DriverError

KINDS: Final = ("message", "callback_query", "my_chat_member", "pre_checkout_query", "inline_query")
"""The kinds of updates requested; Telegram sends only these."""

EDITS: Final = "edited_message"
"""The kind that is requested as well where messages are passed on: whoever edits one is told that the copy stays."""

FLEETING: Final = "inline_query"
"""Kinds answered on arrival and never stored: they leave no trace, and what people type in other chats is private."""

BATCH_SIZE_MAX: Final = 100
NUMBER_MAX: Final = 2**53
"""Upper bound of update numbers. Confirming a larger one would skip all real updates for days."""
REFUSED_MS: Final = 120_000
"""Time for which the token must be refused before that counts: a restarting server may refuse it for a while."""

_BACK_OFF_CAP_MS = 30_000
_HASTY_MS = 500
_HELD_MS = 5_000
_ANSWER_SECONDS = 10  # tolerated delay of a long poll's answer

_TWO_POLLERS: Final = "another process polls for the same bot: stop it, or give each its own bot"
_log = logging.getLogger(__name__)


Admit = Callable[[Sequence[JsonView]], Awaitable[Sequence[JsonView] | None]]


class Poller:
    """Fetches updates, stores them, and only then requests the later ones."""

    def __init__(
        self,
        services: InboxServices,
        api: Api,
        *,
        urgent: Callable[[Sequence[JsonView]], None] = lambda _: None,
        away: Callable[[bool], None] = lambda _: None,
        admit: Admit | None = None,
        timeout_seconds: int = 30,
        kinds: Sequence[str] = KINDS,
    ) -> None:
        """`urgent` is called with every update received, before new ones are stored.

        `away` is called with whether Telegram is unreachable. `admit` returns the updates that may be stored, or None
        while the store is held.
        """
        self._api = api
        self._inbox = services.inbox
        self._clock = services.clock
        self._random = services.random
        self._updates_stored = services.signals.updates_stored
        self._urgent = urgent
        self._away = away
        self._admit = admit
        self._timeout_seconds = timeout_seconds
        self._kinds = kinds
        self._outage = OutageLog(_log, "Telegram")
        self._refused_at: int | None = None
        self._next: int | None = None
        self._heard_at = 0

    async def run(self) -> None:
        """Runs until cancelled. Raises TokenRefused where the token is refused for minutes and getMe confirms that."""
        self._heard_at = self._clock.now()
        self._next = await self._inbox.offset(self._heard_at)
        await self._look_for_webhook()
        while True:
            await self._trying(self._poll_at_leisure)

    async def _poll_at_leisure(self) -> None:
        """Polls once; pauses where the server answers at once without new updates."""
        begun = self._clock.ticks()
        if not await self.poll() and self._clock.ticks() - begun < _HASTY_MS:
            await self._clock.wait(asyncio.Event(), _HASTY_MS)

    async def poll(self) -> bool:
        """Calls getUpdates once and stores the updates. Returns whether any was new. The next call confirms them."""
        asked_for = {
            "offset": self._offset(),
            "limit": BATCH_SIZE_MAX,
            "timeout": self._timeout_seconds,
            "allowed_updates": list(self._kinds),
        }
        patience = self._timeout_seconds + _ANSWER_SECONDS
        answer = await self._api.call("getUpdates", asked_for, read_timeout=patience)
        updates = [each for each in answer if _has_number(each)]
        if answer and not updates:
            raise ForeignAnswer("getUpdates returned updates without a number")
        if len(updates) < len(answer):
            _log.error("getUpdates returned %d updates without a number", len(answer) - len(updates))
        if not updates:
            return False
        admitted = await self._admit(updates) if self._admit is not None else updates
        if admitted is None:  # unconfirmed updates are sent again
            await self._clock.wait(asyncio.Event(), _HELD_MS)
            return False
        self._urgent(admitted)  # a checkout expires in seconds; answering one twice is harmless
        now = self._clock.now()
        lasting = [each for each in admitted if FLEETING not in each]
        newest = max(each["update_id"] for each in updates)
        new = await self._inbox.store(lasting, now) if lasting else 0
        if new:
            self._updates_stored.set()
        if not any(each["update_id"] == newest for each in lasting):
            await self._inbox.confirm(newest + 1, now)
        self._next, self._heard_at = newest + 1, now
        return new > 0 or len(lasting) < len(admitted)

    def _offset(self) -> int | None:
        """Returns the offset to request, None after a week without updates: Telegram may restart its numbers lower."""
        return self._next if self._clock.now() - self._heard_at < DEDUPE_WINDOW_MS else None

    async def _look_for_webhook(self) -> None:
        """Removes a webhook, which would block getUpdates. A server that cannot tell whether there is one is polled."""
        try:
            information = await self._api.call("getWebhookInfo", {})
            if information.get("url"):
                await self._drop_webhook()
        except TelegramError as problem:
            _log.info("webhook state unknown: %s", problem)

    async def _drop_webhook(self) -> None:
        """Removes the webhook; updates waiting for it are then delivered to getUpdates."""
        await self._api.call("deleteWebhook", {"drop_pending_updates": False})
        _log.warning("webhook removed: updates are polled for")

    async def _trying(self, step: Callable[[], Awaitable[None]]) -> None:
        """Runs the step; after a failure, waits with back-off."""
        try:
            await step()
        except InvalidToken as problem:
            await self._check_token(problem)
        except RetryAfter as limit:
            _log.warning("Telegram flood control: fewer requests wanted")
            await self._clock.wait(asyncio.Event(), retry_after_ms(limit))
        except Conflict as problem:
            await self._resolve(problem)
        except TelegramError as problem:
            await self._fail("unreachable, retrying", problem)
        except DriverError as problem:  # e.g. a full disk: unstored updates stay unconfirmed and are sent again
            await self._fail("updates not stored, retrying", problem, kind="store")
        except Exception:  # noqa: BLE001  an update that we did not think of must not end it
            _log.exception("polling failed; retrying")
            await self._fail("polling failed, retrying")
        else:
            self._refused_at = None
            self._away(False)
            self._outage.ended()

    async def _check_token(self, problem: InvalidToken) -> None:
        """Raises TokenRefused for a lasting refusal that getMe confirms; a short one may pass."""
        now = self._clock.ticks()
        if self._refused_at is None:
            self._refused_at = now
        if now - self._refused_at >= REFUSED_MS and await self._is_refused():
            raise TokenRefused("Telegram refuses the bot's token") from None
        await self._fail("refuses the bot's token, retrying", problem, kind="token")

    async def _is_refused(self) -> bool:
        try:
            await self._api.call("getMe", {})
        except InvalidToken:
            return True
        except TelegramError:
            return False
        return False

    async def _resolve(self, conflict: Conflict) -> None:
        """Removes a webhook set meanwhile; logs a second poller, with which each process gets only some updates."""
        if "webhook" in str(conflict).lower():
            try:
                await self._drop_webhook()
            except TelegramError as problem:
                await self._fail("webhook not removed, retrying", problem, kind="webhook")
        else:
            await self._fail("updates also go to another poller", _TWO_POLLERS, kind="poller")

    async def _fail(self, what: str, detail: object = "", *, kind: str = "") -> None:
        """Logs the problem, once in each outage, and waits with back-off."""
        self._away(True)
        self._outage.failed(what, detail, kind=kind)
        pause_ms = back_off(self._outage.failures, cap_ms=_BACK_OFF_CAP_MS, random=self._random)
        await self._clock.wait(asyncio.Event(), pause_ms)


def _has_number(update: object) -> bool:
    number = update.get("update_id") if isinstance(update, Mapping) else None
    return isinstance(number, int) and not isinstance(number, bool) and 0 <= number < NUMBER_MAX
