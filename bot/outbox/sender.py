"""Sends the outbox's messages and broadcasts, and records their delivery status.

A message is marked after Telegram's answer, so a kill in between sends it again, with the same reference. A broadcast's
message is also marked before its call, and is not repeated where delivery is unconfirmed. The writer commits marks of
different chats together. There is no polling: work is announced by signals.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Protocol, TypeVar

from bot.kit.references import error_reference
from bot.outbox.delivery import MessageSender
from bot.outbox.delivery_result import (
    Blocked,
    DeliveryResult,
    MessageMissing,
    NotDelivered,
    RateLimited,
    Rejected,
    Sent,
    Unconfirmed,
)
from bot.outbox.loader import BroadcastPages, OutboxLoader
from bot.outbox.repeats import as_repeat
from bot.outbox.repository_protocol import MessageRepository
from bot.outbox.send_queue import Queue
from bot.runtime.backoff import back_off
from bot.runtime.clock import Clock
from bot.runtime.rate_limit import InFlightWindow, TokenBucket
from bot.runtime.signals import Signals
from bot.store.outbox import Outbox, OutboxMessage, Priority
from bot.store.retention import HELD_LIFE_MS
from bot.store.retry import patiently
from engine.store.driver import DriverError

BACK_OFF_CAP_MS: Final = 60_000
AT_ONCE: Final = 64
BROADCASTS_AT_ONCE: Final = 20
STOP_SECONDS: Final = 5
LIFE_MS: Final = {Priority.ANSWER: 24 * 3_600_000, Priority.NOTICE: HELD_LIFE_MS}
"""Time after its cause in which a message is worth sending; for notices, as long as they are kept for absent people.

A broadcast has no limit until it is cancelled.
"""

_log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Limits:
    """Holds Telegram's limits: messages a second, in all and to one chat, the burst to one chat, and messages a minute
    to one group.

    Broadcasts have a lower rate of their own, so that there is always room for an answer.
    """

    per_second: float = 30
    per_chat_second: float = 1
    chat_burst: int = 3
    broadcasts_per_second: float = 25
    per_group_minute: float = 20

    def queue(self) -> Queue:
        """Returns an empty queue with these limits; in all, a sixth of a second's messages may go at once."""
        return Queue(
            _spread(self.per_second),
            lambda: TokenBucket(self.per_chat_second, self.chat_burst),
            window=InFlightWindow(max(1, int(self.per_second))),
            broadcasts=_spread(min(self.per_second, self.broadcasts_per_second)),
            group_bucket=lambda: TokenBucket(self._per_group_second, self.chat_burst),
        )

    @property
    def _per_group_second(self) -> float:
        return min(self.per_chat_second, self.per_group_minute / 60)


def _as_sent(letter: OutboxMessage, sent: Sent) -> OutboxMessage:
    """Returns the message with the card that it showed and the chat that it went to."""
    outgoing = letter.outgoing if sent.moved_to is None else replace(letter.outgoing, chat_id=sent.moved_to)
    return replace(letter, outgoing=outgoing, rendered=sent.card)


def _spread(per_second: float) -> TokenBucket:
    return TokenBucket(per_second, max(1, int(per_second / 6)))


@dataclass(frozen=True, slots=True)
class _Asked:
    """Holds the time of a call: by the clock (ms, UTC), which may be changed, and in monotonic ticks."""

    at: int
    ticks: int


class BroadcastBook(MessageRepository, BroadcastPages, Protocol):
    """Stores the messages of broadcasts and their delivery status."""


