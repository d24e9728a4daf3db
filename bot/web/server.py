"""Serves the application in the running loop, until it is cancelled."""

import asyncio
import logging
from typing import Any

from bot.config.shops import Http
from bot.web.connections import ConnectionLimits, timed_connections
from bot.web.guest import GuestServer
from bot.web.listening import take_address
from engine.errors import MoarefError

KEEP_ALIVE_SECONDS = 15

_log = logging.getLogger(__name__)


class HttpUnavailable(MoarefError):
    """Reports that the address cannot be bound."""


class HttpServer:
    """Serves on an address that is bound at once, so that a port in use is reported at the start.

    Raises HttpUnavailable. `address` is the bound one: port 0 takes a free one. `limits` limit its connections.
    """

    def __init__(self, http: Http, limits: ConnectionLimits | None = None) -> None:
        self._limits = limits or ConnectionLimits()
        try:
            self._listener, self.address = take_address(http.host, http.port)
            self._listener.listen(
                self._limits.connections
            )  # clients that connect before serving wait and are not refused
        except OSError as problem:
            raise HttpUnavailable(f"http: {http.host} port {http.port}: {problem.strerror or problem}") from None

    async def run(self, application: Any) -> None:
        """Serves until cancelled, then gives requests in progress a moment to finish."""
        server = GuestServer(
            application,
            http=timed_connections(self._limits),
            keep_alive_seconds=KEEP_ALIVE_SECONDS,
            connections_max=self._limits.connections,
        )
        serving = asyncio.ensure_future(server.serve([self._listener]))
        _log.info("listening on %s", self.address)
        try:
            await asyncio.shield(serving)
        finally:
            server.ending.set()
            await serving

    def close(self) -> None:
        """Releases the address where serving never started."""
        self._listener.close()
