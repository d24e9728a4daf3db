"""Puts messages for and from support into the outbox, each with its row, inside the transaction of their update."""

import sqlite3
from dataclasses import dataclass
from typing import Final

from bot.kit.effects import Outgoing
from bot.kit.support import Handover
from bot.store import load_queries
from bot.store.outbox import Outbox, Priority
from bot.store.support import SupportMessages

CARD_AGAIN_MS: Final = 24 * 3_600_000
"""Time after which a person's next question comes with a card again, instead of under the one before."""


@dataclass(frozen=True, slots=True)
class _Target:
    """Holds where a handover goes, and when. `problem` is "blocked" where nothing can arrive, else None."""

    chat_id: int
    problem: str | None
    now: int


class SupportHandovers:
    """Writes handovers. Its method runs inside a write transaction; `now` is ms, UTC."""

    def __init__(self, outbox: Outbox, support: SupportMessages) -> None:
        self._outbox = outbox
        self._support = support
        self._queries = load_queries("support")

    def write(self, connection: sqlite3.Connection, cause: str, handover: Handover, now: int) -> None:
        """Enqueues the messages, a question's first one with the asker's card.

        To a reader who has blocked the bot nothing is enqueued: their writer is told.
        """
        target = self._target(connection, handover, now)
        reply_to = handover.reply_to
        outgoing = []
        if handover.way == "question":
            if reply_to is None:
                reply_to = self._latest(connection, handover.person, now)
            if reply_to is None or handover.forwarded:
                reply_to = self._add(connection, handover, target, None, reply_to=None)
                outgoing.append(_passed(target.chat_id, "sendMessage", reply_to))
        for message in handover.messages:
            number = self._add(connection, handover, target, message, reply_to=reply_to)
            outgoing.append(_passed(target.chat_id, _method(handover), number))
        if target.problem is None:
            self._outbox.enqueue(connection, f"{cause}/support", outgoing, Priority.ANSWER, now)
        elif handover.way == "question":
            self._support.note_unreachable(connection, target.chat_id, "blocked", now)
        if handover.way == "answer":
            self._support.settle(connection, handover.person)

    def _target(self, connection: sqlite3.Connection, handover: Handover, now: int) -> _Target:
        chat_id = handover.target
        if handover.way == "question":
            chat_id = self._support.know_chat(connection, chat_id)
        blocked = self._queries.blocks_us(connection, telegram_id=chat_id) is not None
        return _Target(chat_id, "blocked" if blocked else None, now)

    def _latest(self, connection: sqlite3.Connection, person: str, now: int) -> int | None:
        row = self._queries.latest(connection, person=person, since=now - CARD_AGAIN_MS)
        return None if row is None else int(row["id"])

    def _add(
        self,
        connection: sqlite3.Connection,
        handover: Handover,
        target: _Target,
        message: int | None,
        *,
        reply_to: int | None,
    ) -> int:
        """Adds the row of a message, of the card for None; returns its number."""
        number: int = self._queries.add(
            connection,
            person=handover.person,
            way="card" if message is None else handover.way,
            source_chat=None if message is None else handover.source_chat,
            source_message=message,
            chat_id=target.chat_id,
            reply_to=reply_to,
            at=target.now,
            problem=target.problem,
        )
        return number


def _method(handover: Handover) -> str:
    return "forwardMessage" if handover.forwarded else "copyMessage"


def _passed(chat_id: int, method: str, number: int) -> Outgoing:
    """Builds the call that passes a row's message on; it is rendered when it is made."""
    forwarded = {"forwarded": True} if method == "forwardMessage" else {}
    return Outgoing(chat_id, method, {}, card={"support": number, **forwarded})
