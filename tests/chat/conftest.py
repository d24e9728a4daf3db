"""What the tests of whole conversations share."""

from collections.abc import AsyncIterator

import pytest

from bot.playground import Playground, playground_server


@pytest.fixture
async def playground() -> AsyncIterator[Playground]:
    """The platform, and the phones on it."""
    async with playground_server() as server:
        yield server
