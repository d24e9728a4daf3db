"""The way to the platform: python-telegram-bot's types and methods over an aiohttp session.

The library's own transport stands on httpx, whose pool is the ceiling: on one machine it answered a fifth to a third
of what aiohttp does. The token is part of every URL, so nothing that holds a URL may leave this file.
"""

import json
from typing import Any
from urllib.parse import quote

import aiohttp
from telegram import Bot
from telegram._utils.defaultvalue import DefaultValue
from telegram._utils.types import ODVInput  # the type of BaseRequest's own arguments; it has no public name
from telegram.error import InvalidToken, NetworkError, RetryAfter, TimedOut
from telegram.request import BaseRequest, RequestData

MASK = "<token>"
_FAILED = 500
_FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class NotDone(NetworkError):
    """The call had no effect: no connection was made, or the platform itself says that it failed."""


class AiohttpRequest(BaseRequest):
    """One session for all calls. Timeouts are seconds; `token` is only used to keep it out of errors."""

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
        """Seconds to wait for an answer when the caller names no other."""
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
        """The answer's status and body. Raises NotDone, TimedOut or NetworkError, without the token."""
        if self._session is None:
            raise NotDone("the connection to the platform is not open")
        uploads = request_data is not None and request_data.contains_files
        read = _given(read_timeout, self._upload_timeout if uploads else self._read_timeout)
        connect = _given(connect_timeout, self._connect_timeout)
        # The whole is bounded too: a platform that takes or gives byte by byte would hold us for ever.
        whole = None if read is None or connect is None else 2 * (read + connect)
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=connect, sock_read=read)
        body, headers = _body(request_data)
        try:
            async with self._session.request(method, url, data=body, headers=headers, timeout=timeout) as answer:
                status, content = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as problem:
            raise NotDone(f"{type(problem).__name__}: {self._masked(str(problem))}") from None
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError, RuntimeError, ValueError) as problem:
            # `from None`: the chained error would carry the URL, and the token in it, into every traceback.
            raise NetworkError(f"{type(problem).__name__}: {self._masked(str(problem))}") from None
        if status == _FAILED and _says_so_itself(content):
            raise NotDone("the platform says that it failed (500)")
        return status, content

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


class PlainBot(Bot):
    """The library's Bot, which may be printed: its own repr holds the token."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{type(self).__name__}[token={MASK}]"

    async def initialize(self) -> None:
        """Opens the connections and asks who we are. Raises InvalidToken, without the token."""
        try:
            await super().initialize()
        except InvalidToken:
            raise InvalidToken("the platform does not know this token") from None

    async def call(self, method: str, params: dict[str, Any], *, read_timeout: float | None = None) -> Any:
        """Calls a method of the Bot API with plain values (or an InputFile); its plain result.

        Unlike do_api_request it tells a refused token (InvalidToken) for what it is, also for getUpdates.
        """
        waiting = BaseRequest.DEFAULT_NONE if read_timeout is None else read_timeout
        return await self._post(method, dict(params), read_timeout=waiting)

    async def fetch(self, file: str) -> bytes:
        """The content of a file by its id. Raises TelegramError; BadRequest where the platform does not have it."""
        return bytes(await (await self.get_file(file)).download_as_bytearray())


def build_bot(
    token: str,
    *,
    base_url: str = "https://api.telegram.org/bot",
    base_file_url: str = "https://api.telegram.org/file/bot",
    connections: int = 64,
    read_timeout: float = 20.0,
) -> PlainBot:
    """A bot that is not connected yet: `await bot.initialize()` does that, `await bot.shutdown()` ends it.

    Asking for updates has a session of its own, so that its long waiting takes no connection from the others.
    """
    return PlainBot(
        token,
        base_url=base_url,
        base_file_url=base_file_url,
        request=AiohttpRequest(token=token, connections=connections, read_timeout=read_timeout),
        get_updates_request=AiohttpRequest(token=token, connections=2, read_timeout=read_timeout),
    )


def silence_ms(limit: RetryAfter) -> int:
    """For how long the platform wants to be left alone.

    The public attribute warns, at every use, that it will be a timedelta one day; what lies behind it is one today.
    """
    return round(limit._retry_after.total_seconds() * 1000)  # noqa: SLF001


def _says_so_itself(content: bytes) -> bool:
    """A gateway's page may stand before a platform that has done it after all; the Bot API's own answer is JSON."""
    try:
        answer = json.loads(content)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("ok") is False and answer.get("error_code") == _FAILED


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
