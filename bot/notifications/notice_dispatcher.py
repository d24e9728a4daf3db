"""Turns the engine's notices into messages: chooses recipient, time and wording, and sends each once.

A notice that waits, for others soon after it or for the end of quiet hours, is kept in a table. Storing notices (or
their messages) and advancing the cursor are one transaction; so are adding a message and deleting its notices. A kill
neither loses nor repeats one.
"""

import asyncio
import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Final, Protocol

from bot.kit.effects import Outgoing
from bot.kit.person import Person
from bot.kit.references import error_reference, notice_reference
from bot.outbox.services import OutboxServices
from bot.runtime.loop import in_rounds
from bot.store.outbox import Priority
from bot.store.pending_notices import HeldNotices, Waiting
from engine.queries.views import NoticeRow
from engine.store.driver import Connection, DriverError

CURSOR: Final = "notices"
PAGE_SIZE: Final = 100
PEOPLE_AT_ONCE: Final = 50
ADMINS_GATHER_TIMES: Final = 6
"""Factor by which admins' notices are gathered longer than members': members cause them, and admins are busy."""
FALLBACK_MS: Final = 15_000
"""Polling interval: another process on the same store cannot set this event, so its notices may be this late."""

Letters = list[tuple[str, list[Outgoing]]]
"""Messages by their cause."""

_log = logging.getLogger(__name__)


class Notices(Protocol):
    """Reads notices from the engine."""

    @property
    def noticed(self) -> asyncio.Event:
        """Returns the event that is set when there may be new notices."""

    async def notices(self, after: int, count: int) -> list[NoticeRow]:
        """Returns up to `count` notices numbered above `after`, in order."""

    async def notices_numbered(self, numbers: Sequence[int]) -> list[NoticeRow]:
        """Returns the notices with these numbers, in order."""


class NotificationPolicy(Protocol):
    """Decides when and how a notice is told. An exception of `say` is logged and skips the person."""

    async def due(self, notice: NoticeRow, person: Person, now: int) -> int | None:
        """Returns when to tell the person (ms, UTC): now or later; None for never."""

    def alone(self, notice: NoticeRow) -> bool:
        """Returns whether it is always a message of its own, as receipts are."""

    async def say(self, notices: Sequence[NoticeRow], person: Person) -> Sequence[Outgoing]:
        """Renders one or several notices as messages."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """Holds a person's messages due now, the notices that they complete, and until when (ms, UTC) others wait."""

    person: str
    over: tuple[int, ...]
    letters: Letters
    later: dict[int, int]


