"""Handles stored updates: in order for each person, concurrently across people, each to completion exactly once.

Only a few updates of each person are in memory, so that a flood from one delays no one else; people take turns, and
senders above a rate that no human reaches are served last.

A kill leaves an update either new, to be handled again, or done with all its effects. A handler's engine events carry
the update's key, so that handling it again changes nothing.
"""

import asyncio
import json
import logging
from collections.abc import Callable
from dataclasses import replace
from typing import Final, Protocol

from telegram import Bot, Update

from bot.inbox.keyed_queue import KeyedQueue
from bot.inbox.services import InboxServices
from bot.kit.effects import Toast
from bot.kit.json import Json
from bot.runtime.fair_share import FairShare
from bot.runtime.rate_limit import TokenBucket
from bot.store.inbox import Received
from bot.store.retry import PAUSE_MS, patiently
from bot.store.update_results import FailedUpdate, UpdateOutcome, UpdateResults
from engine.store.driver import DriverError

PAGE_SIZE: Final = 200
ROOM: Final = 2_000
"""Maximum number of updates in memory."""
ROOM_EACH: Final = 4
"""Maximum number of one person's updates in memory; the rest wait in the store."""
PER_SECOND_EACH: Final = 5
BURST_EACH: Final = 20
"""Rate above which a person is served after all others, without loss."""
OUTAGE_PAUSE_MS: Final = 5_000
_HANDLER_SECONDS_MAX = 60

_log = logging.getLogger(__name__)


class Dispatcher(Protocol):
    """Turns updates into outcomes; implemented by bot.inbox.dispatcher."""

    async def handle(self, update: Update, received: Received) -> UpdateOutcome:
        """Returns the update's outcome. An exception sets the update aside."""

    async def apologise(self, received: Received, raw: Json) -> FailedUpdate:
        """Returns the messages about an update that could not be handled, with their recipients."""


class Worker:
    """Takes updates from the inbox to their outcomes, of at most `workers` people concurrently."""

    def __init__(
        self,
        services: InboxServices,
        bot: Bot,
        outcomes: UpdateResults,
        dispatcher: Dispatcher,
        *,
        answer: Callable[[str, Toast | None], None],
        workers: int = 16,
    ) -> None:
        """`answer` answers a callback query."""
        self._bot = bot
        self._inbox = services.inbox
        self._outcomes = outcomes
        self._dispatcher = dispatcher
        self._clock = services.clock
        self._answer = answer
        self._signals = services.signals
        self._workers = workers
        self._lanes: KeyedQueue[int | None, Received] = KeyedQueue(
            lambda: TokenBucket(PER_SECOND_EACH, BURST_EACH), services.clock.ticks
        )
        self._share: FairShare[int | None] = FairShare(ROOM_EACH, self._lanes.count)
        self._more = services.signals.updates_stored.subscribe()
        self._woken = services.signals.updates_stored.subscribe()
        self._stopping = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Runs until cancelled, then finishes the updates in hand. Starts with those left by an earlier run."""
        self._more.set()
        try:
            while True:
                self._woken.clear()
                await self._load()
                self._start()
                await self._woken.wait()
        finally:
            self._stopping.set()
            await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _load(self) -> None:
        """Loads new updates as room allows, and the next ones of people with updates left in the store."""
        try:
            for sender, after, size in self._share.wanted():
                mine = await self._inbox.waiting_of(sender, after, self._share.passed, size)
                self._share.loaded(sender, [each.seq for each in mine], size)
                for each in mine:
                    self._lanes.add(sender, each)
            while self._more.is_set() and len(self._lanes) < ROOM:
                self._more.clear()
                page = await self._inbox.waiting(self._share.passed, PAGE_SIZE)
                for each in page:
                    if self._share.admits(each.sender, each.seq):
                        self._lanes.add(each.sender, each)
                if len(page) == PAGE_SIZE:
                    self._more.set()
        except DriverError as problem:
            _log.error("inbox unreadable; retrying: %s", problem)
            await self._clock.wait(asyncio.Event(), PAUSE_MS)
            self._more.set()
            self._woken.set()

    def _start(self) -> None:
        while self._lanes.out < self._workers and (taken := self._lanes.take()) is not None:
            task = asyncio.create_task(self._see_to(*taken))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _see_to(self, sender: int | None, received: Received) -> None:
        try:
            while not await self._is_dealt_with(received):
                await self._clock.wait(self._stopping, OUTAGE_PAUSE_MS)
        except Exception:  # noqa: BLE001  nothing may stop the others; the row stays new, for the next start
            _log.exception("update %d failed and could not be set aside", received.update_id)
        finally:
            self._lanes.done(sender)
            self._woken.set()

    async def _is_dealt_with(self, received: Received) -> bool:
        """Returns False while the database is unavailable: the person's later updates must not overtake this one."""
        try:
            await self._handle(received)
        except DriverError as problem:
            _log.error("database unavailable; update %d delayed: %s", received.update_id, problem)
            return self._stopping.is_set()  # the row stays new for the next start
        return True

    async def _handle(self, received: Received) -> None:
        raw: Json = {}
        try:
            raw = dict(received.decoded or json.loads(received.content))
            async with asyncio.timeout(_HANDLER_SECONDS_MAX):
                outcome = await patiently(lambda: self._outcome(raw, received), self._clock)
            over = await patiently(lambda: self._outcomes.finish(received, outcome, self._clock.now()), self._clock)
        except Exception as problem:  # noqa: BLE001  whatever it was, the next update is not to blame
            await self._park(received, raw, problem)
            return
        if over:
            self._announce(outcome)
            self._answer_press(outcome.press, outcome.effects.toast)

    async def _outcome(self, raw: Json, received: Received) -> UpdateOutcome:
        update = Update.de_json(raw, self._bot)
        return await self._dispatcher.handle(update, received)

    async def _park(self, received: Received, raw: Json, problem: Exception) -> None:
        failed_update = await self._dispatcher.apologise(received, raw)
        failed_update = replace(failed_update, problem=f"{type(problem).__name__}: {problem}")
        _log.error("update %d failed; set aside as %s", received.update_id, failed_update.reference, exc_info=problem)
        over = await patiently(lambda: self._outcomes.park(received, failed_update, self._clock.now()), self._clock)
        if over:
            self._announce(UpdateOutcome())
            self._answer_press(failed_update.press, failed_update.toast)

    def _announce(self, outcome: UpdateOutcome) -> None:
        effects = outcome.effects
        self._signals.update_committed(with_import=bool(effects.imports), with_support=bool(effects.handovers))

    def _answer_press(self, press: str | None, toast: Toast | None) -> None:
        if press is not None:
            self._answer(press, toast)
