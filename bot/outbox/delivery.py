"""Delivers one message to Telegram: draws its picture or card, makes the call, returns the result."""

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final, Protocol

from telegram import InputFile, InputMediaPhoto
from telegram.error import ChatMigrated, InvalidToken, TelegramError

from bot.botapi.protocol import Api
from bot.kit.effects import Outgoing, RenderedCard
from bot.kit.json import Json
from bot.kit.products import STARS
from bot.outbox.delivery_result import DeliveryResult, MessageMissing, NotDelivered, Rejected, Sent, result_of

Draw = Callable[[Json], bytes]
"""Draws a picture's PNG from its recipe. It blocks, so it is called in a thread."""
RenderCard = Callable[[Json], Awaitable[RenderedCard]]
"""Renders a card from its recipe, with current values."""

EVERYWHERE: Final = frozenset({"sendMessage", "sendPhoto", "editMessageText", "editMessageCaption", "editMessageMedia"})
"""Methods that every server has; a 404 for one of them is temporary."""
MISSING_AFTER: Final = 6
"""Consecutive 404 answers after which a method counts as missing on the server."""

EDIT_PICTURE: Final = "editMessageMedia"

_log = logging.getLogger(__name__)


class MessageSender(Protocol):
    """Sends messages."""

    async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
        """Makes one attempt.

        Errors of Telegram or the picture are returned as results; a failed card rendering raises.
        """


class TelegramDelivery:
    """Delivers messages to a server of the Bot API."""

    def __init__(
        self, api: Api, draw: Draw, provider_token: str = "", *, render_card: RenderCard | None = None
    ) -> None:
        """`provider_token` is a payment provider's, for invoices in currencies other than Stars."""
        self._api = api
        self._draw = draw
        self._provider_token = provider_token
        self._missing: Counter[str] = Counter()
        self._render_card = render_card

    async def deliver(self, outgoing: Outgoing) -> DeliveryResult:
        """Makes one attempt; where an edit's message is gone or a picture fails, sends the fallback instead.

        Raises the errors of rendering a card.
        """
        if outgoing.card is None:
            return await self._deliver(outgoing)
        assert self._render_card is not None  # cards need render_card
        card = await self._render_card(outgoing.card)
        fallback = None if outgoing.fallback is None else card.params
        verdict = await self._deliver(replace(outgoing, params={**card.params, **outgoing.params}, fallback=fallback))
        if isinstance(verdict, MessageMissing) and fallback is None:
            return Sent(None, replace(card, shown="gone"))  # the message no longer exists
        return replace(verdict, card=card) if isinstance(verdict, Sent) else verdict

    async def _deliver(self, outgoing: Outgoing) -> DeliveryResult:
        params = self._addressed(outgoing)
        if outgoing.picture is not None:
            try:
                drawn = await asyncio.to_thread(self._draw, outgoing.picture)
            except Exception as problem:  # noqa: BLE001  a recipe that cannot be drawn stops no other message
                return await self._instead(outgoing, f"the picture failed: {type(problem).__name__}: {problem}")
            params = _with_picture(outgoing.method, params, drawn)
        verdict = await self._attempt(outgoing.method, params)
        if isinstance(verdict, MessageMissing) and outgoing.method == EDIT_PICTURE:
            return await self._deliver(_sent_anew(outgoing))
        if isinstance(verdict, MessageMissing) and outgoing.card is not None and outgoing.fallback is None:
            return verdict
        if isinstance(verdict, MessageMissing) or (isinstance(verdict, Rejected) and outgoing.method == "sendPhoto"):
            return await self._instead(outgoing, verdict.problem)
        return verdict

    async def _instead(self, outgoing: Outgoing, problem: str) -> DeliveryResult:
        """Sends the fallback; returns Rejected where there is none."""
        if outgoing.fallback is None:
            return Rejected(problem)
        _log.warning("%s to %d: sending without the attachment: %s", outgoing.method, outgoing.chat_id, problem)
        return await self._attempt("sendMessage", {"chat_id": outgoing.chat_id, **outgoing.fallback})

    def _addressed(self, outgoing: Outgoing) -> Json:
        """Adds the recipient and the secrets that the outbox does not store."""
        if outgoing.method == "refundStarPayment":
            return {"user_id": outgoing.chat_id, **outgoing.params}
        params = {"chat_id": outgoing.chat_id, **outgoing.params}
        if outgoing.method == "sendInvoice" and params["currency"] != STARS:
            params["provider_token"] = self._provider_token
        return params

    async def _attempt(self, method: str, params: Json) -> DeliveryResult:
        try:
            return await self._call(method, params)
        except ChatMigrated as moved:  # a group upgraded to a supergroup has a new id
            params = {**params, "chat_id": moved.new_chat_id}
            new_chat_id = moved.new_chat_id
        try:
            verdict = await self._call(method, params)
            return replace(verdict, moved_to=new_chat_id) if isinstance(verdict, Sent) else verdict
        except ChatMigrated as moved:
            return Rejected(f"the chat migrates repeatedly: {moved.new_chat_id}")

    async def _call(self, method: str, params: Json) -> DeliveryResult:
        """Makes one call and returns its result. Raises ChatMigrated."""
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
        """Returns NotDelivered for a 404 that may be temporary, else Rejected.

        A starting server answers 404 to every method.
        """
        self._missing[method] += 1
        if method in EVERYWHERE or self._missing[method] < MISSING_AFTER:
            return NotDelivered(refused.problem)
        try:
            await self._api.call("getMe", {})
        except TelegramError:
            return NotDelivered(refused.problem)
        return refused


def _with_picture(method: str, params: Json, drawn: bytes) -> Json:
    """Returns the call's parameters with the drawn picture where the method wants it."""
    if method != EDIT_PICTURE:
        return {**params, "photo": InputFile(drawn, filename="picture.png")}
    media = {name: value for name, value in params["media"].items() if name != "type"}
    return {**params, "media": InputMediaPhoto(drawn, filename="picture.png", **media)}


def _sent_anew(outgoing: Outgoing) -> Outgoing:
    """Returns a new message instead of an edit of a picture."""
    kept = {name: value for name, value in outgoing.params.items() if name not in ("message_id", "media")}
    caption = {name: value for name, value in outgoing.params["media"].items() if name != "type"}
    return replace(outgoing, method="sendPhoto", params={**caption, **kept})
