"""uvicorn, made able to close a connection under a request."""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from bot.playground.api import CUT


class CuttableProtocol(H11Protocol):
    """HTTP/1.1 whose requests carry, as an ASGI extension, a function that cuts their connection."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Tell the application how to cut this connection."""
        super().connection_made(transport)
        application = self.app

        async def with_cut(scope: Any, receive: Any, send: Any) -> None:
            scope["extensions"] = {**scope.get("extensions", {}), CUT: {"close": transport.abort}}
            await application(scope, receive, send)

        self.app = with_cut