class Sender:
    """Sends messages of the outbox and of broadcasts to Telegram."""

    def __init__(
        self,
        outbox: Outbox,
        message_sender: MessageSender,
        *,
        clock: Clock,
        random: Random,
        signals: Signals,
        limits: Limits | None = None,
        broadcasts: BroadcastBook | None = None,
    ) -> None:
        self._books: list[MessageRepository] = [outbox] if broadcasts is None else [outbox, broadcasts]
        self._message_sender = message_sender
        self._clock = clock
        self._random = random
        self._queue = (limits or Limits()).queue()
        self._queue.broadcasts_at_once = BROADCASTS_AT_ONCE
        self._intake = OutboxLoader(self._queue, outbox, broadcasts, clock)
        self._failures = 0
        self._faltered_at = 0
        self._woken = asyncio.Event()
        announcements = {
            signals.outbox_changed: tuple(Priority),
            signals.answers_added: (Priority.ANSWER,),
            signals.notices_added: (Priority.NOTICE,),
        }
        for signal in announcements:
            signal.subscribe(self._woken)
        self._announced = [(signal.subscribe(), kinds) for signal, kinds in announcements.items()]
        self._support_failed = signals.support_failed
        self._returned = signals.chat_returned.subscribe(self._woken)
        self._tasks: set[asyncio.Task[None]] = set()
        self._claims: set[asyncio.Task[frozenset[int]]] = set()

    async def run(self) -> None:
        """Runs until cancelled, then a little longer for messages in flight.

        Starts with those left by an earlier run.
        """
        for book in self._books:
            await self._until_written(lambda book=book: book.recover(self._clock.now()))  # type: ignore[misc]
        self._intake.announce(*Priority)
        try:
            while True:
                self._woken.clear()
                self._take_signals()
                await self._intake.load()
                self._start()
                await self._clock.wait(self._woken, self._wait())
        finally:
            await self._finish()

    def _take_signals(self) -> None:
        for announced, kinds in self._announced:
            if announced.is_set():
                announced.clear()
                self._intake.announce(*kinds)
        while self._returned:
            self._intake.release(self._returned.popleft())

    async def _finish(self) -> None:
        """Waits for messages in flight; unanswered ones are left as a kill would leave them."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    def _wait(self) -> int | None:
        if len(self._tasks) >= AT_ONCE:
            return None
        return self._queue.wait(self._clock.ticks())

    def _start(self) -> None:
        """Sends all messages that may go now; they are claimed together first."""
        taken: list[tuple[OutboxMessage, int]] = []
        while len(self._tasks) + len(taken) < AT_ONCE and (one := self._queue.take(self._clock.ticks())) is not None:
            taken.append(one)
        for priority in Priority:  # one claim a kind: an answer does not wait for a notice's mark
            group = [(letter, tries) for letter, tries in taken if letter.priority is priority]
            if group:
                claim = self._claim([letter for letter, _ in group])
                for letter, tries in group:
                    self._tasks.add(task := asyncio.create_task(self._see_to(letter, tries, claim)))
                    task.add_done_callback(self._tasks.discard)

    def _book_of(self, letter: OutboxMessage) -> MessageRepository:
        return self._books[letter.priority is Priority.BROADCAST]

    def _claim(self, letters: list[OutboxMessage]) -> asyncio.Task[frozenset[int]]:
        claim = asyncio.create_task(self._claimed(letters))
        self._claims.add(claim)
        claim.add_done_callback(self._claims.discard)
        return claim

    async def _claimed(self, letters: list[OutboxMessage]) -> frozenset[int]:
        book = self._book_of(letters[0])
        return await patiently(lambda: book.claim(letters, self._clock.now()), self._clock)

    async def _see_to(self, letter: OutboxMessage, tries: int, claim: asyncio.Task[frozenset[int]]) -> None:
        try:
            claimed = await asyncio.shield(claim)
            if letter.id not in claimed:
                self._settle(letter)
                return
            if self._is_too_old(letter):
                await self._fail(letter, tries, "expired before it could be sent")
                return
            asked = _Asked(self._clock.now(), self._clock.ticks())
            outgoing = as_repeat(letter.outgoing) if letter.repeated else letter.outgoing
            verdict = await self._message_sender.deliver(outgoing)
            await self._act_on(verdict, letter, tries + 1, asked)
        except Exception:  # noqa: BLE001  no message may stop the others
            _log.exception("message %d failed unexpectedly; retrying", letter.id)
            self._retry_later(letter, tries + 1)
        finally:
            self._woken.set()

    def _is_too_old(self, letter: OutboxMessage) -> bool:
        life_ms = LIFE_MS.get(letter.priority)
        return life_ms is not None and self._clock.now() - letter.created_at > life_ms

    async def _act_on(self, verdict: DeliveryResult, letter: OutboxMessage, tries: int, asked: _Asked) -> None:
        book, now = self._book_of(letter), self._clock.now()
        if not isinstance(verdict, Unconfirmed | NotDelivered):
            self._trust()
        match verdict:
            case Sent(message_id):
                sent = _as_sent(letter, verdict)
                await self._until_written(lambda: book.mark_sent(sent, message_id, tries, now))
                self._settle(letter)
            case RateLimited(wait_ms):
                _log.warning("Telegram flood control: retry after %d ms", wait_ms)
                self._queue.pause(self._clock.ticks(), wait_ms)
                await self._until_written(lambda: book.put_back(letter))
                self._queue.retry(letter, self._clock.ticks(), 0, failed=False)
            case NotDelivered(problem):
                level = self._falter(asked)
                _log.log(level, "message %d not delivered; retrying: %s", letter.id, problem)
                await self._until_written(lambda: book.put_back(letter))
                self._retry_later(letter, tries)
            case Unconfirmed(problem):
                await self._doubt(letter, tries, problem, self._falter(asked))
            case Blocked():
                await self._hold_chat(letter, tries, asked)
            case MessageMissing(problem) | Rejected(problem):
                await self._fail(letter, tries, problem)

    async def _until_written(self, mark: Callable[[], Awaitable[T]]) -> T:
        """Retries until the store records the mark: a delivered message must not be repeated because a disk is full."""
        tries = 0
        while True:
            try:
                return await patiently(mark, self._clock)
            except DriverError as problem:
                tries += 1
                _log.error("delivery status not recorded; retrying: %s", problem)
                pause_ms = back_off(tries, cap_ms=BACK_OFF_CAP_MS, random=self._random)
                await self._clock.wait(asyncio.Event(), pause_ms)

    async def _doubt(self, letter: OutboxMessage, tries: int, problem: str, level: int) -> None:
        book, now = self._book_of(letter), self._clock.now()
        again = await self._until_written(lambda: book.mark_unconfirmed(letter, problem, tries, now))
        what = "sending again" if again else "not repeated"
        _log.log(level, "message %d unconfirmed; %s: %s", letter.id, what, problem)
        if again:
            self._retry_later(replace(letter, repeated=True), tries)
        else:
            self._settle(letter)

    def _falter(self, asked: _Asked) -> int:
        """Backs off after a timeout or a failure of Telegram's, and returns the log level: an outage is one line.

        While Telegram times out, send one broadcast message at a time, so that only one message is left in an unknown
        state. Messages in flight together fail together, and count as one failure.
        """
        if asked.ticks < self._faltered_at:
            return logging.DEBUG
        self._faltered_at = self._clock.ticks()
        self._failures += 1
        self._queue.broadcasts_at_once = 1
        pause_ms = back_off(self._failures, cap_ms=BACK_OFF_CAP_MS, random=self._random)
        self._queue.pause_broadcasts(self._clock.ticks(), pause_ms)
        return logging.WARNING if self._failures == 1 else logging.DEBUG

    def _trust(self) -> None:
        if self._failures:
            _log.info("delivery recovered after %d failures", self._failures)
        self._failures = 0
        self._queue.broadcasts_at_once = BROADCASTS_AT_ONCE

    async def _fail(self, letter: OutboxMessage, tries: int, problem: str) -> None:
        reference = error_reference(self._random)
        _log.error("message %d (%s) failed permanently, %s: %s", letter.id, letter.outgoing.method, reference, problem)
        book, now = self._book_of(letter), self._clock.now()
        await self._until_written(lambda: book.mark_failed(letter, f"{reference}: {problem}", tries, now))
        self._support_failed.set()
        self._settle(letter)

    async def _hold_chat(self, letter: OutboxMessage, tries: int, asked: _Asked) -> None:
        book, now = self._book_of(letter), self._clock.now()
        held = await self._until_written(lambda: book.hold_chat(letter, asked.at, now))
        if held:
            _log.info("chat blocked the bot; its messages are held until the user returns")
            self._support_failed.set()
            self._queue.drop_chat(letter, self._clock.ticks())
        else:
            await self._until_written(lambda: book.put_back(letter))
            self._retry_later(letter, tries)

    def _retry_later(self, letter: OutboxMessage, tries: int) -> None:
        delay = back_off(tries, cap_ms=BACK_OFF_CAP_MS, random=self._random)
        self._queue.retry(letter, self._clock.ticks(), delay)

    def _settle(self, letter: OutboxMessage) -> None:
        self._intake.settled(letter)
        self._queue.settle(letter, self._clock.ticks())
