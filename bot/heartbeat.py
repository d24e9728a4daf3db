"""What happens however late it is: time passes in the books, and they are proved.

What has its hour is a job of the timetable.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from bot.clock import Clock
from engine.errors import MoarefError
from engine.service import Engine
from engine.verify import Verdict, verify_file

TICK_MS: Final = 30_000
PROVE_MS: Final = 3_600_000

_log = logging.getLogger(__name__)


class Heartbeat:
    """Ticks every half a minute; proves the books every hour, and stops payouts when they do not hold."""

    def __init__(
        self,
        engine: Engine,
        path: Path,
        *,
        clock: Clock,
        alarm: Callable[[Verdict], Awaitable[None]],
        chores: Callable[[], Awaitable[None]],
    ) -> None:
        """`alarm` tells the admins; `chores` is whatever else wants to be tried again at each beat."""
        self._engine = engine
        self._path = path
        self._clock = clock
        self._alarm = alarm
        self._chores = chores
        self._proved_at = -PROVE_MS
        self._held = True

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await self.beat()
            await self._clock.wait(asyncio.Event(), TICK_MS)

    async def beat(self) -> None:
        """One beat; what fails in it is logged, and tried again at the next."""
        try:
            await self._engine.tick()
            await self._chores()
            if self._clock.ticks() - self._proved_at >= PROVE_MS:
                self._proved_at = self._clock.ticks()
                await self.prove()
        except (sqlite3.Error, MoarefError) as problem:
            _log.error("a beat was missed: %s", problem)

    async def prove(self) -> Verdict:
        """Replays the journal against the tables. A failure stops payouts until a later proof holds."""
        verdict = await asyncio.to_thread(verify_file, self._path)
        await self._engine.halt(None if verdict.holds else verdict.problems[0])
        if not verdict.holds:
            _log.error("the books are not right, payouts are stopped: %s", "; ".join(verdict.problems[:5]))
            if self._held:
                await self._alarm(verdict)
        self._held = verdict.holds
        return verdict
