"""Verifies the ledger every hour, and stops payouts when it is inconsistent or cannot be verified.

Each verification begins at the last proven seal, or in full where that is due. One that fails since the seal stops
payouts at once, but only the one in full that follows it is certain, and alerts the admins. A verification that does
not finish counts as failed, because the ledger is unproven.
"""

import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from bot.runtime.clock import Clock
from bot.runtime.ticker import Recurring
from engine.errors import MoarefError
from engine.service import Engine
from engine.store.driver import DriverError
from engine.verify.ledger import Verdict

EVERY_MS: Final = 3_600_000
RETRY_MS: Final = 30_000
"""Retry interval until the admins are told, and until the store has recorded that payouts are stopped."""

Alarm = Callable[[Verdict, int], Awaitable[None]]
"""Alerts the admins once for the moment (ms, UTC) since which payouts are stopped, however often it is called."""

_log = logging.getLogger(__name__)


class Verification:
    """Runs verifications. `prove` returns a verdict on the ledger and raises nothing that a store can cause.

    After a failure since the last seal it proves in full.
    """

    def __init__(self, engine: Engine, prove: Callable[[], Awaitable[Verdict]], *, clock: Clock, alarm: Alarm) -> None:
        self._engine = engine
        self._prove = prove
        self._clock = clock
        self._alarm = alarm
        self._verified_at: int | None = None  # in monotonic ticks
        self._failed_at: int | None = None
        self._untold: Verdict | None = None

    def recurring(self) -> Recurring:
        """Returns the verification as recurring work."""
        return Recurring("verification", EVERY_MS, self.step)

    async def step(self) -> int:
        """Verifies the ledger where the hour is over; else alerts the admins of a failure that they do not know of.

        Returns the ms until the next step. Raises nothing.
        """
        if self._verified_at is None or self._clock.ticks() - self._verified_at >= EVERY_MS:
            self._verified_at = self._clock.ticks()
            await self.verify()
        elif self._untold:
            await self._stop(self._untold)
        rest = max(0, EVERY_MS - (self._clock.ticks() - self._verified_at))
        return RETRY_MS if self._untold else rest

    async def verify(self) -> Verdict:
        """Verifies the ledger. A failure stops payouts until a later verification succeeds. Raises nothing."""
        verdict = await self._proved()
        if not verdict.holds and not verdict.full:
            _log.warning("verification since the last seal failed, one in full follows: %s", verdict.problems[0])
            with suppress(DriverError, MoarefError):  # stopped in this process all the same
                await self._engine.stop_payouts(verdict.problems[0])
            verdict = await self._proved()
        if verdict.holds:
            await self._let_go_on()
        else:
            _log.error("verification failed; payouts stopped: %s", "; ".join(verdict.problems[:5]))
            self._untold = verdict if self._failed_at is None else self._untold
            self._failed_at = self._failed_at or self._clock.now()
            await self._stop(verdict)
        return verdict

    async def _proved(self) -> Verdict:
        try:
            return await self._prove()
        except Exception as problem:  # noqa: BLE001 - a verification that raises is a failed one
            return Verdict.failed(f"{type(problem).__name__}: {problem}")

    async def _let_go_on(self) -> None:
        try:
            await self._engine.stop_payouts(None)
        except (DriverError, MoarefError) as problem:
            _log.error("payouts stay stopped; database write failed: %s", problem)
            return
        self._failed_at, self._untold = None, None

    async def _stop(self, verdict: Verdict) -> None:
        """Stops payouts, in memory at once and in the store as soon as it is writable; then alerts the admins."""
        assert self._failed_at is not None  # set by verify()
        since = self._failed_at
        try:
            since = await self._engine.stop_payouts(verdict.problems[0]) or since
        except Exception:  # noqa: BLE001 - payouts are stopped in this process whatever the store can take
            _log.exception("payout stop not recorded")
        if self._untold is None:
            return
        try:
            await self._alarm(verdict, since)
        except Exception:  # noqa: BLE001 - it is tried again; nothing else may stop for it
            _log.exception("payout stop: admins not alerted")
        else:
            self._untold = None
