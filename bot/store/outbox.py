"""Stores messages to be sent, from the commit of their cause to their delivery status.

A notice is marked before its call is made, many in one commit, so that a call cut off by a kill is known as such. An
answer is not: the person would wait for the mark, too.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from hashlib import sha256
from typing import Final

from bot.kit.effects import Outgoing, RenderedCard
from bot.kit.json import Json, JsonView
from bot.store import load_queries
from bot.store.request_cards import RequestCards
from bot.store.support import SupportMessages
from engine.store.reader import Reader
from engine.store.writer import Writer

DAY_MS: Final = 24 * 3_600_000
MARK_PATIENCE_MS: Final = 20
"""How long the mark of a sent message waits for another commit. A kill meanwhile has it sent again, as one between
Telegram's answer and the mark always has.
"""


class Priority(IntEnum):
    """Orders waiting messages: answers to the person who is looking at the chat go first."""

    ANSWER = 0
    NOTICE = 1
    BROADCAST = 2
    """For the table `broadcast_recipients` (bot/broadcasts/recipients.py); none of them is in the outbox."""


@dataclass(frozen=True, slots=True)
class OutboxMessage:
    """Holds one row that waits to be sent; `id` is its number in its table. `rendered` is its card as it was sent.

    repeated: an earlier call may have had its effect.
    """

    id: int
    outgoing: Outgoing
    priority: Priority
    created_at: int
    rendered: RenderedCard | None = None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class _SentMark:
    letter: OutboxMessage
    fate: dict[str, int | None]


def fingerprint(chat_id: int, method: str, params: JsonView, card: JsonView | None = None) -> str:
    """Identifies a message without its content: by its chat, what it edits, and its words or its card."""
    media = params.get("media")
    caption = media.get("caption") if isinstance(media, dict) else params.get("caption")
    words = params.get("text") or caption or card or ""
    return sha256(f"{chat_id}|{method}|{params.get('message_id', '')}|{words}".encode()).hexdigest()


class Outbox:
    """Holds the table `outbox`. Methods that take a connection run inside a write transaction; `now` is ms, UTC."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._queries = load_queries("outbox")
        self._people = load_queries("people")
        self._cards = RequestCards(reader)
        self._support = SupportMessages(reader)

    def enqueue(
        self,
        connection: sqlite3.Connection,
        cause: str,
        messages: Sequence[Outgoing],
        priority: Priority,
        now: int,
    ) -> None:
        """Adds the messages in order, as `cause/0`, `cause/1` ...; those enqueued before stay as they are."""
        for place, each in enumerate(messages):
            self._queries.enqueue(
                connection,
                cause=f"{cause}/{place}",
                chat_id=each.chat_id,
                method=each.method,
                params=_written(each.params),
                picture=_written(each.picture),
                fallback=_written(each.fallback),
                reference=each.reference,
                fingerprint=fingerprint(each.chat_id, each.method, each.params, each.card),
                card=_written(each.card),
                edits=each.params.get("message_id") if each.method == "editMessageText" else None,
                repeat_note=each.repeat_note,
                priority=int(priority),
                kind=each.kind,
                now=now,
            )

    def post(
        self,
        connection: sqlite3.Connection,
        letters: Iterable[tuple[str, Sequence[Outgoing]]],
        priority: Priority,
        now: int,
    ) -> None:
        """Enqueues the messages of several causes."""
        for cause, messages in letters:
            self.enqueue(connection, cause, messages, priority, now)

    async def waiting(self, priority: Priority, after: int, size: int) -> list[OutboxMessage]:
        """Returns the next unsent of a priority after the id `after`, in order."""
        arguments = {"priority": int(priority), "after": after, "size": size}
        return [_letter(row) for row in await self._reader.fetch(self._queries.waiting.sql, arguments)]

    async def waiting_in_chat(
        self, chat_id: int, priority: Priority, after: int, until: int, size: int
    ) -> list[OutboxMessage]:
        """Returns the next unsent of a priority for one chat, after the id `after` and up to `until`, in order."""
        where = {"chat_id": chat_id, "priority": int(priority), "after": after, "until": until, "size": size}
        return [_letter(row) for row in await self._reader.fetch(self._queries.waiting_in_chat.sql, where)]

    async def discard(self, ids: Iterable[int]) -> None:
        """Deletes messages that newer ones replaced before they were sent."""
        rows = [{"id": each} for each in ids]
        await self._writer.run(lambda connection: self._queries.discard(connection, rows))

    async def recover(self, now: int) -> None:  # noqa: ARG002  required by the protocol
        """Recovers messages in flight when an earlier run ended: they may have arrived, and are sent again."""
        await self._writer.run(self._queries.recover)

    async def claim(self, letters: Sequence[OutboxMessage], now: int) -> frozenset[int]:
        """Marks the messages' calls as started, durably, before they are made. Returns the ids of those that may go."""
        notices = [letter.id for letter in letters if letter.priority is not Priority.ANSWER]

        def claim(connection: sqlite3.Connection) -> None:
            self._queries.claim(connection, [{"id": each, "now": now} for each in notices])

        if notices:
            await self._writer.run(claim)
        return frozenset(letter.id for letter in letters)

    async def put_back(self, letter: OutboxMessage) -> None:
        """Returns a message to the queue: its call had no effect."""
        if letter.priority is not Priority.ANSWER:
            await self._writer.run(lambda connection: self._queries.put_back(connection, id=letter.id))

    async def mark_unconfirmed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> bool:  # noqa: ARG002
        """Marks that a call may have had its effect. Returns True if it is sent again, under the same reference."""
        fate = {"id": letter.id, "tries": tries}
        await self._writer.run(lambda connection: self._queries.mark_unconfirmed(connection, **fate))
        return True

    async def mark_sent(self, letter: OutboxMessage, message_id: int | None, tries: int, now: int) -> None:
        """Marks a message as sent, and a card's place. Marks of one moment are one statement, and wait a little for
        another commit to be part of.
        """
        sent = _SentMark(letter, {"id": letter.id, "message_id": message_id, "tries": tries, "now": now})
        await self._writer.run_together(self._mark_all_sent, sent, patience_ms=MARK_PATIENCE_MS)

    def _mark_all_sent(self, connection: sqlite3.Connection, marks: Sequence[_SentMark]) -> list[None]:
        self._queries.mark_sent(connection, [mark.fate for mark in marks])
        for mark in marks:
            self._note_card(connection, mark.letter, mark.fate["message_id"], mark.fate["now"] or 0)
        return [None] * len(marks)

    def _note_card(
        self, connection: sqlite3.Connection, letter: OutboxMessage, message_id: int | None, now: int
    ) -> None:
        """Records a sent card, whose words are known only then."""
        outgoing, card = letter.outgoing, letter.rendered
        if card is not None:
            words = fingerprint(outgoing.chat_id, outgoing.method, {**card.params, **outgoing.params})
            self._queries.note_fingerprint(connection, id=letter.id, fingerprint=words)
        self._cards.note_sent(connection, outgoing, message_id, card.shown if card is not None else None)
        self._support.note_sent(connection, outgoing, message_id, now)

    async def mark_failed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> None:
        """Marks a message as failed; `problem` says why."""
        fate = {"id": letter.id, "problem": problem, "tries": tries, "now": now}

        def mark(connection: sqlite3.Connection) -> None:
            self._queries.mark_failed(connection, **fate)
            self._support.note_failed(connection, letter.outgoing, problem, now)
            if (
                letter.outgoing.card is None or now - letter.created_at < DAY_MS
            ):  # otherwise it was only too old: a new one is sent
                self._cards.note_failed(connection, letter.outgoing)

        await self._writer.run(mark)

    async def hold_chat(self, letter: OutboxMessage, asked_at: int, now: int) -> bool:
        """Holds the message's chat, which refused it."""
        return await self.mark_blocked(letter.outgoing.chat_id, asked_at, now)

    async def mark_blocked(self, chat_id: int, asked_at: int, now: int) -> bool:
        """Holds what waits for a chat that refused a message sent at `asked_at`.

        Returns False, changing nothing, if the person has come back since.
        """
        return await self._writer.run(lambda connection: self.block(connection, chat_id, asked_at, now))

    def block(self, connection: sqlite3.Connection, chat_id: int, asked_at: int, now: int) -> bool:
        """Does what mark_blocked does, inside a write transaction."""
        self._people.block(connection, telegram_id=chat_id, asked_at=asked_at, now=now)
        if self._people.is_back(connection, telegram_id=chat_id) is not None:
            return False
        self._support.note_blocked(connection, chat_id, "the chat refuses the bot's messages", now)
        self._queries.mark_blocked(connection, chat_id=chat_id)
        return True

    async def cursor(self, name: str) -> int:
        """Returns how far a reader of the books has come; 0 at first."""
        row = await self._reader.fetch_one(self._queries.cursor.sql, {"name": name})
        return 0 if row is None else int(row["value"])

    def move_cursor(self, connection: sqlite3.Connection, name: str, value: int) -> None:
        """Moves a cursor forward, never back."""
        self._queries.move_cursor(connection, name=name, value=value)

    def advance_cursor(self, connection: sqlite3.Connection, name: str, after: int, value: int) -> bool:
        """Moves a cursor forward from `after`. Returns False, changing nothing, where it stands elsewhere by now."""
        row = self._queries.cursor(connection, name=name)
        if (0 if row is None else row["value"]) != after:
            return False
        self.move_cursor(connection, name, value)
        return True

    def tidy(self, connection: sqlite3.Connection, *, finished_before: int, held_since: int, now: int) -> None:
        """Purges messages that were sent or failed before, and gives up those held for long."""
        self._queries.give_up_blocked(connection, before=held_since, now=now)
        self._queries.forget_finished(connection, before=finished_before)


def _written(value: Json | None) -> str | None:
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _read(text: str | None) -> Json | None:
    return None if text is None else dict(json.loads(text))


def _letter(row: sqlite3.Row) -> OutboxMessage:
    return OutboxMessage(
        id=row["id"],
        outgoing=Outgoing(
            chat_id=row["chat_id"],
            method=row["method"],
            params=_read(row["params"]) or {},
            picture=_read(row["picture"]),
            reference=row["reference"],
            fallback=_read(row["fallback"]),
            kind=row["kind"],
            card=_read(row["card"]),
            repeat_note=row["repeat_note"],
        ),
        priority=Priority(row["priority"]),
        created_at=row["created_at"],
        repeated=row["unsure"] > 0,
    )
