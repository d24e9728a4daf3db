"""Stores an update's result: all its effects and "this update is done", in one transaction."""

import sqlite3
from dataclasses import dataclass, field

from bot.kit.effects import Effects, Outgoing, Toast
from bot.kit.masking import mask_account_numbers, mask_update
from bot.store import load_queries
from bot.store.dialogues import keep_dialogue
from bot.store.drafts import keep_draft
from bot.store.imports import keep_import
from bot.store.inbox import Inbox, Received
from bot.store.outbox import Outbox, Priority
from bot.store.preferences import keep_wishes
from bot.store.support import SupportMessages
from bot.store.support_handover import SupportHandovers
from engine.store.writer import Writer


@dataclass(frozen=True, slots=True)
class UpdateOutcome:
    """Holds the result of handling an update.

    person_id: the engine's id of its sender; None without a profile. went_away: Telegram id of a person who has blocked
    the bot. moved: the old and the new id of a group that has become a supergroup. press: the id of the button press to
    answer.
    """

    effects: Effects = field(default_factory=Effects)
    person_id: str | None = None
    went_away: int | None = None
    moved: tuple[int, int] | None = None
    press: str | None = None


@dataclass(frozen=True, slots=True)
class FailedUpdate:
    """Holds an update that was set aside, and the messages about it, to the person and to admins, under one reference.

    problem: the error, for the log and the store alone. press, toast: as for an UpdateOutcome and its effects.
    """

    reference: str
    messages: tuple[Outgoing, ...] = ()
    problem: str = ""
    press: str | None = None
    toast: Toast | None = None


class UpdateResults:
    """Writes outcomes; `now` is ms, UTC. Both methods return False, changing nothing, for a finished update."""

    def __init__(self, writer: Writer, inbox: Inbox, outbox: Outbox, support: SupportMessages) -> None:
        self._writer = writer
        self._inbox = inbox
        self._outbox = outbox
        self._support = support
        self._handovers = SupportHandovers(outbox, support)
        self._people = load_queries("people")
        self._preferences = load_queries("preferences")

    async def finish(self, received: Received, outcome: UpdateOutcome, now: int) -> bool:
        """Marks the update as done; its effects hold from here on."""
        return await self._writer.run(lambda connection: self._finish(connection, received, outcome, now))

    async def park(self, received: Received, failed_update: FailedUpdate, now: int) -> bool:
        """Sets the update aside: of its effects only the messages about it are kept.

        Its content is kept for admins, with the numbers of cards, Shebas and wallets masked.
        """
        return await self._writer.run(lambda connection: self._park(connection, received, failed_update, now))

    def _finish(self, connection: sqlite3.Connection, received: Received, outcome: UpdateOutcome, now: int) -> bool:
        if not self._inbox.finish(connection, received.seq, now):
            return False
        if outcome.person_id is not None:
            self._people.seen(connection, person=outcome.person_id, now=now)
            self._keep(connection, received.key, outcome.person_id, outcome.effects, now)
        if outcome.went_away is not None:
            self._people.block(connection, telegram_id=outcome.went_away, asked_at=now, now=now)
        if outcome.moved is not None:
            self._support.note_moved(connection, *outcome.moved)
        self._outbox.enqueue(connection, received.key, outcome.effects.outgoing, Priority.ANSWER, now)
        for handover in outcome.effects.handovers:
            self._handovers.write(connection, received.key, handover, now)
        for person_id in outcome.effects.settled:
            self._support.settle(connection, person_id)
        return True

    def _keep(self, connection: sqlite3.Connection, cause: str, person_id: str, effects: Effects, now: int) -> None:
        if effects.dialogue_changed:
            keep_dialogue(self._people, connection, person_id, effects.dialogue)
        for draft in effects.drafts:
            keep_draft(self._people, connection, draft)
        for wish in effects.imports:
            keep_import(connection, cause, person_id, wish, now)
        for token in effects.used:
            self._people.use_draft(connection, token=token, now=now)
        if effects.language is not None:
            self._people.choose_language(connection, person=person_id, language=effects.language)
        if effects.preferences is not None:
            keep_wishes(self._preferences, connection, person_id, effects.preferences, now)

    def _park(self, connection: sqlite3.Connection, received: Received, failed_update: FailedUpdate, now: int) -> bool:
        problem = mask_account_numbers(failed_update.problem)
        if not self._inbox.park(connection, received.seq, failed_update.reference, problem, now):
            return False
        self._inbox.replace_content(connection, received.seq, mask_update(received.content))
        self._outbox.enqueue(connection, received.key, failed_update.messages, Priority.ANSWER, now)
        return True
