"""Periodic work: advances time-dependent entries of the ledger. `bot/monitoring/verification.py` verifies it.

Work with a fixed hour is a job of the scheduler.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.runtime.clock import Clock
from engine.errors import MoarefError
from engine.service import Engine
from engine.store.driver import DriverError

TICK_MS: Final = 30_000

_log = logging.getLogger(__name__)


class Heartbeat:
    """Beats every 30 seconds."""

    def __init__(self, engine: Engine, *, clock: Clock, chores: Callable[[], Awaitable[None]]) -> None:
        """`chores` is further work, retried at each beat."""
        self._engine = engine
        self._clock = clock
        self._chores = chores

    async def run(self) -> None:
        """Runs until cancelled."""
        while True:
            await self.beat()
            await self._clock.wait(asyncio.Event(), TICK_MS)

    async def beat(self) -> None:
        """Runs one beat; failures are logged and retried at the next beat."""
        try:
            await self._engine.tick()
            await self._chores()
        except (DriverError, MoarefError) as problem:
            _log.error("heartbeat failed: %s", problem)
        except Exception:  # noqa: BLE001 - a store that is damaged must not end what else the process does
            _log.exception("heartbeat failed")
