"""Answers button presses: at once, once, and without the outbox, because a late toast is worthless."""

import asyncio
import logging
from typing import Final

from telegram.error import TelegramError

from bot.botapi.protocol import Api
from bot.kit.effects import Toast
from bot.kit.json import Json
from bot.runtime.outage_log import OutageLog

ANSWER_SECONDS_MAX: Final = 5.0
_log = logging.getLogger(__name__)


class CallbackAnswers:
    """Answers every callback query, which stops the button's spinner. Failed answers are logged and not retried."""

    def __init__(self, api: Api) -> None:
        self._api = api
        self._outage = OutageLog(_log, "callback query", level=logging.INFO)
        self._tasks: set[asyncio.Task[None]] = set()

    def answer(self, press: str, toast: Toast | None) -> None:
        """Sends the answer to the callback query with that id, without text where there is no toast.

        Does not wait for it.
        """
        params: Json = {"callback_query_id": press}
        if toast is not None:
            params |= {"text": toast.text, "show_alert": toast.alert}
        task = asyncio.create_task(self._send(params))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Waits until the answers in flight are sent or given up."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send(self, params: Json) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self._api.call("answerCallbackQuery", params)
        except (TelegramError, TimeoutError) as problem:
            self._outage.failed("not answered", problem)
        else:
            self._outage.ended()
