"""What happens however late it is: time passes in the books. That they are right is `bot/monitoring/verification.py`.

What has its hour is a job of the timetable.
"""

import asyncio
import logging
import sqlite3
from collections.abc import Awaitable, Callable
from typing import Final

from bot.runtime.clock import Clock
from engine.errors import MoarefError
from engine.service import Engine

TICK_MS: Final = 30_000

_log = logging.getLogger(__name__)


class Heartbeat:
    """Ticks every half a minute."""

    def __init__(self, engine: Engine, *, clock: Clock, chores: Callable[[], Awaitable[None]]) -> None:
        """`chores` is whatever else wants to be tried again at each beat."""
        self._engine = engine
        self._clock = clock
        self._chores = chores

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
        except (sqlite3.Error, MoarefError) as problem:
            _log.error("a beat was missed: %s", problem)
        except Exception:  # noqa: BLE001 - a store that is damaged must not end what else the process does
            _log.exception("a beat was missed")
