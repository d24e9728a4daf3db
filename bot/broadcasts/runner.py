"""Runs broadcasts: gathers their recipients, shows their progress, and reports their end."""

from collections.abc import Sequence
from typing import Final, Protocol

from bot.broadcasts.recipients import BroadcastRecipients
from bot.broadcasts.repository import BroadcastStore, StartedBroadcast
from bot.kit.broadcasts import Broadcast
from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.outbox import Priority
from engine.store.driver import Connection

PROGRESS_MS: Final = 5_000
"""Minimum interval between edits of a progress message."""
NEAR_THE_END: Final = 100
SOON_MS: Final = 500
"""Interval of checks once NEAR_THE_END people or fewer are left, so that the end is reported promptly."""


class BroadcastTexts(Protocol):
    """Renders the messages that admins get about a broadcast."""

    def progress(self, broadcast: Broadcast, reader: Person, message_id: int) -> Outgoing:
        """Returns an edit of that message with the current progress."""

    def result(self, broadcast: Broadcast, reader: Person) -> Outgoing:
        """Returns the final result, as a new message."""


class BroadcastRunner:
    """Runs broadcasts and sleeps while there are none. Its own messages go through the outbox, once each."""

    def __init__(
        self,
        services: OutboxServices,
        recipients: BroadcastRecipients,
        broadcasts: BroadcastStore,
        words: BroadcastTexts,
    ) -> None:
        self._recipients = recipients
        self._broadcasts = broadcasts
        self._outbox = services.outbox
        self._people = services.people
        self._writer = services.writer
        self._words = words
        self._clock = services.clock
        self._outbox_changed = services.signals.outbox_changed
        self._woken = services.signals.broadcast_changed.subscribe()
        self._told_at: dict[int, int] = {}

    async def run(self) -> None:
        """Runs until cancelled. Continues with broadcasts of an earlier run."""
        await in_rounds(self._go_on, self._woken, self._clock, subject="broadcasts", retry_ms=PROGRESS_MS)

    async def _go_on(self) -> int | None:
        while await self._recipients.gather():
            self._outbox_changed.set()
        return await self.step()

    async def step(self) -> int | None:
        """Advances every broadcast that is unfinished or unreported.

        Returns the ms until the next check, None where none runs.
        """
        pauses: list[int] = []
        for started in await self._broadcasts.unreported():
            broadcast = started.broadcast
            if await self._is_over(broadcast):
                await self._report(broadcast)
            elif not await self._show(started) or broadcast.state != "paused":
                pauses.append(SOON_MS if broadcast.counts.left <= NEAR_THE_END else PROGRESS_MS)
        return min(pauses, default=None)

    async def _is_over(self, broadcast: Broadcast) -> bool:
        if broadcast.state == "cancelled":
            return not await self._broadcasts.in_hand(broadcast.id)
        return await self._broadcasts.finish(broadcast.id, self._clock.now())

    async def _show(self, started: StartedBroadcast) -> bool:
        """Updates the progress message. Returns whether it shows the current progress.

        One edit at a time: while the last one is unsent, another would add nothing.
        """
        broadcast = started.broadcast
        told = f"{broadcast.state}: {broadcast.counts}"
        if started.message_id is None or told == started.told:
            return True
        if self._clock.ticks() - self._told_at.get(broadcast.id, -PROGRESS_MS) < PROGRESS_MS:
            return False
        last = await self._broadcasts.state_of(_edit_cause(broadcast.id, started.edits))
        if last in ("new", "blocked"):
            return False
        starter = _starter(started, await self._people.admins())
        if last == "failed" or starter is None:
            await self._broadcasts.lose_message(broadcast.id)
            return True
        message = self._words.progress(broadcast, starter, started.message_id)
        await self._say(broadcast, _edit_cause(broadcast.id, started.edits + 1), message, told)
        return True

    async def _report(self, broadcast: Broadcast) -> None:
        """Reports the result in a new message; the progress message shows the final state."""
        started = await self._broadcasts.started(broadcast.id)
        fresh = started.broadcast
        admins, now = await self._people.admins(), self._clock.now()
        starter = _starter(started, admins)
        concerned = [each for each in admins if each is starter or each.id == fresh.author] or admins
        said = [self._words.result(fresh, each) for each in concerned]
        if starter is not None and started.message_id is not None:
            said.insert(0, self._words.progress(fresh, starter, started.message_id))

        def write(connection: Connection) -> None:
            if self._broadcasts.queries.report(connection, id=broadcast.id):
                self._outbox.enqueue(connection, f"broadcast:{broadcast.id}/end", said, Priority.ANSWER, now)

        await self._writer.run(write)
        self._outbox_changed.set()

    async def _say(self, broadcast: Broadcast, cause: str, message: Outgoing, told: str) -> None:
        now = self._clock.now()
        self._told_at[broadcast.id] = self._clock.ticks()

        def write(connection: Connection) -> None:
            self._broadcasts.queries.tell(connection, id=broadcast.id, told=told)
            self._outbox.enqueue(connection, cause, [message], Priority.ANSWER, now)

        await self._writer.run(write)
        self._outbox_changed.set()


def _starter(started: StartedBroadcast, admins: Sequence[Person]) -> Person | None:
    """Returns the admin whose chat holds the progress message; None where they are no longer an admin."""
    return next((each for each in admins if each.chat_id == started.chat_id), None)


def _edit_cause(broadcast: int, edits: int) -> str:
    return f"broadcast:{broadcast}/progress/{edits}"
