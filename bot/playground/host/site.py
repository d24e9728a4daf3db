"""Runs the demo as a whole: its server, its access check and its host, from opening to closing."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from starlette.types import ASGIApp

from bot.playground.host.guard import KEY, Door, Guard, is_loopback
from bot.playground.host.host import Host
from bot.playground.host.routes import Curtain, demo_routes
from bot.playground.server import HOST, RevolvingStage, listen

ANYWHERE: Final = {"0.0.0.0": HOST, "::": "::1"}  # noqa: S104  (only with a key)
"""Addresses that mean all of a machine's, and the address that the bot uses instead."""


LONGEST_OPENING_S: Final = 10


@dataclass(frozen=True, slots=True)
class Site:
    """Holds an open demo: the URL to open in a browser, and the bot's start, a task that ends when the bot serves."""

    url: str
    opening: asyncio.Task[None]


def site_application(host: Host, door: Door) -> ASGIApp:
    """Returns the demo's application: its own interface, and the local server's."""
    stage = RevolvingStage(lambda: host.world, demo_routes(host))
    return Guard(Curtain(stage, host), door)


@asynccontextmanager
async def open_site(host: Host, *, address: str = HOST, port: int = 0, key: str | None = None) -> AsyncIterator[Site]:
    """Serves the demo for the length of the block; the page answers at once, the bot starts in the background.

    `address` other than a loopback one needs a key. Raises OSError where it cannot be bound.
    """
    if key is None and not is_loopback(address):
        raise ValueError("a key is needed where others can reach the demo")
    listener = await listen(site_application(host, Door(host.token, key)), port, address)
    number = listener.url.rpartition(":")[2]
    own = ANYWHERE.get(address, address)
    opening = asyncio.create_task(host.open(_url(own, number)))
    shown = socket.gethostname() if address in ANYWHERE else address
    query = f"?{KEY}={key}" if key else ""
    try:
        yield Site(f"{_url(shown, number)}/{query}", opening)
    finally:
        await _opened(opening)
        await host.close()
        await listener.stop()


async def _opened(opening: asyncio.Task[None]) -> None:
    """Waits for the opening before closing: a store abandoned half-way would leave a thread behind."""
    await asyncio.wait({opening}, timeout=LONGEST_OPENING_S)
    opening.cancel()
    await asyncio.gather(opening, return_exceptions=True)


def _url(host: str, port: str) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
