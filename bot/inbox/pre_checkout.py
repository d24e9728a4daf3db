"""Answers to people who are about to pay: at once, past inbox and worker, for the platform waits ten seconds."""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from telegram.error import TelegramError

from bot.botapi.protocol import Api
from bot.kit.languages import Language, language_for
from bot.kit.products import Catalogue, NotForSale
from bot.kit.texts import Texts

ANSWER_SECONDS_MAX: Final = 8.0
_log = logging.getLogger(__name__)


class PreCheckoutQueries:
    """Looks at each checkout as it comes in. One that is not answered does not happen, and nobody has lost money."""

    def __init__(self, api: Api, texts: Texts, catalogue: Callable[[], Catalogue]) -> None:
        """`catalogue` gives the products as they are sold now."""
        self._api = api
        self._texts = texts
        self._catalogue = catalogue
        self._tasks: set[asyncio.Task[None]] = set()

    def look_at(self, updates: Sequence[Mapping[str, Any]]) -> None:
        """Answers the checkouts among them, and does not wait for that."""
        for update in updates:
            query = update.get("pre_checkout_query")
            if isinstance(query, Mapping):
                task = asyncio.create_task(self._answer(query))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def finish(self) -> None:
        """Until the answers on their way are sent or given up."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _answer(self, query: Mapping[str, Any]) -> None:
        params: dict[str, Any] = {"pre_checkout_query_id": query.get("id"), "ok": True}
        try:
            self._catalogue().agreed(query["invoice_payload"], query["currency"], query["total_amount"])
        except NotForSale as refusal:
            _log.warning("a payment of %s is refused: %s", query["invoice_payload"], refusal.why)
            reason = self._texts.plain(_language_of(query), f"checkout-{refusal.why}")
            params |= {"ok": False, "error_message": reason}
        except KeyError as missing:
            _log.error("a checkout came without %s", missing)
            return
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                await self._api.call("answerPreCheckoutQuery", params)
        except (TelegramError, TimeoutError) as problem:
            _log.warning("a checkout stays unanswered, so nothing is paid: %s", problem)


def _language_of(query: Mapping[str, Any]) -> Language:
    payer = query.get("from")
    return language_for(payer.get("language_code") if isinstance(payer, Mapping) else None)
