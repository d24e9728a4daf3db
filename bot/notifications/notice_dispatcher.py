"""Turns the engine's notices into messages: chooses recipient, time and wording, and sends each once.

A notice that is due goes to the outbox directly. One that waits, for others soon after it or for the end of quiet
hours, is kept in a table. Adding messages, storing what waits, deleting what waited and advancing the cursor are one
transaction: a kill neither loses nor repeats a notice.
"""

import asyncio
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
BREATH_MS: Final = 10
"""Time from one round to the next: what several orders bring meanwhile costs one commit. The first is told at once."""
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


@dataclass(frozen=True, slots=True)
class Due:
    """Holds when a notice is told (ms, UTC). busy: with it, the person's commissions become hourly."""

    at: int
    busy: bool = False


class NotificationPolicy(Protocol):
    """Decides when and how a notice is told. An exception of `say` is logged and skips the person."""

    async def due(self, notice: NoticeRow, person: Person, now: int) -> Due | None:
        """Returns when to tell the person: now or later; None for never."""

    def alone(self, notice: NoticeRow) -> bool:
        """Returns whether it is always a message of its own, as receipts are."""

    async def say(self, notices: Sequence[NoticeRow], person: Person, *, waited: bool) -> Sequence[Outgoing]:
        """Renders one or several notices as messages; `waited`: one of them was deferred."""


@dataclass(frozen=True, slots=True)
class _Told:
    """Holds what a person may be told now: new notices, and those that have waited in the table."""

    person_id: str
    new: tuple[NoticeRow, ...] = ()
    waited: Waiting | None = None


@dataclass(frozen=True, slots=True)
class _Ready:
    """Holds a person's messages due now, their notices, old and new, and until when (ms, UTC) others wait."""

    person: str
    over: tuple[int, ...]
    new: tuple[int, ...]
    letters: Letters
    later: dict[int, int]


