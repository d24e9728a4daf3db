"""A server of its own for each test, and three ways to reach it: phones, plain HTTP, and a real Bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest
import telegram

from bot.playground import Phone, Playground, Settings, playground_server

Json = dict[str, Any]


class Clock:
    """A clock that stands still until it is moved; milliseconds UTC."""

    def __init__(self) -> None:
        self.now = 1_800_000_000_000

    def __call__(self) -> int:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += int(seconds * 1000)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[Playground]:
    async with playground_server(settings=Settings(now_ms=clock, first_update_id=1000)) as playground:
        yield playground


@pytest.fixture
async def nader(server: Playground) -> Phone:
    """Somebody who has started the bot."""
    phone = await server.phone(id=101, first_name="Nader", username="nader", language_code="fa")
    await phone.send("/start")
    return phone


@pytest.fixture
async def call(server: Playground) -> AsyncIterator[Callable[..., Coroutine[Any, Any, Json]]]:
    """Call a method with a JSON body and return the whole answer."""
    async with aiohttp.ClientSession() as session:

        async def post(method: str, **params: Any) -> Json:
            async with session.post(f"{server.base_url}{server.token}/{method}", json=params) as answer:
                body: Json = await answer.json()
                assert answer.status == (200 if body["ok"] else body["error_code"])
                return body

        yield post


@pytest.fixture
async def bot(server: Playground) -> AsyncIterator[telegram.Bot]:
    """The library's own Bot over its default transport."""
    bot = telegram.Bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url)
    async with bot:
        yield bot
