"""Closes HTTP connections when the client is too slow, or when others need the slot.

uvicorn itself limits neither the time of a request's head nor the time that an answer waits to be read.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

Awaited = Literal["head", "body", "reading", "next"]
"""The awaited step: a request's head, its body, reading of an answer, or the next request on a kept connection."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """Holds the maximum number of connections, and the client's time limits in seconds."""

    connections: int = 512
    head_seconds: float = 10
    body_seconds: float = 40  # longer than a handler's timeout, so that the handler answers first
    reading_seconds: float = 10


@dataclass(slots=True)
class _WaitingRequest:
    """Tracks the connections that wait for their client, longest wait first."""

    connections: dict["TimedConnection", Awaited] = field(default_factory=dict)

    def make_room(self) -> None:
        """Closes the least valuable connection: an idle one before one that receives a body."""
        silent = (each for each, awaited in self.connections.items() if awaited != "body")
        victim = next(silent, None) or next(iter(self.connections), None)
        if victim is not None:
            victim.give_up()


class TimedConnection(H11Protocol):
    """Closes itself when the awaited step is late. `timed_connections` makes the class."""

    limits: ClassVar[ConnectionLimits]
    waiting: ClassVar[_WaitingRequest]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = False  # idle since the last answer; uvicorn closes such a connection itself
        self._awaited: tuple[Awaited | None, object] = (None, None)
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Starts waiting for a head. At the limit, closes another connection."""
        if len(self.connections) >= self.limits.connections - 1:
            self.waiting.make_room()
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Reads the data and updates the awaited step."""
        self._kept = False
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Waits for the next request, or for the rest of this one's body, which is discarded."""
        self._kept = True
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """Waits until the written data has been read."""
        super().pause_writing()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Stops the timer of a closed connection."""
        self._stop()
        super().connection_lost(exc)

    def give_up(self) -> None:
        """Closes the connection at once, discarding data in flight."""
        self._stop()
        self.transport.abort()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.waiting.connections.pop(self, None)

    def _watch(self) -> None:
        """Starts the timer of the awaited step; a running timer of the same step continues."""
        awaited = (self._what_is_due(), self.cycle)
        if awaited == self._awaited or (self.transport.is_closing() and awaited[0] != "reading"):
            return
        self._stop()
        self._awaited = awaited
        if awaited[0] is not None:
            self.waiting.connections[self] = awaited[0]
            if (seconds := self._seconds_for(awaited[0])) is not None:
                self._timer = self.loop.call_later(seconds, self._too_late)

    def _what_is_due(self) -> Awaited | None:
        if self.transport.get_write_buffer_size():
            return "reading"
        if self.conn.their_state is h11.SEND_BODY:
            return "body"
        if self.conn.their_state is h11.IDLE:
            return "next" if self._kept else "head"
        return None

    def _seconds_for(self, awaited: Awaited) -> float | None:
        match awaited:
            case "head":
                return self.limits.head_seconds
            case "body":
                return self.limits.body_seconds
            case "reading":
                return self.limits.reading_seconds
            case "next":
                return None

    def _too_late(self) -> None:
        """Closes the connection, unless the client has read the answer meanwhile; then waits for the next step."""
        if self._awaited[0] == "reading" and not self.transport.get_write_buffer_size():
            self._awaited = (None, None)
            self._watch()
        else:
            self.give_up()


def timed_connections(limits: ConnectionLimits) -> type[TimedConnection]:
    """Returns the connection class of one server."""
    return type("TimedConnection", (TimedConnection,), {"limits": limits, "waiting": _WaitingRequest()})
