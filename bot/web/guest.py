"""uvicorn inside a loop that is somebody else's."""

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import Any, Literal

import uvicorn

LONGEST_END_S = 2
LOOK_AGAIN_S = 0.005


class GuestServer(uvicorn.Server):
    """A server that takes no signals, says when it listens, and ends when it is told."""

    def __init__(
        self,
        application: Any,
        *,
        http: Literal["h11"] | type[asyncio.Protocol],
        keep_alive_seconds: int,
        connections_max: int | None = None,
    ) -> None:
        """It logs nothing, and says nothing of itself in its answers."""
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
        """Listen, and say so."""
        await super().startup(sockets)
        self.listening.set()

    async def main_loop(self) -> None:
        """Serve until told to end; no ticking is needed, because no header holds the time."""
        await self.ending.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, close idle connections, and give those that are being answered a moment to end."""
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
        """Leave signals to whoever owns the process."""
        yield
