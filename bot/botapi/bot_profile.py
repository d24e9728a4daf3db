"""Keeps the bot's profile on Telegram as it is configured, with as few calls as can be.

Telegram limits these calls strictly, and may ask for hours of silence. So what it was told is stored, and compared
instead of asked; a refused call waits for its time, also across restarts; and nothing else waits for it.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, Protocol

from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.botapi.client import retry_after_ms
from bot.botapi.protocol import Api
from bot.kit.bot_profile import Field, ProfileText
from bot.kit.json import Json
from bot.runtime.clock import Clock
from bot.runtime.outage_log import OutageLog

SECONDS_MAX: Final = 5
DAY_MS: Final = 24 * 3_600_000
HOUR_MS: Final = 3_600_000
_METHODS: Final[dict[Field, str]] = {
    "name": "MyName",
    "description": "MyDescription",
    "short_description": "MyShortDescription",
    "menu_button": "ChatMenuButton",
}
_EMPTY: Final = ("", "default")
"""What Telegram has where nobody has chosen anything."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class KeptText:
    """Holds what Telegram has, as far as is known. `ours`: whether the bot wrote it. `retry_at` is ms, UTC."""

    value: str
    ours: bool
    retry_at: int | None = None


Place = tuple[str, str]
"""Field and language."""


class ProfileRows(Protocol):
    """Stores what Telegram was told."""

    async def texts(self) -> dict[Place, KeptText]:
        """Returns everything that is stored for this bot."""

    async def keep(self, place: Place, text: KeptText) -> None:
        """Stores what Telegram has."""


class ProfileKeeper:
    """Compares what Telegram has with what is wanted now. `wanted` is called each time: programmes change."""

    def __init__(self, api: Api, rows: ProfileRows, wanted: Callable[[], Sequence[ProfileText]], clock: Clock) -> None:
        self._api = api
        self._rows = rows
        self._wanted = wanted
        self._clock = clock
        self._outage = OutageLog(_log, "bot's profile", level=logging.DEBUG)
        self._known: dict[Place, KeptText] | None = None
        self._paused_until = 0

    async def tell(self) -> None:
        """Tells Telegram what has changed. While it is out of reach it is tried once, with a short timeout."""
        if self._clock.now() < self._paused_until:
            return
        if self._known is None:
            self._known = await self._kept()
        with suppress(TimeoutError):
            async with asyncio.timeout(SECONDS_MAX):
                for text in self._wanted():
                    if self._is_due(text, self._known) and not await self._is_answered(text, self._known):
                        return

    async def _kept(self) -> dict[Place, KeptText]:
        """Returns what is stored. What the operator wrote is asked for again after each start: they may have removed
        it.
        """
        stored = await self._rows.texts()
        return {place: text for place, text in stored.items() if text.ours or text.retry_at is not None}

    def _is_due(self, text: ProfileText, known: dict[Place, KeptText]) -> bool:
        """Returns whether Telegram has something else, and may be told: what was refused for a field waits for all
        its languages.
        """
        kept = known.get((text.field, text.language))
        if kept is not None and (kept.value == text.value or not (kept.ours or text.is_own)):
            return False
        waits = [each.retry_at for (field, _), each in known.items() if field == text.field and each.retry_at]
        return self._clock.now() >= max(waits, default=0)

    async def _is_answered(self, text: ProfileText, known: dict[Place, KeptText]) -> bool:
        """Tells Telegram one text. Returns False where trying the next one now is useless."""
        now = self._clock.now()
        kept = known.get((text.field, text.language))
        before = kept if kept is not None else KeptText("", ours=text.is_own)
        try:
            result = await self._told(text, known)
        except RetryAfter as limit:
            wait_ms = retry_after_ms(limit)
            _log.warning("bot's %s not set: Telegram asks to wait for %d s", text.field, wait_ms // 1000)
            result = KeptText(before.value, before.ours, now + wait_ms)
        except InvalidToken as problem:
            self._paused_until = now + HOUR_MS  # a server without this method, or a refused token
            self._outage.failed("cannot be set", problem)
            return False
        except BadRequest as problem:
            _log.error("bot's %s not set: %s", text.field, problem)
            result = KeptText(before.value, before.ours, now + DAY_MS)
        except TelegramError as problem:
            self._outage.failed("cannot be set yet", problem)
            return False
        self._outage.ended()
        await self._rows.keep((text.field, text.language), result)
        known[text.field, text.language] = result
        return True

    async def _told(self, text: ProfileText, known: dict[Place, KeptText]) -> KeptText:
        """Sets one text; leaves one that the operator wrote at Telegram, in any language of the field."""
        if not text.is_own and (text.field, text.language) not in known:
            theirs = [each for (field, _), each in known.items() if field == text.field and not each.ours]
            found = theirs[0].value if theirs else await self._found(text)
            is_default = found in _EMPTY or any(
                each.ours and each.value == found for (field, _), each in known.items() if field == text.field
            )
            if found == text.value or not is_default:
                return KeptText(found, ours=found == text.value)
        await self._api.call(f"set{_METHODS[text.field]}", _params(text))
        return KeptText(text.value, ours=True)

    async def _found(self, text: ProfileText) -> str:
        """Returns what Telegram has."""
        language: Json = {"language_code": text.language} if text.language else {}
        answer = await self._api.call(f"get{_METHODS[text.field]}", language)
        return str(answer["type" if text.field == "menu_button" else text.field])


def _params(text: ProfileText) -> Json:
    if text.field == "menu_button":
        return {"menu_button": {"type": text.value}}
    return {text.field: text.value, **({"language_code": text.language} if text.language else {})}
