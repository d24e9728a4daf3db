"""Connects to Telegram: python-telegram-bot's types and methods over an aiohttp session.

The library's own transport uses httpx, whose pool limits throughput: on one machine it answered a fifth to a third of
what aiohttp does. The token is part of every URL, so nothing that holds a URL may leave this file.
"""

import asyncio
from typing import Any
from urllib.parse import quote

import aiohttp
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput  # the type of BaseRequest's own arguments; it has no public name
from telegram.error import InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.botapi.answers import ForeignAnswer, OwnAnswer, in_words, is_result_of, own_answer, own_file
from bot.kit.json import Json

MASK = "<token>"
ANSWER_BYTES_MAX = 64 * 2**20
"""Telegram serves files of 20 MiB at most; a hundred updates take a few KiB."""
_ERRORS, _TOO_MANY, _FAILED = 400, 429, 500
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotDone(NetworkError):
    """Reports a call without effect: no connection was made, or Telegram itself reports a failure."""


class AiohttpRequest(BaseRequest):
    """Sends all calls through one session. Timeouts are seconds; `token` is only used to mask it in errors."""

    def __init__(
        self,
        *,
        token: str,
        connections: int = 64,
        connect_timeout: float = 10.0,
        read_timeout: float = 20.0,
        upload_timeout: float = 60.0,
    ) -> None:
        self._secrets = (token, quote(token, safe=""))
        self._connections = connections
        self._connect_timeout = connect_timeout
        self._read_timeout = read_timeout
        self._upload_timeout = upload_timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Returns the seconds to wait for an answer where the caller gives no timeout."""
        return self._read_timeout

    async def initialize(self) -> None:
        """Opens the session; a second call does nothing."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Closes the session; a second call does nothing."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp has one limit for both
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  waiting for a connection is no error
    ) -> tuple[int, bytes]:
        """Returns Telegram's own answer: its error code, 200 for none, and the body.

        Raises NotDone, TimedOut, ForeignAnswer or NetworkError, without the token.
        """
        if self._session is None:
            raise NotDone("the connection to Telegram is not open")
        uploads = request_data is not None and request_data.contains_files
        read = _given(read_timeout, self._upload_timeout if uploads else self._read_timeout)
        connect = _given(connect_timeout, self._connect_timeout)
        # Bounds the whole call as well: a peer that reads or writes byte by byte would block us for ever.
        whole = None if read is None or connect is None else 2 * (read + connect)
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=connect, sock_read=read)
        body, headers = _body(request_data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                status, kind = answer.status, answer.headers.get("Content-Type", "")
                content = await _read(answer)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as problem:
            raise NotDone(f"{type(problem).__name__}: {self._masked(str(problem))}") from None
        except TimeoutError:
            raise TimedOut from None
        except Exception as problem:  # noqa: BLE001  any error while reading is a failed call
            # `from None`: the chained error would put the URL, with the token, into every traceback.
            raise NetworkError(f"{type(problem).__name__}: {self._masked(str(problem))}") from None
        if content is None:
            raise ForeignAnswer(f"HTTP {status}, {kind}, longer than any answer")
        if method == "GET" and own_file(kind, status):  # a download
            return status, content
        own = own_answer(kind, content)
        if own is None or (method == "GET" and own.code < _ERRORS):
            raise ForeignAnswer(self._masked(in_words(status, kind, content)))
        _check_done(own)
        return own.code, content

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


class PlainBot(Bot):
    """Extends the library's Bot with a safe repr: the library's own contains the token."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}[token={MASK}]"

    async def connect(self) -> None:
        """Opens the connections without a call to Telegram; a second call does nothing."""
        if not self._requests_initialized:
            await asyncio.gather(*(each.initialize() for each in self._request))
            self._requests_initialized = True

    async def initialize(self) -> None:
        """Opens the connections and calls getMe. Raises InvalidToken, without the token."""
        try:
            await super().initialize()
        except InvalidToken:
            raise InvalidToken("Telegram does not know this token") from None

    async def call(self, method: str, params: Json, *, read_timeout: float | None = None) -> Any:
        """Calls a method of the Bot API with plain values (or an InputFile) and returns its plain result.

        Unlike do_api_request it raises InvalidToken for a refused token, also for getUpdates.
        """
        waiting = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self._post(method, dict(params), read_timeout=waiting)

    async def fetch(self, file: str) -> bytes:
        """Returns the content of a file by its id. Raises TelegramError; BadRequest where Telegram does not have it."""
        told = await self.get_file(file)
        content = bytes(await told.download_as_bytearray())
        if told.file_size is not None and told.file_size != len(content):
            raise ForeignAnswer(f"the download has {len(content)} bytes, the file {told.file_size}")
        return content

    async def _do_post(
        self,
        endpoint: str,
        data: Json,
        *,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
    ) -> bool | Json | list[Json]:
        """Sends one call of any method. Raises ForeignAnswer also for a result that this method never returns."""
        result = await super()._do_post(
            endpoint,
            data,
            read_timeout=read_timeout,
            write_timeout=write_timeout,
            connect_timeout=connect_timeout,
            pool_timeout=pool_timeout,
        )
        if not is_result_of(endpoint, result):
            raise ForeignAnswer(f"{endpoint} was answered with a type that it never returns: {type(result).__name__}")
        return result


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


def silence_ms(limit: RetryAfter) -> int:
    """Returns the flood wait in milliseconds.

    The public attribute warns at every use that it will become a timedelta; the private one already is a timedelta.
    """
    return round(limit._retry_after.total_seconds() * 1000)  # noqa: SLF001


def _check_done(own: OwnAnswer) -> None:
    """Raises NotDone where Telegram itself failed, or limits the rate without a retry_after."""
    if own.code == _FAILED:
        raise NotDone("Telegram reports an internal error (500)")
    if own.code == _TOO_MANY and not own.retry_after:
        raise NotDone("Telegram limits the rate (429)")


async def _read(answer: aiohttp.ClientResponse) -> bytes | None:
    """Returns the whole body, None where it is longer than any of Telegram's."""
    parts, size = [], 0
    async for part in answer.content.iter_chunked(2**16):
        parts.append(part)
        size += len(part)
        if size > ANSWER_BYTES_MAX:
            return None
    return b"".join(parts)


def _given(timeout: ODVInput[float], otherwise: float) -> float | None:
    return otherwise if isinstance(timeout, DefaultValue) else timeout


def _body(data: RequestData | None) -> tuple[bytes | aiohttp.FormData | None, dict[str, str]]:
    if data is None:
        return None, {}
    if not data.contains_files:
        return data.url_encoded_parameters().encode(), _FORM
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime_type) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime_type)
    return form, {}
