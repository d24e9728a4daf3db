"""Records the shop's requests to the purchase API and their answers, for display."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Final

import aiohttp

from bot.kit.json import Json

PATIENCE: Final = aiohttp.ClientTimeout(total=10)
HIDDEN: Final = "Bearer …"
"""The mask shown in place of the secret."""


class Unanswered(Exception):
    """Reports that the purchase API cannot be reached."""


@dataclass(frozen=True, slots=True)
class ApiExchange:
    """Holds one request with its answer. `at` is milliseconds UTC on the demo's clock."""

    seq: int
    at: int
    took_ms: int
    path: str
    headers: Mapping[str, str]
    request: Json
    status: int
    answer: Json

    @property
    def taken(self) -> bool:
        """Returns whether the order is recorded: now (201), or earlier (200)."""
        return self.status in {200, 201}

    def as_json(self) -> Json:
        """Returns the exchange as the page's JSON."""
        return asdict(self)


class PurchaseApi:
    """Calls the purchase API as a shop: `open` it at the bot's address, with the shop's secret."""

    def __init__(self, now: Callable[[], int]) -> None:
        """`now` returns milliseconds UTC."""
        self.exchanges: list[ApiExchange] = []
        self._now = now
        self._session: aiohttp.ClientSession | None = None

    @property
    def is_open(self) -> bool:
        """Returns whether requests can be sent."""
        return self._session is not None

    def open(self, url: str, secret: str) -> None:
        """Opens the client for the shop with that secret."""
        headers = {"Authorization": f"Bearer {secret}"}
        self._session = aiohttp.ClientSession(url, headers=headers, timeout=PATIENCE)

    async def close(self) -> None:
        """Closes the connections."""
        if self._session is not None:
            session, self._session = self._session, None
            await session.close()

    async def post(self, path: str, body: Json, key: str | None = None) -> ApiExchange:
        """Sends a request, with an Idempotency-Key where `key` is given. Raises Unanswered."""
        if self._session is None:
            raise Unanswered
        own = {"Idempotency-Key": key} if key else {}
        at, begun = self._now(), time.monotonic_ns()
        try:
            async with self._session.post(path, json=body, headers=own) as answer:
                status, content = answer.status, await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError) as problem:
            raise Unanswered from problem
        took_ms = (time.monotonic_ns() - begun) // 1_000_000
        shown = {"Authorization": HIDDEN, **own}
        exchange = ApiExchange(len(self.exchanges) + 1, at, took_ms, path, shown, body, status, content)
        self.exchanges.append(exchange)
        return exchange