class NoticeDispatcher:
    """Moves notices from the engine to the outbox."""

    def __init__(
        self,
        services: OutboxServices,
        engine: Notices,
        held: HeldNotices,
        voice: NotificationPolicy,
        *,
        random: Random,
        gather_ms: int = 0,
    ) -> None:
        """`random` makes the references of errors.

        After a message, a person's next notices wait for `gather_ms` and are sent together; 0 sends each by itself. For
        admins it is six times as long.
        """
        self._engine = engine
        self._people = services.people
        self._outbox = services.outbox
        self._held = held
        self._writer = services.writer
        self._voice = voice
        self._clock = services.clock
        self._random = random
        self._outbox_changed = services.signals.outbox_changed
        self._gather_ms = gather_ms
        self._admins_told_at: dict[str, int] = {}
        self._told_at: dict[str, int] = {}  # last message by person; after a restart the next one is only sent sooner

    async def run(self) -> None:
        """Runs until cancelled. Starts with the notices left by an earlier run."""
        await in_rounds(self._go_on, self._engine.noticed, self._clock, subject="notices", retry_ms=FALLBACK_MS)

    async def _go_on(self) -> int:
        while await self.step():
            pass
        return await self._pause()

    async def step(self) -> bool:
        """Stores the next notices, and moves due ones to the outbox. Returns whether there may be more."""
        after = await self._outbox.cursor(CURSOR)
        notices = await self._engine.notices(after, PAGE_SIZE)
        if notices:
            await self._keep(notices)
        return await self._tell_due() or len(notices) == PAGE_SIZE

    async def _pause(self) -> int:
        due_at = await self._held.next_due()
        return FALLBACK_MS if due_at is None else max(1, min(FALLBACK_MS, due_at - self._clock.now()))

    # From the engine to the table, or directly to the outbox for admins

    async def _keep(self, notices: list[NoticeRow]) -> None:
        now = self._clock.now()
        letters: Letters = []
        waiting: list[tuple[str, int, int]] = []
        for notice in notices:
            if notice.person is None:
                for admin in await self._people.admins():
                    if (due_at := self._due_to_admin(notice, admin.id, now)) is None:
                        letters.append(await self._letter([notice], admin))
                    else:
                        waiting.append((admin.id, notice.number, due_at))
            elif (due_at := await self._due(notice, notice.person, now)) is not None:
                waiting.append((notice.person, notice.number, due_at))

        def write(connection: Connection) -> None:
            self._enqueue(connection, letters)
            for person, number, due_at in waiting:
                self._held.hold(connection, person, number, due_at, held=due_at > now)
            self._outbox.move_cursor(connection, CURSOR, notices[-1].number)

        await self._writer.run(write)
        if letters:
            self._outbox_changed.set()

    async def _due(self, notice: NoticeRow, person_id: str, now: int) -> int | None:
        """Returns when the notice is due; None for people known only to a shop, who have no chat."""
        person = await self._people.get(person_id)
        due_at = None if person is None else await self._wanted_at(notice, person, now)
        if due_at is None or self._voice.alone(notice):
            return due_at
        told_at = self._told_at.get(person_id)
        if told_at is None or not 0 <= now - told_at < self._gather_ms:
            return due_at
        return max(due_at, told_at + self._gather_ms)

    def _due_to_admin(self, notice: NoticeRow, admin: str, now: int) -> int | None:
        """Returns when an admin is told of it with others; None for at once, by itself."""
        if not self._gather_ms or self._voice.alone(notice):
            return None
        told_at, gather_ms = self._admins_told_at.get(admin), ADMINS_GATHER_TIMES * self._gather_ms
        if told_at is not None and 0 <= now - told_at < gather_ms:
            return told_at + gather_ms
        self._admins_told_at[admin] = now
        return None

    async def _wanted_at(self, notice: NoticeRow, person: Person, now: int) -> int | None:
        """Returns when the policy wants it told; now where the person's preferences cannot be read."""
        try:
            return await self._voice.due(notice, person, now)
        except DriverError:
            raise
        except Exception:  # noqa: BLE001  one person's preferences must not delay others' notices
            _log.exception("the preferences of %s are unreadable; notified now", person.id)
            return now

    # From the table to the outbox

    async def _tell_due(self) -> bool:
        """Sends several people their due notices. Returns whether there may be more."""
        now = self._clock.now()
        people = await self._held.due(now, PEOPLE_AT_ONCE)
        ready = [await self._ready(each, now) for each in people]
        if not ready:
            return False

        def write(connection: Connection) -> None:
            for each in ready:
                for number, due_at in each.later.items():
                    self._held.put_off(connection, each.person, number, due_at)
                if self._held.let_go(connection, each.person, each.over):
                    self._enqueue(connection, each.letters)

        await self._writer.run(write)
        self._note_told((each.person for each in ready if each.letters), now)
        self._outbox_changed.set()
        return len(people) == PEOPLE_AT_ONCE

    def _note_told(self, people: Iterable[str], now: int) -> None:
        if self._gather_ms:
            recent = {person: at for person, at in self._told_at.items() if 0 <= now - at < self._gather_ms}
            told = dict.fromkeys(people, now)
            self._told_at = recent | told
            self._admins_told_at |= {person: now for person in told if person in self._admins_told_at}

    async def _ready(self, waiting: Waiting, now: int) -> _Ready:
        """Applies current preferences to deferred notices: the kind may be off now, or quiet hours longer."""
        person = await self._people.get(waiting.person)
        if person is None:
            return _Ready(waiting.person, waiting.numbers, [], {})
        notices = await self._engine.notices_numbered(waiting.numbers)
        due = {
            each.number: await self._wanted_at(each, person, now) if each.number in waiting.held else now
            for each in notices
        }
        later = {number: due_at for number, due_at in due.items() if due_at is not None and due_at > now}
        wanted = [each for each in notices if due[each.number] is not None and each.number not in later]
        over = tuple(number for number in waiting.numbers if number not in later)
        return _Ready(waiting.person, over, await self._letters_for(wanted, person, waiting), later)

    async def _letters_for(self, notices: Sequence[NoticeRow], person: Person, waiting: Waiting) -> Letters:
        """Returns one message for the notices that may be combined, and one for each of the others."""
        together = [notice for notice in notices if self._together(notice, waiting)]
        if len(together) < 2:
            together = []
        others = [notice for notice in notices if notice not in together]
        letters = [await self._letter([notice], person) for notice in others]
        if together:
            letters += await self._letters_together(together, person)
        return letters

    def _together(self, notice: NoticeRow, waiting: Waiting) -> bool:
        return not self._voice.alone(notice) and bool(self._gather_ms or notice.number in waiting.held)

    async def _letters_together(self, notices: list[NoticeRow], person: Person) -> Letters:
        """Returns one message, or where rendering fails one for each notice, so that one fault hides no others."""
        cause, messages = await self._letter(notices, person)
        return [(cause, messages)] if messages else [await self._letter([notice], person) for notice in notices]

    def _enqueue(self, connection: Connection, letters: Letters) -> None:
        self._outbox.post(connection, letters, Priority.NOTICE, self._clock.now())

    async def _letter(self, notices: Sequence[NoticeRow], person: Person) -> tuple[str, list[Outgoing]]:
        """Returns the messages by their cause, which names the notices and the person."""
        first, last = notices[0].number, notices[-1].number
        numbers = str(first) if first == last else f"{first}-{last}"
        return f"notice:{numbers}/{person.id}", await self._messages(notices, person)

    async def _messages(self, notices: Sequence[NoticeRow], person: Person) -> list[Outgoing]:
        reference = notice_reference(notices[-1].number)
        try:
            said = await self._voice.say(notices, person)
        except DriverError:  # database unavailable: all of them wait
            raise
        except Exception:  # noqa: BLE001  a notice that fails to render must not delay later ones
            what = ", ".join(f"{each.number} ({each.kind})" for each in notices)
            _log.exception("notice %s not rendered; skipped: %s", what, error_reference(self._random))
            return []
        return [each if each.reference else replace(each, reference=reference) for each in said]
