"""Answers inline queries at once, without inbox and worker, because the user keeps typing."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Final, Protocol

from telegram.error import TelegramError

from bot.botapi.protocol import Api
from bot.kit.inline import Asking
from bot.kit.json import Json, JsonView
from bot.kit.languages import language_for
from bot.kit.person import Person
from bot.runtime.outage_log import OutageLog
from engine.errors import MoarefError
from engine.store.driver import DriverError

ANSWER_SECONDS_MAX: Final = 8.0
_log = logging.getLogger(__name__)

Offer = Callable[[Asking], Awaitable[Json]]
"""Returns the offer: the parameters of answerInlineQuery except the query's id."""


class KnownPeople(Protocol):
    """Finds people by their Telegram account."""

    async def by_telegram_id(self, telegram_id: int) -> Person | None:
        """Returns the person, None for a stranger."""


class InlineAnswers:
    """Answers inline queries as they arrive. An unanswered one shows nothing, and typing sends it again."""

    def __init__(self, api: Api, people: KnownPeople, offer: Offer, now: Callable[[], int]) -> None:
        """`now` gives ms, UTC."""
        self._api = api
        self._people = people
        self._offer = offer
        self._now = now
        self._outage = OutageLog(_log, "inline query", level=logging.INFO)
        self._latest: dict[int, asyncio.Task[None]] = {}

    def look_at(self, updates: Sequence[JsonView]) -> None:
        """Answers the inline queries among the updates, without waiting.

        A person's newer query replaces their older one.
        """
        for update in updates:
            query = update.get("inline_query")
            sender = query.get("from") if isinstance(query, Mapping) else None
            asker = sender.get("id") if isinstance(sender, Mapping) else None
            if isinstance(query, Mapping) and isinstance(asker, int):
                if (earlier := self._latest.pop(asker, None)) is not None:
                    earlier.cancel()
                task = self._latest[asker] = asyncio.create_task(self._answer(asker, query))
                task.add_done_callback(partial(self._forget, asker))

    async def finish(self) -> None:
        """Waits until the answers in flight are sent or given up."""
        await asyncio.gather(*self._latest.values(), return_exceptions=True)

    def _forget(self, asker: int, done: asyncio.Task[None]) -> None:
        if self._latest.get(asker) is done:
            del self._latest[asker]

    async def _answer(self, asker: int, query: JsonView) -> None:
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                person = await self._people.by_telegram_id(asker)
                spoken = person.language if person is not None else language_for(query["from"].get("language_code"))
                offered = await self._offer(Asking(person, spoken, str(query.get("query", "")), self._now()))
                await self._api.call("answerInlineQuery", {"inline_query_id": query.get("id"), **offered})
        except (TelegramError, TimeoutError, MoarefError, DriverError) as problem:
            self._outage.failed("not answered", problem)
        else:
            self._outage.ended()
