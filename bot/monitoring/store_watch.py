"""Watches whether the store's file is still the opened one, and alerts the admins when it is not."""

import logging
from typing import Final

from bot.outbox.admin_alerts import AdminAlerts
from bot.runtime.ticker import Recurring
from bot.store.database import Database
from engine.store.file_identity import StoreAway, StoreHeld

LOOK_MS: Final = 1_000

_log = logging.getLogger(__name__)


class StoreWatch:
    """Checks every second. The writer itself refuses writes that would be lost; this only alerts."""

    def __init__(self, stores: Database, alerts: AdminAlerts) -> None:
        self._stores = stores
        self._alerts = alerts
        self._problem = ""
        self._outages = 0

    def recurring(self) -> Recurring:
        """Returns the check as recurring work."""
        return Recurring("store watch", LOOK_MS, self.look)

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
            await self._alerts.remember_admins()  # includes a brand-new admin: the store cannot be read later
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