@dataclass(slots=True)
class _Placed:
    """Holds where new notices go: messages for admins, rows of the table, and what is due, by person; `busy` are the
    people whose commissions become hourly, each with the notice.
    """

    letters: Letters = field(default_factory=list)
    waiting: list[tuple[str, int, int]] = field(default_factory=list)
    busy: list[tuple[str, int]] = field(default_factory=list)
    due: dict[str, list[NoticeRow]] = field(default_factory=dict)


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
        self._notices_added = services.signals.notices_added
        self._gather_ms = gather_ms
        self._admins_told_at: dict[str, int] = {}
        self._told_at: dict[str, int] = {}  # last message by person; after a restart the next one is only sent sooner
        self._cursor: int | None = None  # as stored; None where that is not known
        self._next_due: int | None = None
        self._told_last = -BREATH_MS  # in ticks

    async def run(self) -> None:
        """Runs until cancelled. Starts with the notices left by an earlier run."""
        await in_rounds(self._go_on, self._engine.noticed, self._clock, subject="notices", retry_ms=FALLBACK_MS)

    async def _go_on(self) -> int:
        if (early_ms := self._told_last + BREATH_MS - self._clock.ticks()) > 0:
            await self._clock.wait(asyncio.Event(), early_ms)
        while await self.step():
            pass
        self._told_last = self._clock.ticks()
        return await self._pause()

    async def step(self) -> bool:
        """Moves due notices to the outbox, and stores the others. Returns whether there may be more."""
        now = self._clock.now()
        if self._cursor is None:
            self._cursor = await self._outbox.cursor(CURSOR)
        notices, waited, self._next_due = await asyncio.gather(
            self._engine.notices(self._cursor, PAGE_SIZE),
            self._held.due(now, PEOPLE_AT_ONCE),
            self._held.next_due(after=now),
        )
        if not notices and not waited:
            return False
        people = await self._people_of({*(each.person for each in notices), *(each.person for each in waited)})
        placed = await self._place(notices, people, now)
        whole = _joined(placed.due, waited)
        ready = await asyncio.gather(*(self._ready(each, people.get(each.person_id), now) for each in whole))
        last = notices[-1].number if notices else self._cursor
        is_whole = await self._write(placed, ready, self._cursor, last, now)
        return not is_whole or len(waited) == PEOPLE_AT_ONCE or len(notices) == PAGE_SIZE

    async def _write(self, placed: _Placed, ready: Sequence[_Ready], after: int, last: int, now: int) -> bool:
        """Commits a step. Returns False where another process has told some of it: the rest is told another time."""

        def write(connection: Connection) -> bool:
            if last != after and not self._outbox.advance_cursor(connection, CURSOR, after, last):
                return False
            self._enqueue(connection, placed.letters)
            for person, number, due_at in placed.waiting:
                self._held.hold(connection, person, number, due_at, held=True)
            for person, number in placed.busy:
                self._held.note_busy(connection, person, number)
            told = [self._tell(connection, each, now) for each in ready]
            return all(told)

        self._cursor = None
        is_whole = await self._writer.run(write)
        self._cursor = last if is_whole else None
        waits = [due_at for _, _, due_at in placed.waiting] + [at for each in ready for at in each.later.values()]
        self._next_due = min([*waits, *([] if self._next_due is None else [self._next_due])], default=None)
        told = [each.person for each in ready if each.letters]
        self._note_told(told, now)
        if told or placed.letters:
            self._notices_added.set()
        return is_whole

    def _tell(self, connection: Connection, ready: _Ready, now: int) -> bool:
        """Adds a person's messages. Where some of their notices are gone, all others wait, to be told another time."""
        for number, due_at in ready.later.items():
            self._held.put_off(connection, ready.person, number, due_at)
        if not ready.over or self._held.let_go(connection, ready.person, ready.over):
            self._enqueue(connection, ready.letters)
            return True
        for number in ready.new:
            self._held.hold(connection, ready.person, number, now, held=False)
        return False

    async def _pause(self) -> int:
        return FALLBACK_MS if self._next_due is None else max(1, min(FALLBACK_MS, self._next_due - self._clock.now()))

    # Whom a notice is for, and when

    async def _people_of(self, ids: Iterable[str | None]) -> dict[str, Person]:
        """Returns those whom the chat knows; all are asked for at once."""
        found = await asyncio.gather(*(self._people.get(each) for each in ids if each is not None))
        return {each.id: each for each in found if each is not None}

    async def _place(self, notices: Sequence[NoticeRow], people: Mapping[str, Person], now: int) -> _Placed:
        placed = _Placed()
        due = await asyncio.gather(*(self._due(notice, people.get(notice.person or ""), now) for notice in notices))
        for notice, its in zip(notices, due, strict=True):
            if notice.person is None:
                await self._place_for_admins(notice, placed, now)
            elif its is not None:
                placed.busy += [(notice.person, notice.number)] if its.busy else []
                if its.at > now:
                    placed.waiting.append((notice.person, notice.number, its.at))
                else:
                    placed.due.setdefault(notice.person, []).append(notice)
        return placed

    async def _place_for_admins(self, notice: NoticeRow, placed: _Placed, now: int) -> None:
        for admin in await self._people.admins():
            if (due_at := self._due_to_admin(notice, admin.id, now)) is None:
                placed.letters.append(await self._letter([notice], admin))
            else:
                placed.waiting.append((admin.id, notice.number, due_at))

    async def _due(self, notice: NoticeRow, person: Person | None, now: int) -> Due | None:
        """Returns when the notice is due; None for admins, and for people known only to a shop, who have no chat."""
        due = None if person is None else await self._wanted_at(notice, person, now)
        if due is None or self._voice.alone(notice):
            return due
        told_at = self._told_at.get(notice.person or "")
        if told_at is None or not 0 <= now - told_at < self._gather_ms:
            return due
        return replace(due, at=max(due.at, told_at + self._gather_ms))

    def _due_to_admin(self, notice: NoticeRow, admin: str, now: int) -> int | None:
        """Returns when an admin is told of it with others; None for at once, by itself."""
        if not self._gather_ms or self._voice.alone(notice):
            return None
        told_at, gather_ms = self._admins_told_at.get(admin), ADMINS_GATHER_TIMES * self._gather_ms
        if told_at is not None and 0 <= now - told_at < gather_ms:
            return told_at + gather_ms
        self._admins_told_at[admin] = now
        return None

    async def _wanted_at(self, notice: NoticeRow, person: Person, now: int) -> Due | None:
        """Returns when the policy wants it told; now where the person's preferences cannot be read."""
        try:
            return await self._voice.due(notice, person, now)
        except DriverError:
            raise
        except Exception:  # noqa: BLE001  one person's preferences must not delay others' notices
            _log.exception("the preferences of %s are unreadable; notified now", person.id)
            return Due(now)

    # Into words

    def _note_told(self, people: Iterable[str], now: int) -> None:
        if self._gather_ms:
            recent = {person: at for person, at in self._told_at.items() if 0 <= now - at < self._gather_ms}
            told = dict.fromkeys(people, now)
            self._told_at = recent | told
            self._admins_told_at |= {person: now for person in told if person in self._admins_told_at}

    async def _ready(self, whose: _Told, person: Person | None, now: int) -> _Ready:
        """Applies current preferences to deferred notices: the kind may be off now, or quiet hours longer."""
        waited = whose.waited or Waiting(whose.person_id, (), frozenset())
        if person is None:
            return _Ready(whose.person_id, waited.numbers, (), [], {})
        old = await self._engine.notices_numbered(waited.numbers) if waited.numbers else []
        due = {
            each.number: await self._wanted_at(each, person, now) if each.number in waited.held else Due(now)
            for each in old
        }
        later = {number: its.at for number, its in due.items() if its is not None and its.at > now}
        wanted = [each for each in old if due[each.number] is not None and each.number not in later]
        over = tuple(number for number in waited.numbers if number not in later)
        new = [each for each in whose.new if each.number not in waited.numbers]
        letters = await self._letters_for([*wanted, *new], person, waited)
        return _Ready(whose.person_id, over, tuple(each.number for each in new), letters, later)

    async def _letters_for(self, notices: Sequence[NoticeRow], person: Person, waiting: Waiting) -> Letters:
        """Returns one message for the notices that may be combined, and one for each of the others."""
        together = [notice for notice in notices if self._together(notice, waiting)]
        if len(together) < 2:
            together = []
        others = [notice for notice in notices if notice not in together]
        letters = [await self._letter([notice], person, waited=notice.number in waiting.held) for notice in others]
        if together:
            waited = any(notice.number in waiting.held for notice in together)
            letters += await self._letters_together(together, person, waited=waited)
        return letters

    def _together(self, notice: NoticeRow, waiting: Waiting) -> bool:
        return not self._voice.alone(notice) and bool(self._gather_ms or notice.number in waiting.held)

    async def _letters_together(self, notices: list[NoticeRow], person: Person, *, waited: bool) -> Letters:
        """Returns one message, or where rendering fails one for each notice, so that one fault hides no others."""
        cause, messages = await self._letter(notices, person, waited=waited)
        if messages:
            return [(cause, messages)]
        return [await self._letter([notice], person, waited=waited) for notice in notices]

    def _enqueue(self, connection: Connection, letters: Letters) -> None:
        self._outbox.post(connection, letters, Priority.NOTICE, self._clock.now())

    async def _letter(
        self, notices: Sequence[NoticeRow], person: Person, *, waited: bool = False
    ) -> tuple[str, list[Outgoing]]:
        """Returns the messages by their cause, which names the notices and the person."""
        first, last = notices[0].number, notices[-1].number
        numbers = str(first) if first == last else f"{first}-{last}"
        return f"notice:{numbers}/{person.id}", await self._messages(notices, person, waited=waited)

    async def _messages(self, notices: Sequence[NoticeRow], person: Person, *, waited: bool) -> list[Outgoing]:
        reference = notice_reference(notices[-1].number)
        try:
            said = await self._voice.say(notices, person, waited=waited)
        except DriverError:  # database unavailable: all of them wait
            raise
        except Exception:  # noqa: BLE001  a notice that fails to render must not delay later ones
            what = ", ".join(f"{each.number} ({each.kind})" for each in notices)
            _log.exception("notice %s not rendered; skipped: %s", what, error_reference(self._random))
            return []
        return [each if each.reference else replace(each, reference=reference) for each in said]


def _joined(new: Mapping[str, Sequence[NoticeRow]], waited: Sequence[Waiting]) -> list[_Told]:
    """Returns what each person may be told, in the order of their ids."""
    table = {each.person: each for each in waited}
    return [_Told(each, tuple(new.get(each, ())), table.get(each)) for each in sorted({*new, *table})]
