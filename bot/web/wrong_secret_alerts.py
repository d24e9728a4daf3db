"""Alerts admins, once a day for each shop, of continuing requests with a wrong secret or signature."""

from collections.abc import Callable, Sequence
from typing import Final

from bot.kit.effects import Outgoing
from bot.kit.failed_attempts import FailedAttempt
from bot.kit.person import Person
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.outbox import Priority
from bot.web.failed_attempts import LOG_EVERY_MS, FailedAttempts
from engine.store.driver import Connection
from engine.timestamps import utc

RETRY_MS: Final = 60_000

Render = Callable[[FailedAttempt, Person], Sequence[Outgoing]]


class WrongSecretAlerts:
    """Watches the failed attempts of a process."""

    def __init__(self, services: OutboxServices, attempts: FailedAttempts, render: Render) -> None:
        self._attempts = attempts
        self._people = services.people
        self._writer = services.writer
        self._outbox = services.outbox
        self._render = render
        self._clock = services.clock
        self._outbox_changed = services.signals.outbox_changed
        self._woken = services.signals.secret_refused.subscribe()

    async def run(self) -> None:
        """Runs until cancelled. Also writes the log lines whose minute is over."""
        await in_rounds(self._step, self._woken, self._clock, subject="wrong secret alerts", retry_ms=RETRY_MS)

    async def _step(self) -> int:
        self._attempts.flush()
        untold = self._attempts.untold()
        try:
            await self._tell(untold)
        except BaseException:
            self._attempts.put_back(untold)
            raise
        return LOG_EVERY_MS

    async def _tell(self, attempts: Sequence[FailedAttempt]) -> None:
        if not attempts:
            return
        admins = await self._people.admins()
        if not admins:  # no admin has begun a chat: the alert waits
            self._attempts.put_back(list(attempts))
            return
        now = self._clock.now()
        day = utc(now).date()
        letters = [
            (f"wrong-secret:{attempt.shop}:{day}/{admin.id}", self._render(attempt, admin))
            for attempt in attempts
            for admin in admins
        ]

        def write(connection: Connection) -> None:
            self._outbox.post(connection, letters, Priority.NOTICE, now)

        await self._writer.run(write)
        self._outbox_changed.set()
