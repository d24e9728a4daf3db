"""Limits the total size of request bodies in progress, so that a flood of them does not exhaust memory."""

from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from handlers.web.problems import HttpProblem

FREE_BYTES: Final = 64 * 1024
"""Bytes of each body that are always accepted: most orders are shorter, and do not wait for a flood of longer ones."""
BYTES_MAX: Final = 32 * 1024 * 1024
"""Total limit of the bytes beyond FREE_BYTES in all bodies."""
RETRY_AFTER_S: Final = 10


class BodyBudget:
    """Counts bytes from their arrival until their request is answered, as ASGI middleware.

    A request that exceeds the budget is refused with 503: reading its body raises HttpProblem.
    """

    def __init__(self, app: ASGIApp, *, most: int = BYTES_MAX, free: int = FREE_BYTES) -> None:
        self._app = app
        self._most = most
        self._free = free
        self._taken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Runs the application, with its bodies counted."""
        arrived = charged = 0

        async def counted() -> Message:
            nonlocal arrived, charged
            message = await receive()
            arrived += len(message.get("body", b""))
            due = max(0, arrived - self._free) - charged
            if due > 0:
                if self._taken + due > self._most:
                    raise HttpProblem(503, "busy", "too many bodies at once; try again", retry_after_s=RETRY_AFTER_S)
                self._taken += due
                charged += due
            return message

        try:
            await self._app(scope, counted, send)
        finally:
            self._taken -= charged
