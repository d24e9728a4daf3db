"""Stores which messages were passed on between people and support, and how far they came: numbers, never words."""

import re
import sqlite3
from collections.abc import Mapping
from typing import Any, Final

from bot.kit.effects import Outgoing
from bot.kit.support import Asker, PassedOn, Problem
from bot.store import load_queries
from engine.store.reader import Reader

LIFE_MS: Final = 30 * 24 * 3_600_000
"""After this time a message's number is purged: a reply to it reaches nobody."""

_FAULT_OF_MESSAGE: Final = (
    "message to copy",
    "message to forward",
    "can't be copied",
    "can't be forwarded",
    "message_id_invalid",
)
"""Telegram's words where it cannot copy this one message, while others would arrive."""

_REFERENCE: Final = re.compile(r"^E-\w+: ")
"""What the sender puts before the words of a failure, for the log."""


class SupportMessages:
    """Holds the tables `support_messages`, `support_waiting` and `support_chats`; implements the kit's Support.

    Methods that take a connection run inside a write transaction; `now` is ms, UTC.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("support")

    async def is_staff_chat(self, configured: int, chat_id: int) -> bool:
        """Returns whether the chat is the configured support chat, or what that group has become."""
        if chat_id == configured:
            return True
        if configured > 0 or chat_id > 0:  # only groups move
            return False
        return chat_id == await self.current_chat(configured)

    async def current_chat(self, configured: int) -> int:
        """Returns the id of the configured chat today."""
        row = await self._reader.fetch_one(self._queries.chat.sql, {"configured": configured})
        return configured if row is None else int(row["current"])

    async def failing_chat(self, configured: int) -> tuple[str, int] | None:
        """Returns why nothing gets through to the support chat, and since when (ms, UTC), if the admins have not been
        told; else None.
        """
        row = await self._reader.fetch_one(self._queries.chat.sql, {"configured": configured})
        if row is None or row["failing_at"] is None or row["told_at"] is not None:
            return None
        return str(row["problem"]), int(row["failing_at"])

    async def message(self, id: int) -> PassedOn | None:
        """Returns the row of that number."""
        return await self._one("message", id=id)

    async def standing_at(self, chat_id: int, message_id: int) -> PassedOn | None:
        """Returns the row of the message that the bot has put there."""
        return await self._one("standing", chat_id=chat_id, message_id=message_id)

    async def written_at(self, chat_id: int, message_id: int) -> PassedOn | None:
        """Returns the row of the message that was written there."""
        return await self._one("written", chat_id=chat_id, message_id=message_id)

    async def asked_since(self, person_id: str, since: int) -> list[int]:
        """Returns when the person has asked since then (ms, UTC), in order."""
        rows = await self._reader.fetch(self._queries.asked_since.sql, {"person": person_id, "since": since})
        return [row["at"] for row in rows]

    async def waiting(self) -> int:
        """Returns the number of people whose question waits for an answer."""
        row = await self._reader.fetch_one(self._queries.waiting.sql)
        return 0 if row is None else int(row["people"])

    async def askers(self, *, skip: int, count: int) -> list[Asker]:
        """Returns a page of the people whose question waits for an answer, the one who has waited longest first."""
        rows = await self._reader.fetch(self._queries.askers.sql, {"skip": skip, "count": count})
        return [Asker(row["person"], row["since"]) for row in rows]

    async def untold(self, size: int) -> list[PassedOn]:
        """Returns the oldest messages that did not arrive and whose writer was not told."""
        return [_passed_on(row) for row in await self._reader.fetch(self._queries.untold.sql, {"size": size})]

    async def _one(self, query: str, **parameters: int) -> PassedOn | None:
        row = await self._reader.fetch_one(getattr(self._queries, query).sql, parameters)
        return None if row is None else _passed_on(row)

    # What becomes of messages on the way

    def note_sent(self, connection: sqlite3.Connection, outgoing: Outgoing, message_id: int | None, now: int) -> None:
        """Records that a message has arrived: in the support chat it waits for an answer from now on."""
        row = self._row_of(connection, outgoing)
        if row is None or message_id is None:
            return
        self._queries.arrived(connection, id=row["id"], chat_id=outgoing.chat_id, message_id=message_id)
        if outgoing.chat_id != row["chat_id"]:
            self.note_moved(connection, row["chat_id"], outgoing.chat_id)
        if row["way"] != "answer":
            self._queries.chat_works(connection, current=outgoing.chat_id)
        if row["way"] == "question":
            self._queries.wait_for_answer(connection, person=row["person"], since=now)

    def note_failed(self, connection: sqlite3.Connection, outgoing: Outgoing, words: str, now: int) -> None:
        """Records that a message cannot arrive; `words` are Telegram's, or why it was not sent."""
        row = self._row_of(connection, outgoing)
        if row is None:
            return
        words = _REFERENCE.sub("", words)
        problem = problem_of(words)
        self._queries.undelivered(connection, id=row["id"], problem=problem)
        if row["way"] != "answer" and problem != "message":
            self.note_unreachable(connection, row["chat_id"], words, now)

    def note_blocked(self, connection: sqlite3.Connection, chat_id: int, words: str, now: int) -> None:
        """Records that the chat takes nothing, and gives up what is on the way there."""
        if self._queries.any_on_the_way(connection, chat_id=chat_id) is None:
            return
        self._queries.blocked(connection, chat_id=chat_id)
        self._queries.give_up(connection, chat_id=chat_id, now=now)
        self.note_unreachable(connection, chat_id, words, now)

    def note_unreachable(self, connection: sqlite3.Connection, chat_id: int, words: str, now: int) -> None:
        """Records that the support chat takes nothing; of any other chat nothing is recorded."""
        self._queries.chat_fails(connection, current=chat_id, problem=words, now=now)

    def note_reachable(self, connection: sqlite3.Connection, chat_id: int) -> None:
        """Records that the support chat takes messages."""
        self._queries.chat_works(connection, current=chat_id)

    def note_moved(self, connection: sqlite3.Connection, old: int, new: int) -> None:
        """Records that a group has become another one; of any but the support chat nothing is recorded."""
        self._queries.move_chat(connection, old=old, new=new)

    def know_chat(self, connection: sqlite3.Connection, configured: int) -> int:
        """Returns the id of the configured chat today, whose row there is from now on."""
        self._queries.know_chat(connection, configured=configured)
        return int(self._queries.chat(connection, configured=configured)["current"])

    def note_told(self, connection: sqlite3.Connection, ids: list[int], now: int) -> None:
        """Marks that the writers of these messages were told."""
        self._queries.told(connection, [{"id": each, "now": now} for each in ids])

    def note_chat_told(self, connection: sqlite3.Connection, configured: int, now: int) -> None:
        """Marks that the admins were told of the support chat."""
        self._queries.chat_told(connection, configured=configured, now=now)

    def settle(self, connection: sqlite3.Connection, person_id: str) -> None:
        """Records that the person's question needs no answer any more."""
        self._queries.end_waiting(connection, person=person_id)

    def _row_of(self, connection: sqlite3.Connection, outgoing: Outgoing) -> Mapping[str, Any] | None:
        if outgoing.card is None or "support" not in outgoing.card:
            return None
        row: Mapping[str, Any] | None = self._queries.message(connection, id=outgoing.card["support"])
        return row


def forget_support(connection: sqlite3.Connection, *, before: int) -> None:
    """Purges messages, and questions that nobody answered, from before that time (ms, UTC)."""
    queries = load_queries("support")
    queries.forget(connection, before=before)
    queries.forget_waiting(connection, before=before)


def problem_of(words: str) -> Problem:
    """Returns what kind of problem Telegram's words describe."""
    lowered = words.lower()
    return "message" if any(each in lowered for each in _FAULT_OF_MESSAGE) else "unreachable"


def _passed_on(row: sqlite3.Row) -> PassedOn:
    return PassedOn(
        id=row["id"],
        person=row["person"],
        way=row["way"],
        source_chat=row["source_chat"],
        source_message=row["source_message"],
        chat_id=row["chat_id"],
        message_id=row["message_id"],
        reply_to=row["reply_to"],
        at=row["at"],
        problem=row["problem"],
    )
