"""Watches whether the store's file is still the opened one, and alerts the admins when it is not."""

import asyncio
import logging
from typing import Final

from bot.outbox.admin_alerts import AdminAlerts
from bot.runtime.clock import Clock
from bot.runtime.loop import in_rounds
from bot.store.database import Database
from engine.store.file_identity import StoreAway, StoreHeld

LOOK_MS: Final = 1_000

_log = logging.getLogger(__name__)


class StoreWatch:
    """Checks every second. The writer itself refuses writes that would be lost; this only alerts."""

    def __init__(self, stores: Database, alerts: AdminAlerts, clock: Clock) -> None:
        self._stores = stores
        self._alerts = alerts
        self._clock = clock
        self._problem = ""
        self._outages = 0

    async def run(self) -> None:
        """Runs until cancelled."""
        await in_rounds(self.look, asyncio.Event(), self._clock, subject="store watch", retry_ms=LOOK_MS)

    async def look(self) -> int:
        """Checks the file once. Returns the pause (ms)."""
        try:
            self._stores.check()
        except StoreAway as problem:
            await self._tell_that_it_is_away(str(problem))
        except StoreHeld:
            pass
        else:
            await self._tell_that_it_is_back()
            await self._alerts.remember_admins()  # also one who has only just written: later nobody can be asked
        return LOOK_MS

    async def _tell_that_it_is_away(self, problem: str) -> None:
        if not self._problem:
            self._outages += 1
            _log.error("database unavailable; nothing is recorded or acknowledged until it returns: %s", problem)
        self._problem = problem
        await self._alerts.tell(f"away {self._outages}", "store-is-away")

    async def _tell_that_it_is_back(self) -> None:
        if self._problem:
            _log.warning("database available again")
            self._problem = ""
        if self._outages:
            await self._alerts.tell(f"back {self._outages}", "store-is-back")
