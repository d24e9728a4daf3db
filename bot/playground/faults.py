"""Faults on demand, added delay, and limits on how fast the bot may be."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase

from bot.playground.refusals import TooManyRequests

WINDOW_MS = 1000


class FaultKind(StrEnum):
    """What goes wrong with a call."""

    TOO_MANY = "429"
    FAILURE = "500"
    CUT_BEFORE = "cut_before"  # the connection closes before the call takes effect
    CUT_AFTER = "cut_after"  # the call takes effect, the connection closes without an answer
    ANSWER_BEFORE = "answer_before"  # something in between answers, and the call never comes
    ANSWER_AFTER = "answer_after"  # the call takes effect, and something in between answers instead


DOWNLOAD = "download"
"""What a fault calls the download of a file, which is no method."""


@dataclass(frozen=True, slots=True)
class GatewayAnswer:
    """An answer of something that stands before the platform. Bytes that are no UTF-8 are surrogates in `body`."""

    status: int = 502
    content_type: str = "text/html"
    body: str = ""

    @property
    def content(self) -> bytes:
        """The bytes of the body."""
        return self.body.encode("utf-8", "surrogateescape")


@dataclass(slots=True)
class Fault:
    """A fault that meets the next `count` calls of methods like `method` (`*` allowed), once `skip` have passed.

    `chat_id` narrows it to one chat; `retry_after` is in seconds. `answer` is what is answered in between.
    """

    kind: FaultKind
    method: str = "*"
    count: int = 1
    skip: int = 0
    retry_after: int = 1
    chat_id: int | None = None
    answer: GatewayAnswer | None = None

    def meets(self, method: str, chat_id: int | None) -> bool:
        """Tell whether the fault is for such a call."""
        if method == DOWNLOAD and self.method != DOWNLOAD:
            return False
        return fnmatchcase(method, self.method) and self.chat_id in {None, chat_id}


class FaultPlan:
    """Faults in the order they were asked for, and `delay_ms` added to every call."""

    def __init__(self) -> None:
        self.delay_ms = 0
        self._faults: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Plan a fault."""
        self._faults.append(fault)

    def clear(self) -> None:
        """Forget every planned fault; the delay stays."""
        self._faults.clear()

    @property
    def left(self) -> list[Fault]:
        """The faults that have not all happened yet."""
        return list(self._faults)

    def take(self, method: str, chat_id: int | None) -> Fault | None:
        """Return the fault that meets this call, counting it down; None when it goes through."""
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
    """At most so many messages in any second, over all chats and in one; None is no limit."""

    def __init__(self) -> None:
        self.overall: int | None = None
        self.per_chat: int | None = None
        self._sent: deque[int] = deque()
        self._sent_to: dict[int, deque[int]] = defaultdict(deque)

    def check(self, now: int, chat_id: int) -> None:
        """Count a message at `now` (milliseconds UTC), or raise `TooManyRequests` where it comes too early."""
        windows = [(self._sent, self.overall), (self._sent_to[chat_id], self.per_chat)]
        for sent, limit in windows:
            while sent and sent[0] <= now - WINDOW_MS:
                sent.popleft()
            if limit is not None and len(sent) >= limit:
                raise TooManyRequests(retry_after=1)
        for sent, _ in windows:
            sent.append(now)
