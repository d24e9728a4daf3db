"""Sends calls to Telegram with aiohttp, behind the interface that python-telegram-bot documents for it: BaseRequest.

The library's own HTTPXRequest does not return the content type, by which a gateway's page is told from Telegram's
answer, and does not bound the body. The token is part of every URL, so nothing that holds a URL may leave this file.
"""

from http import HTTPStatus
from typing import Any, Final
from urllib.parse import quote

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.botapi.answers import OK, ForeignAnswer, OwnAnswer, in_words, is_result_of, own_answer, own_file

MASK: Final = "<token>"
ANSWER_BYTES_MAX: Final = 64 * 2**20
"""Telegram serves files of 20 MiB at most; a hundred updates take a few KiB."""
_ERRORS, _TOO_MANY, _FAILED = 400, 429, 500
_UNKNOWN: Final = (401, 404)
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_NEVER_LEFT: Final = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)

Timeout = Any
"""Seconds, None for no limit, or BaseRequest.DEFAULT_NONE; the library has no public name for this type."""


class NotDone(NetworkError):
    """Reports a call without effect: no connection was made, or Telegram itself reports a failure."""


class UnknownTokenOrMethod(TelegramError):
    """Reports Telegram's 401 or 404 to a call, with its description; do_api_request would replace InvalidToken's."""


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
        read_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        write_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  aiohttp has one limit for both
        connect_timeout: Timeout = BaseRequest.DEFAULT_NONE,
        pool_timeout: Timeout = BaseRequest.DEFAULT_NONE,  # noqa: ARG002  waiting for a connection is no error
    ) -> tuple[int, bytes]:
        """Returns Telegram's own answer: its error code, 200 for none, and the body.

        Raises NotDone, TimedOut, ForeignAnswer, UnknownTokenOrMethod or NetworkError, without the token.
        """
        uploads = request_data is not None and request_data.contains_files
        read = _given(read_timeout, self._upload_timeout if uploads else self._read_timeout)
        connect = _given(connect_timeout, self._connect_timeout)
        status, kind, content = await self._exchange(url, method, request_data, read, connect)
        if content is None:
            raise ForeignAnswer(f"HTTP {status}, {kind}, longer than any answer")
        if method == "GET" and own_file(kind, status):  # a download
            return status, content
        own = own_answer(kind, content)
        if own is None or (method == "GET" and own.code < _ERRORS):
            raise ForeignAnswer(self._masked(in_words(status, kind, content)))
        _check_done(own)
        if method == "POST":
            _check_call(own, url.rpartition("/")[2])
        return own.code, content

    async def _exchange(
        self, url: str, method: str, data: RequestData | None, read: float | None, connect: float | None
    ) -> tuple[int, str, bytes | None]:
        """Returns status, content type and body, None for a body that is longer than any of Telegram's."""
        if self._session is None:
            raise NotDone("the connection to Telegram is not open")
        # Bounds the whole call as well: a peer that reads or writes byte by byte would block us for ever.
        whole = None if read is None or connect is None else 2 * (read + connect)
        timeout = aiohttp.ClientTimeout(total=whole, sock_connect=connect, sock_read=read)
        body, headers = _body(data)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                return answer.status, answer.headers.get("Content-Type", ""), await _read(answer)
        except _NEVER_LEFT as problem:
            raise NotDone(f"{type(problem).__name__}: {self._masked(str(problem))}") from None
        except TimeoutError:
            raise TimedOut from None
        except Exception as problem:  # noqa: BLE001  any error while reading is a failed call
            # `from None`: the chained error would put the URL, with the token, into every traceback.
            raise NetworkError(f"{type(problem).__name__}: {self._masked(str(problem))}") from None

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return text


def _check_done(own: OwnAnswer) -> None:
    """Raises NotDone where Telegram itself failed, or limits the rate without a retry_after."""
    if own.code == _FAILED:
        raise NotDone("Telegram reports an internal error (500)")
    if own.code == _TOO_MANY and not own.retry_after:
        raise NotDone("Telegram limits the rate (429)")


def _check_call(own: OwnAnswer, method: str) -> None:
    """Raises UnknownTokenOrMethod, and ForeignAnswer for a result that this method never returns."""
    if own.code in _UNKNOWN:
        raise UnknownTokenOrMethod(own.description or HTTPStatus(own.code).phrase)
    if own.code == OK and not is_result_of(method, own.result):
        raise ForeignAnswer(f"{method} was answered with a type that it never returns: {type(own.result).__name__}")


async def _read(answer: aiohttp.ClientResponse) -> bytes | None:
    """Returns the whole body, None where it is longer than any of Telegram's."""
    parts, size = [], 0
    async for part in answer.content.iter_chunked(2**16):
        parts.append(part)
        size += len(part)
        if size > ANSWER_BYTES_MAX:
            return None
    return b"".join(parts)


def _given(timeout: Timeout, otherwise: float) -> float | None:
    return otherwise if timeout is BaseRequest.DEFAULT_NONE else timeout


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
