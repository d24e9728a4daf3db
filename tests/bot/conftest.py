from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.botapi.client import PlainBot, build_bot
from bot.playground.client import Playground, playground_server
from machine import Store


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    """The machine's tables in a fresh file."""
    store = await Store.open(tmp_path / "machine.db")
    yield store
    await store.close()


@pytest.fixture
async def server() -> AsyncIterator[Playground]:
    """A local Bot API server with nobody on it."""
    async with playground_server() as server:
        yield server


@pytest.fixture
async def api(server: Playground) -> AsyncIterator[PlainBot]:
    """A bot that is connected to the local server."""
    bot = build_bot(server.token, base_url=server.base_url, base_file_url=server.base_file_url, read_timeout=5)
    async with bot:
        yield bot
