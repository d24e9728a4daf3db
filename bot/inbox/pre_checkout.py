"""Answers pre-checkout queries at once, without inbox and worker, because Telegram waits only ten seconds."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from telegram.error import TelegramError

from bot.botapi.protocol import Api
from bot.kit.json import Json, JsonView
from bot.kit.languages import Language, language_for
from bot.kit.products import Catalogue, NotForSale
from bot.kit.texts import Texts

ANSWER_SECONDS_MAX: Final = 8.0
_log = logging.getLogger(__name__)


class PreCheckoutQueries:
    """Answers pre-checkout queries as they arrive. An unanswered one cancels the payment, and no money is lost."""

    def __init__(self, api: Api, texts: Texts, catalogue: Callable[[], Catalogue]) -> None:
        """`catalogue` returns the products on sale now."""
        self._api = api
        self._texts = texts
        self._catalogue = catalogue
        self._tasks: set[asyncio.Task[None]] = set()

    def look_at(self, updates: Sequence[JsonView]) -> None:
        """Answers the pre-checkout queries among the updates, without waiting."""
        for update in updates:
            query = update.get("pre_checkout_query")
            if isinstance(query, Mapping):
                task = asyncio.create_task(self._answer(query))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Waits until the answers in flight are sent or given up."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, query: JsonView) -> None:
        params: Json = {"pre_checkout_query_id": query.get("id"), "ok": True}
        try:
            self._catalogue().agreed(query["invoice_payload"], query["currency"], query["total_amount"])
        except NotForSale as refusal:
            _log.warning("pre-checkout refused: %s: %s", query["invoice_payload"], refusal.why)
            reason = self._texts.plain(_language_of(query), f"checkout-{refusal.why}")
            params |= {"ok": False, "error_message": reason}
        except KeyError as missing:
            _log.error("pre-checkout query without %s", missing)
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self._api.call("answerPreCheckoutQuery", params)
        except (TelegramError, TimeoutError) as problem:
            _log.warning("pre-checkout query not answered, payment cancelled: %s", problem)


def _language_of(query: JsonView) -> Language:
    payer = query.get("from")
    return language_for(payer.get("language_code") if isinstance(payer, Mapping) else None)
