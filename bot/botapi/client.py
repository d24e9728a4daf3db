"""Connects to Telegram: python-telegram-bot's types and methods, on its documented surface, over our request class."""

import asyncio
import warnings
from datetime import timedelta
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, RetryAfter
from telegram.request import BaseRequest
from telegram.warnings import PTBUserWarning

from bot.botapi.answers import ForeignAnswer
from bot.botapi.transport import MASK, AiohttpRequest, UnknownTokenOrMethod
from bot.kit.json import Json

# Every method is called by its name, with plain values; the library recommends its own methods at each call.
warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)


class PlainBot(Bot):
    """Extends the library's Bot with plain calls and a safe repr: the library's own contains the token."""

    __slots__ = ("_own_requests",)

    def __init__(
        self, token: str, *, base_url: str, base_file_url: str, request: BaseRequest, get_updates_request: BaseRequest
    ) -> None:
        super().__init__(token, base_url, base_file_url, request, get_updates_request)
        self._own_requests = (request, get_updates_request)

    def __repr__(self) -> str:
        return f"{type(self).__name__}[token={MASK}]"

    async def connect(self) -> None:
        """Opens the connections without a call to Telegram; a second call does nothing."""
        await asyncio.gather(*(each.initialize() for each in self._own_requests))

    async def initialize(self) -> None:
        """Opens the connections and calls getMe. Raises InvalidToken, without the token."""
        try:
            await super().initialize()
        except UnknownTokenOrMethod:
            raise InvalidToken("Telegram does not know this token") from None

    async def shutdown(self) -> None:
        """Closes the connections, also those that only `connect` opened; a second call does nothing."""
        await super().shutdown()
        await asyncio.gather(*(each.shutdown() for each in self._own_requests))

    async def call(self, method: str, params: Json, *, read_timeout: float | None = None) -> Any:
        """Calls a method of the Bot API with plain values (or an InputFile) and returns its plain result.

        Raises TelegramError; InvalidToken, with Telegram's own words, for a refused token and for an unknown method.
        """
        waiting = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        try:
            return await self.do_api_request(method, dict(params), read_timeout=waiting)
        except UnknownTokenOrMethod as problem:
            raise InvalidToken(problem.message) from None

    async def fetch(self, file: str) -> bytes:
        """Returns the content of a file by its id. Raises TelegramError; BadRequest where Telegram does not have it."""
        try:
            told = await self.get_file(file)
        except UnknownTokenOrMethod as problem:
            raise InvalidToken(problem.message) from None
        content = bytes(await told.download_as_bytearray())
        if told.file_size is not None and told.file_size != len(content):
            raise ForeignAnswer(f"the download has {len(content)} bytes, the file {told.file_size}")
        return content


def build_bot(
    token: str,
    *,
    base_url: str = "https://api.telegram.org/bot",
    base_file_url: str = "https://api.telegram.org/file/bot",
    connections: int = 64,
    read_timeout: float = 20.0,
) -> PlainBot:
    """Returns a bot that is not connected yet: `await bot.initialize()` connects, `await bot.shutdown()` disconnects.

    getUpdates uses a session of its own, so that its long poll takes no connection from other calls.
    """
    return PlainBot(
        token,
        base_url=base_url,
        base_file_url=base_file_url,
        request=AiohttpRequest(token=token, connections=connections, read_timeout=read_timeout),
        get_updates_request=AiohttpRequest(token=token, connections=2, read_timeout=read_timeout),
    )


def retry_after_ms(limit: RetryAfter) -> int:
    """Returns the flood wait in milliseconds.

    The library gives whole seconds, and says that it will give a timedelta; both are read.
    """
    wait = limit.retry_after
    return round((wait if isinstance(wait, timedelta) else timedelta(seconds=wait)).total_seconds() * 1000)
