"""Defines requested faults, added delay, and rate limits."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.playground.refusals import FloodRefusal

WINDOW_MS = 1000


class FaultKind(StrEnum):
    """Lists the kinds of faults of a call."""

    TOO_MANY = "429"
    FAILURE = "500"
    CUT_BEFORE = "cut_before"  # the connection closes before the call takes effect
    CUT_AFTER = "cut_after"  # the call takes effect, the connection closes without an answer
    ANSWER_BEFORE = "answer_before"  # a gateway answers, and the call never arrives
    ANSWER_AFTER = "answer_after"  # the call takes effect, and a gateway answers instead


DOWNLOAD = "download"
"""The name of the file download in faults; it is not a method."""


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    """Holds an answer of a gateway before Telegram. Invalid UTF-8 bytes are surrogates in `body`."""

    status: int = 502
    content_type: str = "text/html"
    body: str = ""

    @property
    def content(self) -> bytes:
        """Returns the bytes of the body."""
        return self.body.encode("utf-8", "surrogateescape")


@dataclass(slots=True)
class Fault:
    """Holds a fault of the next `count` calls of methods like `method` (`*` allowed), after `skip` calls.

    `chat_id` limits it to one chat; `retry_after` is in seconds. `answer` is the gateway's answer.
    """

    kind: FaultKind
    method: str = "*"
    count: int = 1
    skip: int = 0
    retry_after: int = 1
    chat_id: int | None = None
    answer: GatewayAnswer | None = None

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Returns whether the fault applies to this call."""
        if method == DOWNLOAD and self.method != DOWNLOAD:
            return False
        return fnmatchcase(method, self.method) and self.chat_id in {None, chat_id}


class FaultPlan:
    """Holds the faults in the order of request, and `delay_ms` added to every call."""

    def __init__(self) -> None:
        self.delay_ms = 0
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Plans a fault."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Drops every planned fault; the delay stays."""
        self._faults.clear()

    @property
    def left(self) -> list[Fault]:
        """Returns the faults that have not all occurred yet."""
        return list(self._faults)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Returns the fault of this call, counting it down; None where the call succeeds."""
        for fault in self._faults:
            if not fault.meets(method, chat_id):
                continue
            if fault.skip > 0:
                fault.skip -= 1
                continue
            fault.count -= 1
            self._faults = [other for other in self._faults if other.count > 0]
            return fault
        return None


class RateLimits:
    """Limits the messages in any second, over all chats and in one; None is no limit."""

    def __init__(self) -> None:
        self.overall: int | None = None
        self.per_chat: int | None = None
        self._sent: deque[int] = deque()
        self._sent_to: dict[int, deque[int]] = defaultdict(deque)

    def check(self, now: int, chat_id: int) -> None:
        """Counts a message at `now` (milliseconds UTC); raises `FloodRefusal` where it exceeds a limit."""
        windows = [(self._sent, self.overall), (self._sent_to[chat_id], self.per_chat)]
        for sent, limit in windows:
            while sent and sent[0] <= now - WINDOW_MS:
                sent.popleft()
            if limit is not None and len(sent) >= limit:
                raise FloodRefusal(retry_after=1)
        for sent, _ in windows:
            sent.append(now)
