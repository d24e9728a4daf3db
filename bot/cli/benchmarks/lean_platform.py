"""Answers the bot's calls with as little work as a server can: the bot is measured, and not what it talks to.

It runs in the benchmark's own loop. Every call is accepted; nothing is checked, stored on disk or rate-limited.
"""

import asyncio
import json
import re
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Final
from urllib.parse import parse_qs

from bot.cli.frame import CommandError
from bot.kit.json import Json

TOKEN: Final = "1234567:lean-platform"  # noqa: S105  accepted by this server alone
USERNAME: Final = "lean_bot"
MESSAGES_KEPT: Final = 10_000
WAIT_SECONDS_MAX: Final = 120

_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
_MESSAGES: Final = frozenset({"sendMessage", "sendPhoto", "editMessageText", "editMessageCaption"})
_UPDATES_MAX: Final = 100
_NAME: Final = re.compile(rb'name="([^"]+)"')


class LeanPlatform:
    """Holds the updates that wait for the bot, and what it has sent. `delay_ms` is added to each answer."""

    def __init__(self) -> None:
        self.delay_ms = 0
        self.base_url = ""
        self.base_file_url = ""
        self.token = TOKEN
        self.sent: deque[Json] = deque(maxlen=MESSAGES_KEPT)
        """The parameters of the newest messages and edits, each with the `message_id` that it was answered with."""
        self._counts: Counter[str] = Counter()
        self._updates: deque[tuple[int, bytes]] = deque()
        self._last_update = 0
        self._last_message = 0
        self._changed = asyncio.Event()
        self._polls: set[asyncio.Task[None]] = set()

    @classmethod
    @asynccontextmanager
    async def serve(cls) -> AsyncIterator["LeanPlatform"]:
        """Serves on a free port of the loopback."""
        platform = cls()
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: _Connection(platform), "127.0.0.1", 0)
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        platform.base_url, platform.base_file_url = f"{url}/bot", f"{url}/file/bot"
        try:
            yield platform
        finally:
            server.close()
            for task in platform._polls:
                task.cancel()

    def inject(self, *updates: Json) -> None:
        """Hands the updates to the bot's next getUpdates, each under a new number."""
        for update in updates:
            self._last_update += 1
            numbered = {"update_id": self._last_update, **update}
            self._updates.append((self._last_update, json.dumps(numbered).encode()))
        self._announce()

    async def counts(self) -> Counter[str]:
        """Returns the number of answered calls by method; a getUpdates counts when it is answered."""
        return self._counts.copy()

    async def until(self, method: str, total: int) -> None:
        """Waits until so many calls of the method were answered. Raises CommandError where that takes minutes."""
        try:
            async with asyncio.timeout(WAIT_SECONDS_MAX):
                while self._counts[method] < total:
                    await self._changed.wait()
        except TimeoutError:
            raise CommandError(f"the bot made {self._counts[method]} calls of {method}, not {total}") from None

    def answer(self, method: str, body: bytes, reply: Callable[[bytes], None]) -> None:
        """Answers a call through `reply`, at once or once there are updates."""
        if method == "getUpdates":
            task = asyncio.get_running_loop().create_task(self._poll(body, reply))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)
        elif self.delay_ms:
            asyncio.get_running_loop().call_later(self.delay_ms / 1000, self._answer_now, method, body, reply)
        else:
            self._answer_now(method, body, reply)

    def _answer_now(self, method: str, body: bytes, reply: Callable[[bytes], None]) -> None:
        reply(b'{"ok":true,"result":%s}' % self._result(method, body))
        self._counts[method] += 1
        self._announce()

    def _result(self, method: str, body: bytes) -> bytes:
        if method in _MESSAGES:
            given: Json = _fields(body)
            if "message_id" not in given:
                self._last_message += 1
                given["message_id"] = self._last_message
            self.sent.append(given)
            return b'{"message_id":%d,"date":1,"chat":{"id":1,"type":"private"}}' % int(given["message_id"])
        if method == "getMe":
            return b'{"id":1234567,"is_bot":true,"first_name":"Lean","username":"%s"}' % USERNAME.encode()
        return b'{"url":""}' if method == "getWebhookInfo" else b"true"

    async def _poll(self, body: bytes, reply: Callable[[bytes], None]) -> None:
        """Answers with the updates from the offset on, once there are any."""
        offset = int(_fields(body).get("offset", 0))
        while True:
            while self._updates and self._updates[0][0] < offset:
                self._updates.popleft()
            if self._updates:
                break
            await self._changed.wait()
        if self.delay_ms:
            await asyncio.sleep(self.delay_ms / 1000)
        page = [content for _, content in list(self._updates)[:_UPDATES_MAX]]
        reply(b'{"ok":true,"result":[%s]}' % b",".join(page))
        self._counts["getUpdates"] += 1

    def _announce(self) -> None:
        """Wakes all who wait; each waits for the next change through the event that follows."""
        self._changed.set()
        self._changed = asyncio.Event()


class _Connection(asyncio.Protocol):
    """Reads requests of one connection, which come one after the other: POST, a length, a body."""

    def __init__(self, platform: LeanPlatform) -> None:
        self._platform = platform
        self._transport: asyncio.Transport
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # a TCP connection
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while (end := self._received.find(b"\r\n\r\n")) >= 0:
            head = self._received[:end]
            length = _length(head)
            if len(self._received) < end + 4 + length:
                return
            body, self._received = self._received[end + 4 : end + 4 + length], self._received[end + 4 + length :]
            method = head.partition(b" HTTP/")[0].rpartition(b"/")[2].decode()
            self._platform.answer(method, body, self._reply)

    def _reply(self, content: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(_HEAD % len(content) + content)


def _fields(body: bytes) -> dict[str, str]:
    """Returns the parameters of a form; of one with a file, all but the file."""
    if not body.startswith(b"--"):
        return {name: values[0] for name, values in parse_qs(body.decode()).items()}
    parts = (part.partition(b"\r\n\r\n") for part in body.split(b"\r\n--"))
    named = ((_NAME.search(head), value) for head, _, value in parts if b"filename=" not in head)
    return {name[1].decode(): value.decode() for name, value in named if name is not None}


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    return 0
