"""Periodic work: advances time-dependent entries of the ledger. `bot/monitoring/verification.py` verifies it.

Work with a fixed hour is a job of the scheduler.
"""

import logging
from collections.abc import Awaitable, Callable
from typing import Final

from bot.runtime.ticker import Recurring
from engine.errors import MoarefError
from engine.service import Engine
from engine.store.driver import DriverError

TICK_MS: Final = 30_000

_log = logging.getLogger(__name__)


class Heartbeat:
    """Beats every 30 seconds."""

    def __init__(self, engine: Engine, *, chores: Callable[[], Awaitable[None]]) -> None:
        """`chores` is further work, retried at each beat."""
        self._engine = engine
        self._chores = chores

    def recurring(self) -> Recurring:
        """Returns the beat as recurring work."""
        return Recurring("heartbeat", TICK_MS, self.beat)

    async def beat(self) -> None:
        """Runs one beat; failures are logged and retried at the next beat."""
        try:
            await self._engine.tick()
            await self._chores()
        except (DriverError, MoarefError) as problem:
            _log.error("heartbeat failed: %s", problem)
        except Exception:  # noqa: BLE001 - a store that is damaged must not end what else the process does
            _log.exception("heartbeat failed")
