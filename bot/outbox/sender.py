"""Sends what is in the outbox and writes down what became of it.

A message is marked after the platform has answered, so a kill in between sends it once more, with the same reference.
Marks of different chats are committed together by the writer. Nothing polls: work is announced by wake().
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random
from typing import Final

from bot.clock import Clock
from bot.outbox.courier import Courier
from bot.outbox.queue import Queue
from bot.outbox.verdicts import Blocked, Flooded, Gone, Refused, Sent, Unreached, Verdict
from bot.pace import Bucket, back_off
from bot.references import error_reference
from bot.store.outbox import Letter, Outbox, Priority
from bot.store.patience import PAUSE_MS, patiently

PAGE_SIZE: Final = 500
BACK_OFF_CAP_MS: Final = 60_000
AT_ONCE: Final = 64
STOP_SECONDS: Final = 5
_HOUR_MS = 3_600_000
LIFE_MS: Final = {Priority.ANSWER: 24 * _HOUR_MS, Priority.NOTICE: 7 * 24 * _HOUR_MS}
"""How long a message is worth sending after its cause."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages a second, in all and to one chat, and how many one chat may get at once (facts of the platform)."""

    per_second: float = 30
    per_chat_second: float = 1
    chat_burst: int = 3

    def queue(self) -> Queue:
        """An empty queue that keeps these limits; in all, a sixth of a second's messages may go at once."""
        overall = Bucket(self.per_second, max(1, int(self.per_second / 6)))
        return Queue(overall, lambda: Bucket(self.per_chat_second, self.chat_burst))


class Sender:
    """Takes messages from the outbox to the platform."""

    def __init__(
        self, outbox: Outbox, courier: Courier, *, clock: Clock, random: Random, limits: Limits | None = None
    ) -> None:
        self._outbox = outbox
        self._courier = courier
        self._clock = clock
        self._random = random
        self._queue = (limits or Limits()).queue()
        self._last_id = dict.fromkeys(Priority, 0)
        self._more: set[Priority] = set()
        self._returned: set[int] = set()
        self._settled: set[int] = set()
        self._stirred = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """There are new messages in the outbox."""
        self._more.update(Priority)
        self._stirred.set()

    def resume(self, chat_id: int) -> None:
        """Somebody who had blocked the bot is back, and what was held for them has been released."""
        self._returned.add(chat_id)
        self._stirred.set()

    async def run(self) -> None:
        """Until cancelled, then a little longer for what is on its way. Begins with what an earlier run left."""
        self.wake()
        try:
            while True:
                self._stirred.clear()
                await self._load()
                self._start()
                await self._clock.wait(self._stirred, self._wait())
        finally:
            await self._finish()

    async def _finish(self) -> None:
        """Whoever hears nothing from the platform by the end would be sent again anyway."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    def _wait(self) -> int | None:
        if len(self._tasks) >= AT_ONCE:
            return None
        return self._queue.wait(self._clock.ticks())

    def _start(self) -> None:
        while len(self._tasks) < AT_ONCE and (taken := self._queue.take(self._clock.ticks())) is not None:
            task = asyncio.create_task(self._see_to(*taken))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _load(self) -> None:
        try:
            while self._returned:
                chat_id = self._returned.pop()
                self._settled.clear()
                self._add(await self._outbox.waiting_in_chat(chat_id))
            while self._more and len(self._queue) < 2 * PAGE_SIZE:
                priority = min(self._more)
                self._more.discard(priority)  # before the reading: who is enqueued during it calls wake() once more
                self._settled.clear()
                page = await self._outbox.waiting(priority, self._last_id[priority], PAGE_SIZE)
                self._add(page)
                self._last_id[priority] = max([self._last_id[priority], *(letter.id for letter in page)])
                if len(page) == PAGE_SIZE:
                    self._more.add(priority)
        except sqlite3.Error as problem:
            _log.error("the outbox cannot be read: %s", problem)
            await self._clock.wait(asyncio.Event(), PAUSE_MS)
            self.wake()

    def _add(self, letters: list[Letter]) -> None:
        """Without those whose fate was written down while they were being read."""
        for letter in letters:
            if letter.id not in self._settled:
                self._queue.add(letter, self._clock.ticks())

    async def _see_to(self, letter: Letter, tries: int) -> None:
        try:
            if self._clock.now() - letter.created_at > LIFE_MS[letter.priority]:
                await self._fail(letter, tries, "nobody needs it any more")
                return
            asked_at = self._clock.now()
            verdict = await self._courier.deliver(letter.outgoing)
            await self._act_on(verdict, letter, tries + 1, asked_at)
        except Exception:  # noqa: BLE001  no message may stop the others
            _log.exception("message %d was not dealt with; it is tried again", letter.id)
            self._retry_later(letter, tries + 1)
        finally:
            self._stirred.set()

    async def _act_on(self, verdict: Verdict, letter: Letter, tries: int, asked_at: int) -> None:
        match verdict:
            case Sent(message_id):
                now = self._clock.now()
                await self._until_written(lambda: self._outbox.mark_sent(letter, message_id, tries, now))
                self._settle(letter)
            case Flooded(wait_ms):
                _log.warning("the platform wants %d ms of silence", wait_ms)
                self._queue.pause(self._clock.ticks(), wait_ms)
                self._queue.retry(letter, self._clock.ticks(), 0, failed=False)
            case Unreached(problem):
                level = logging.WARNING if tries == 1 else logging.DEBUG
                _log.log(level, "message %d may not have arrived, it is tried again: %s", letter.id, problem)
                self._retry_later(letter, tries)
            case Blocked():
                await self._hold_chat(letter, asked_at)
            case Gone(problem) | Refused(problem):
                await self._fail(letter, tries, problem)

    async def _until_written(self, mark: Callable[[], Awaitable[None]]) -> None:
        """However long the store takes: what the platform has must not be sent again because a disk is full."""
        tries = 0
        while True:
            try:
                await patiently(mark, self._clock)
            except sqlite3.Error as problem:
                tries += 1
                _log.error("that a message was sent cannot be written down yet: %s", problem)
                pause_ms = back_off(tries, cap_ms=BACK_OFF_CAP_MS, random=self._random)
                await self._clock.wait(asyncio.Event(), pause_ms)
            else:
                return

    async def _fail(self, letter: Letter, tries: int, problem: str) -> None:
        reference = error_reference(self._random)
        _log.error("message %d (%s) will not be sent, %s: %s", letter.id, letter.outgoing.method, reference, problem)
        now = self._clock.now()
        await patiently(lambda: self._outbox.mark_failed(letter, f"{reference}: {problem}", tries, now), self._clock)
        self._settle(letter)

    async def _hold_chat(self, letter: Letter, asked_at: int) -> None:
        chat_id, now = letter.outgoing.chat_id, self._clock.now()
        held = await patiently(lambda: self._outbox.mark_blocked(chat_id, asked_at, now), self._clock)
        if held:
            _log.info("a person has blocked the bot; what is for them waits until they are back")
            self._queue.drop_chat(letter, self._clock.ticks())
        else:
            self._queue.retry(letter, self._clock.ticks(), 0)

    def _retry_later(self, letter: Letter, tries: int) -> None:
        delay = back_off(tries, cap_ms=BACK_OFF_CAP_MS, random=self._random)
        self._queue.retry(letter, self._clock.ticks(), delay)

    def _settle(self, letter: Letter) -> None:
        self._settled.add(letter.id)
        self._queue.settle(letter, self._clock.ticks())
