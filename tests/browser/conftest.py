"""One browser for all tests of pages. They share its loop: `pytestmark = pytest.mark.asyncio(loop_scope="session")`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping

import pytest_asyncio
from playwright.async_api import Browser

from bot.playground import Phone, Playground, playground_server
from browser import running_browser

PEOPLE = {101: "Nader", 102: "Karim", 900: "Hamid"}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium."""
    async with running_browser() as browser:
        yield browser


@pytest_asyncio.fixture(loop_scope="session")
async def server() -> AsyncIterator[Playground]:
    """A server of its own for each test, with nobody on it."""
    async with playground_server() as server:
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def people(server: Playground) -> Mapping[int, Phone]:
    """Three people by their ids, all of whom have started the bot."""
    phones = {id: await server.phone(id, name, username=name.lower()) for id, name in PEOPLE.items()}
    for phone in phones.values():
        await phone.send("/start")
    return phones


@pytest_asyncio.fixture(loop_scope="session")
async def nader(people: Mapping[int, Phone]) -> Phone:
    """The member among them."""
    return people[101]
