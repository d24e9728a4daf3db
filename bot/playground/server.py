"""Starts the local Bot API server: in the running loop, in a thread of its own, or alone.

It listens on the loopback, unless the demo asks for more.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.playground import page
from bot.playground.api import BotApi
from bot.playground.control import Control
from bot.playground.methods import all_methods
from bot.playground.protocol import CuttableProtocol
from bot.playground.spec import load_spec
from bot.playground.world import Settings, World
from bot.web.guest import GuestServer
from bot.web.listening import take_address

HOST = "127.0.0.1"
LONGEST_START_S = 10


@dataclass(frozen=True, slots=True)
class ServerAddress:
    """Holds a running server's address, and the bot's token and name there."""

    url: str
    token: str
    bot_username: str

    @property
    def base_url(self) -> str:
        """Returns the bot's `base_url` setting."""
        return f"{self.url}/bot"

    @property
    def base_file_url(self) -> str:
        """Returns the bot's `base_file_url` setting."""
        return f"{self.url}/file/bot"


@dataclass(frozen=True, slots=True)
class Listener:
    """Holds an application served at `url` in this loop, until `stop` is awaited."""

    url: str
    _server: GuestServer
    _task: asyncio.Task[None]

    async def stop(self) -> None:
        """Stops at once: requests in progress get a moment, then connections are closed."""
        self._server.ending.set()
        await self._task


@dataclass(frozen=True, slots=True)
class RunningServer:
    """Holds a server in this loop, until `stop` is awaited."""

    address: ServerAddress
    world: World
    _listener: Listener

    async def stop(self) -> None:
        """Stops at once: waiting calls are answered, connections closed."""
        self.world.close()
        await self._listener.stop()


def application(
    world: World, current: Callable[[], World] | None = None, beside: Sequence[BaseRoute] = ()
) -> Starlette:
    """Returns the ASGI application over a world: the Bot API, the control interface, the page, and the routes `beside`.

    `current` returns the page's current world where that can be replaced.
    """
    api = BotApi(world, load_spec(), all_methods())
    pages = page.routes(current or (lambda: world))
    return Starlette(routes=[*beside, *api.routes(), *Control(world).routes(), *pages])


class RevolvingStage:
    """Serves the current world: another can replace it while the server runs.

    A request stays in the world in which it started.
    """

    def __init__(self, current: Callable[[], World], beside: Sequence[BaseRoute] = ()) -> None:
        self._current = current
        self._beside = beside
        self._turn_to(current())

    def _turn_to(self, world: World) -> None:
        self._world, self._application = world, application(world, self._current, self._beside)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a request."""
        if (world := self._current()) is not self._world:
            self._turn_to(world)
        await self._application(scope, receive, send)


async def listen(app: ASGIApp, port: int = 0, host: str = HOST) -> Listener:
    """Serves an application in the running loop, on `port` or a free one; raises OSError where binding fails."""
    listener, url = take_address(host, port)
    server = GuestServer(app, http=CuttableProtocol, keep_alive_seconds=60)
    task = asyncio.create_task(server.serve([listener]))
    await server.listening.wait()
    return Listener(url, server, task)


async def start(port: int = 0, settings: Settings | None = None) -> RunningServer:
    """Starts a server in the running loop, on `port` or a free one; raises OSError where the port is taken."""
    world = World(settings or Settings())
    listener = await listen(application(world), port)
    return RunningServer(ServerAddress(listener.url, world.settings.token, world.settings.username), world, listener)


@contextlib.asynccontextmanager
async def serving(port: int = 0, settings: Settings | None = None) -> AsyncIterator[RunningServer]:
    """Runs a server in this loop for the length of the block."""
    running = await start(port, settings)
    try:
        yield running
    finally:
        await running.stop()


@contextlib.contextmanager
def running_playground(port: int = 0, settings: Settings | None = None) -> Iterator[ServerAddress]:
    """Runs a server in a thread of its own for the length of the block."""
    started: Future[tuple[ServerAddress, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def serve() -> None:
        try:
            async with serving(port, settings) as running:
                over = asyncio.Event()
                started.set_result((running.address, asyncio.get_running_loop(), over))
                await over.wait()
        except OSError as problem:
            started.set_exception(problem)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), name="playground", daemon=True)
    thread.start()
    address, loop, over = started.result(LONGEST_START_S)
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(over.set)
        thread.join()
