"""Serves the application in the running loop, until it is cancelled."""

import asyncio
import logging
import socket
from typing import Any

import uvicorn

from bot.config.shops import Http
from bot.web.guest import GuestServer
from engine.errors import MoarefError

CONNECTIONS_MAX = 512
KEEP_ALIVE_SECONDS = 15

_log = logging.getLogger(__name__)


class HttpUnavailable(MoarefError):
    """The address cannot be listened on."""


class HttpServer:
    """A server on an address that is taken at once, so that a port in use is told at the start.

    Raises HttpUnavailable. `address` is where it really is: port 0 takes a free one.
    """

    def __init__(self, http: Http) -> None:
        family = socket.AF_INET6 if ":" in http.host else socket.AF_INET
        # With its protocol named, asyncio turns Nagle's delay off: 1 ms for a call instead of 44.
        self._listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            self._listener.bind((http.host, http.port))
        except OSError as problem:
            self._listener.close()
            raise HttpUnavailable(f"http: {http.host} port {http.port}: {problem.strerror or problem}") from None
        host = f"[{http.host}]" if family == socket.AF_INET6 else http.host
        self.address = f"http://{host}:{self._listener.getsockname()[1]}"

    async def run(self, application: Any) -> None:
        """Until cancelled; what is being answered then is given a moment to end."""
        config = uvicorn.Config(
            application,
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            date_header=False,
            limit_concurrency=CONNECTIONS_MAX,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            proxy_headers=False,
        )
        server = GuestServer(config)
        serving = asyncio.ensure_future(server.serve([self._listener]))
        _log.info("listening on %s", self.address)
        try:
            await asyncio.shield(serving)
        finally:
            server.ending.set()
            await serving

    def close(self) -> None:
        """Lets the address go, where it never came to serving."""
        self._listener.close()
