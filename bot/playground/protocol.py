"""Extends uvicorn to close a connection in the middle of a request."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.api import CUT


class CuttableProtocol(H11Protocol):
    """Adds a function that cuts the connection to each HTTP/1.1 request, as an ASGI extension."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Passes the application the function that cuts this connection."""
        super().connection_made(transport)
        application = self.app

        async def with_cut(scope: Any, receive: Any, send: Any) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), CUT: {"close": transport.abort}}
            await application(scope, receive, send)

        self.app = with_cut
