"""HTTP connections that end when the other side takes too long, or when others need their place.

uvicorn itself bounds neither how long the head of a request takes nor how long an answer waits to be read.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

Awaited = Literal["head", "body", "reading", "next"]
"""What we wait for: a request's head, its body, that an answer is read, or another request on a connection kept."""


@dataclass(frozen=True, slots=True)
class ConnectionLimits:
    """How many connections there are at once, and within how many seconds the other side does its part."""

    connections: int = 512
    head_seconds: float = 10
    body_seconds: float = 40  # longer than a handler waits, which answers first
    reading_seconds: float = 10


@dataclass(slots=True)
class _Waiting:
    """The connections on which the other side has to do something, the one that has waited longest first."""

    connections: dict["TimedConnection", Awaited] = field(default_factory=dict)

    def make_room(self) -> None:
        """Closes the one that is missed least: a body that arrives is missed more than nothing."""
        silent = (each for each, awaited in self.connections.items() if awaited != "body")
        victim = next(silent, None) or next(iter(self.connections), None)
        if victim is not None:
            victim.give_up()


class TimedConnection(H11Protocol):
    """A connection that is closed when what it waits for does not come in time. `timed_connections` makes the class."""

    limits: ClassVar[ConnectionLimits]
    waiting: ClassVar[_Waiting]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._kept = False  # whether nothing has come since the last answer; uvicorn ends such a connection itself
        self._awaited: tuple[Awaited | None, object] = (None, None)
        self._timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Waits for a head from now on. At the limit, another connection gives way."""
        if len(self.connections) >= self.limits.connections - 1:
            self.waiting.make_room()
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Reads on."""
        self._kept = False
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Waits for the next request, or for the rest of this one's body, which nobody needs any more."""
        self._kept = True
        super().on_response_complete()
        self._watch()

    def pause_writing(self) -> None:
        """Waits until what was written has been read."""
        super().pause_writing()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """It is over."""
        self._stop()
        super().connection_lost(exc)

    def give_up(self) -> None:
        """Ends the connection at once, whatever is on its way."""
        self._stop()
        self.transport.abort()

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self.waiting.connections.pop(self, None)

    def _watch(self) -> None:
        """Begins to wait for what is due now; goes on waiting where that was due before."""
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
        """Whoever has read an answer meanwhile is waited for with something else."""
        if self._awaited[0] == "reading" and not self.transport.get_write_buffer_size():
            self._awaited = (None, None)
            self._watch()
        else:
            self.give_up()


def timed_connections(limits: ConnectionLimits) -> type[TimedConnection]:
    """Returns the class of one server's connections."""
    return type("TimedConnection", (TimedConnection,), {"limits": limits, "waiting": _Waiting()})
