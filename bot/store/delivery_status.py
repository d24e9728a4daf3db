"""Reads messages' delivery status from the outbox and from the recipients of broadcasts."""

import sqlite3
from typing import Final

from bot.kit.delivery_status import DeliveryStatus, Kind, State
from bot.store import load_queries
from bot.store.outbox import Priority
from engine.store.reader import Reader

_KINDS: Final[dict[int, Kind]] = {Priority.ANSWER: "answer", Priority.NOTICE: "notice"}
_DIGITS_MAX: Final = 18
"""The digits of a number that the store can hold."""


class DeliveryStatusRepository:
    """Implements the kit's DeliveryStatuses."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("delivery_status")

    async def of_chat(self, chat_id: int, count: int) -> list[DeliveryStatus]:
        """Returns the last messages to a chat, the newest first."""
        asked = {"chat_id": chat_id, "count": count}
        rows = await self._reader.fetch(self._queries.of_chat.sql, asked)
        broadcasts = await self._reader.fetch(self._queries.broadcasts_to.sql, asked)
        found = [(row["created_at"], fate_of(row)) for row in rows]
        found += [(row["created_at"], fate_in_broadcast(row)) for row in broadcasts]
        return [fate for _, fate in sorted(found, key=lambda each: -each[0])[:count]]


def fate_of(row: sqlite3.Row) -> DeliveryStatus:
    """Builds a status from a row of the outbox."""
    state: State = "waiting" if row["state"] == "new" else row["state"]
    kind = _KINDS[row["priority"]]
    return DeliveryStatus(kind, row["cause"], row["reference"], state, row["at"], row["unsure"], row["problem"])


def fate_in_broadcast(row: sqlite3.Row) -> DeliveryStatus:
    """Builds a status from a row of a broadcast's recipients."""
    state: State = row["state"]
    if row["state"] == "new":
        state = "cancelled" if row["run"] == "cancelled" else "waiting"
    number = str(row["broadcast"])
    unsure = int(state == "unknown")
    return DeliveryStatus("broadcast", f"broadcast:{number}", number, state, row["at"], unsure, row["problem"])


def fates_of_cause(connection: sqlite3.Connection, cause: str, count: int) -> list[tuple[int, DeliveryStatus]]:
    """Returns the messages caused by `cause`, or of a `broadcast:N`, at most `count`, with their chats."""
    queries = load_queries("delivery_status")
    rows = queries.of_cause(connection, first=f"{cause}/", last=f"{cause}0", count=count)  # "0" comes after "/"
    found = [(row["chat_id"], fate_of(row)) for row in rows]
    kind, _, number = cause.partition(":")
    if kind == "broadcast" and number.isdecimal() and len(number) <= _DIGITS_MAX:
        rows = queries.of_broadcast(connection, broadcast=int(number), count=count)
        found += [(row["chat_id"], fate_in_broadcast(row)) for row in rows]
    return found


def fates_of_reference(connection: sqlite3.Connection, reference: str, count: int) -> list[tuple[int, DeliveryStatus]]:
    """Returns the messages that show this reference, as `fates_of_cause` does."""
    queries = load_queries("delivery_status")
    rows = queries.of_reference(connection, reference=reference, count=count)
    return [(row["chat_id"], fate_of(row)) for row in rows]


def fates_of_chat(connection: sqlite3.Connection, chat_id: int, count: int) -> list[tuple[int, DeliveryStatus]]:
    """Returns the last messages to a chat, the newest first, as `DeliveryStatuses.of_chat` does."""
    queries = load_queries("delivery_status")
    found = [(row["created_at"], fate_of(row)) for row in queries.of_chat(connection, chat_id=chat_id, count=count)]
    rows = queries.broadcasts_to(connection, chat_id=chat_id, count=count)
    found += [(row["created_at"], fate_in_broadcast(row)) for row in rows]
    return [(chat_id, fate) for _, fate in sorted(found, key=lambda each: -each[0])[:count]]
