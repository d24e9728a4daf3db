"""Runs uvicorn in an existing event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import Any, Literal

import uvicorn

LONGEST_END_S = 2
LOOK_AGAIN_S = 0.005


class GuestServer(uvicorn.Server):
    """Serves without signal handlers, reports when it listens, and stops on request."""

    def __init__(
        self,
        application: Any,
        *,
        http: Literal["h11"] | type[asyncio.Protocol],
        keep_alive_seconds: int,
        connections_max: int | None = None,
    ) -> None:
        """Configures uvicorn without logs and without a Server header."""
        config = uvicorn.Config(
            application,
            http=http,
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            limit_concurrency=connections_max,
            timeout_keep_alive=keep_alive_seconds,
            proxy_headers=False,
        )
        super().__init__(config)
        self.listening = asyncio.Event()
        self.ending = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Starts listening and reports it."""
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        """Serves until stopped; ticks are unnecessary, because no header contains the time."""
        await self.ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stops listening, closes idle connections, and gives requests in progress a moment to finish."""
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        try:
            async with asyncio.timeout(LONGEST_END_S):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 (it keeps sets)
                    await asyncio.sleep(LOOK_AGAIN_S)
        except TimeoutError:
            for task in list(self.server_state.tasks):
                task.cancel()

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Leaves signals to the process's owner."""
        yield
