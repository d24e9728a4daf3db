"""Carries one message to the platform: draws its picture or card, makes the call, says what became of it."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, Final, Protocol

from telegram import InputFile
from telegram.error import ChatMigrated, InvalidToken, TelegramError

from bot.botapi.protocol import Api
from bot.kit.effects import Outgoing, RenderedCard
from bot.kit.products import STARS
from bot.outbox.delivery_result import DeliveryResult, MessageMissing, NotDelivered, Rejected, Sent, result_of

Draw = Callable[[dict[str, Any]], bytes]
"""A picture's PNG from its recipe. It blocks, and is called in a thread."""
RenderCard = Callable[[dict[str, Any]], Awaitable[RenderedCard]]
"""A card in words from its recipe, as things stand now."""

EVERYWHERE: Final = frozenset({"sendMessage", "sendPhoto", "editMessageText", "editMessageCaption"})
"""Methods that every server has: one that says it knows no such method will know it again."""
MISSING_AFTER: Final = 6
"""So often in a row a server must say that it has no such method before that is believed."""

_log = logging.getLogger(__name__)


class MessageSender(Protocol):
    """Who makes the attempts."""

    async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
        """One attempt. Nothing that the platform or the picture does raises; a card that has no words does."""


class TelegramDelivery:
    """The courier to a server that speaks the Bot API."""

    def __init__(
        self, api: Api, draw: Draw, provider_token: str = "", *, render_card: RenderCard | None = None
    ) -> None:
        """`provider_token` is a payment provider's, for invoices in other money than Stars."""
        self._api = api
        self._draw = draw
        self._provider_token = provider_token
        self._missing: Counter[str] = Counter()
        self._render_card = render_card

    async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
        """One attempt; where an edit's message is gone or a picture cannot be had, the fallback goes in its place.

        Raises what keeps a card from being put into words.
        """
        if outgoing.card is None:
            return await self._deliver(outgoing)
        assert self._render_card is not None  # whoever sends cards has said how they are rendered
        card = await self._render_card(outgoing.card)
        fallback = None if outgoing.fallback is None else card.params
        verdict = await self._deliver(replace(outgoing, params={**card.params, **outgoing.params}, fallback=fallback))
        if isinstance(verdict, MessageMissing) and fallback is None:
            return Sent(None, replace(card, shown="gone"))  # nobody has it any more
        return replace(verdict, card=card) if isinstance(verdict, Sent) else verdict

    async def _deliver(self, outgoing: Outgoing) -> DeliveryResult:
        params = self._addressed(outgoing)
        if outgoing.picture is not None:
            try:
                drawn = await asyncio.to_thread(self._draw, outgoing.picture)
            except Exception as problem:  # noqa: BLE001  a recipe that cannot be drawn stops no other message
                return await self._instead(outgoing, f"the picture failed: {type(problem).__name__}: {problem}")
            params["photo"] = InputFile(drawn, filename="picture.png")
        verdict = await self._attempt(outgoing.method, params)
        if isinstance(verdict, MessageMissing) and outgoing.card is not None and outgoing.fallback is None:
            return verdict
        if isinstance(verdict, MessageMissing) or (isinstance(verdict, Rejected) and outgoing.method == "sendPhoto"):
            return await self._instead(outgoing, verdict.problem)
        return verdict

    async def _instead(self, outgoing: Outgoing, problem: str) -> DeliveryResult:
        """The fallback; Rejected where there is none."""
        if outgoing.fallback is None:
            return Rejected(problem)
        _log.warning("%s to %d goes without: %s", outgoing.method, outgoing.chat_id, problem)
        return await self._attempt("sendMessage", {"chat_id": outgoing.chat_id, **outgoing.fallback})

    def _addressed(self, outgoing: Outgoing) -> dict[str, Any]:
        """With whom it is for, and with what no row of the outbox may hold."""
        if outgoing.method == "refundStarPayment":
            return {"user_id": outgoing.chat_id, **outgoing.params}
        params = {"chat_id": outgoing.chat_id, **outgoing.params}
        if outgoing.method == "sendInvoice" and params["currency"] != STARS:
            params["provider_token"] = self._provider_token
        return params

    async def _attempt(self, method: str, params: dict[str, Any]) -> DeliveryResult:
        try:
            return await self._call(method, params)
        except ChatMigrated as moved:  # a group that has become a supergroup has another number
            params = {**params, "chat_id": moved.new_chat_id}
        try:
            return await self._call(method, params)
        except ChatMigrated as moved:
            return Rejected(f"the chat moves on and on: {moved.new_chat_id}")

    async def _call(self, method: str, params: dict[str, Any]) -> DeliveryResult:
        """Raises ChatMigrated."""
        try:
            answer = await self._api.call(method, params)
        except ChatMigrated:
            raise
        except TelegramError as error:
            verdict = result_of(error)
            if isinstance(error, InvalidToken) and isinstance(verdict, Rejected):
                return await self._believed(method, verdict)
            return verdict
        self._missing.pop(method, None)
        message_id = answer.get("message_id") if isinstance(answer, dict) else None
        return Sent(message_id)

    async def _believed(self, method: str, refused: Rejected) -> DeliveryResult:
        """Whether the server has no such method: it may as well be starting, and say so of every method."""
        self._missing[method] += 1
        if method in EVERYWHERE or self._missing[method] < MISSING_AFTER:
            return NotDelivered(refused.problem)
        try:
            await self._api.call("getMe", {})
        except TelegramError:
            return NotDelivered(refused.problem)
        return refused
