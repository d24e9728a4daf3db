"""Stores where cards of withdrawals stand in admins' chats, and which of them are outdated."""

import json
import sqlite3
from collections.abc import Sequence
from typing import Final

from bot.kit.effects import Outgoing
from bot.store import load_queries
from engine.store.reader import Reader

EDIT: Final = "editMessageText"
_OPEN_STATES: Final = ("requested", "approved")
IN_CHAT: Final = 3
"""So many edits are on their way in one chat: after a decision about hundreds, the admin's own answers come between."""


class RequestCards:
    """Holds the table `request_cards`. Methods that take a connection run inside a write transaction."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("request_cards")

    def note_sent(
        self, connection: sqlite3.Connection, outgoing: Outgoing, message_id: int | None, shown: str | None
    ) -> None:
        """Records a sent or edited message: it shows this card from now on, or none any more.

        A card of a settled request will not change again.
        """
        edited = outgoing.params.get("message_id") if outgoing.method == EDIT else None
        if edited is not None:
            self._drop(connection, outgoing.chat_id, edited)
        place = message_id or edited
        if outgoing.card is None or shown is None or place is None or shown.partition(":")[0] not in _OPEN_STATES:
            return
        self._queries.put_card(
            connection,
            chat_id=outgoing.chat_id,
            message_id=place,
            number=outgoing.card["withdrawal"],
            card=json.dumps(outgoing.card),
            shown=shown,
        )

    def note_failed(self, connection: sqlite3.Connection, outgoing: Outgoing) -> None:
        """Records an edit that cannot be made, so that it is not retried."""
        if outgoing.method == EDIT and "message_id" in outgoing.params:
            self._drop(connection, outgoing.chat_id, outgoing.params["message_id"])

    def _drop(self, connection: sqlite3.Connection, chat_id: int, message_id: int) -> None:
        self._queries.drop_card(connection, chat_id=chat_id, message_id=message_id)

    def adopt(self, connection: sqlite3.Connection) -> None:
        """Takes over the cards of admins' notices from before there was this table."""
        self._queries.adopt_sent(connection)
        self._queries.adopt_waiting(connection)

    async def any_stale(self) -> bool:
        """Returns whether any card has to be edited."""
        return bool(await self._reader.fetch(self._queries.stale_cards.sql, {"size": 1, "in_chat": IN_CHAT}))

    def edits_of_stale(self, connection: sqlite3.Connection, size: int) -> Sequence[tuple[str, list[Outgoing]]]:
        """Returns the edits of at most `size` cards, by causes that no message has had."""
        number = self._queries.last_message(connection)["id"]
        return [
            (f"card:{row['chat_id']}:{row['message_id']}:{number}", [_edit(row)])
            for row in list(self._queries.stale_cards(connection, size=size, in_chat=IN_CHAT))
        ]


def _edit(row: sqlite3.Row) -> Outgoing:
    return Outgoing(row["chat_id"], EDIT, {"message_id": row["message_id"]}, card=dict(json.loads(row["card"])))
