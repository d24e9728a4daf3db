"""What the store already knows of a file's orders: who a buyer is, and whether an order is there."""

import sqlite3
from functools import lru_cache
from typing import Final, Literal

from bot.order_files.reading import FileOrder
from engine.codes import clean
from engine.event_json import lines_json

BUYERS_KEPT: Final = 50_000
_TELEGRAM_ID_BITS: Final = 63


class Known:
    """Looks on a connection of its own, which may be read-only."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.buyer = lru_cache(BUYERS_KEPT)(self._buyer)
        """A person's id by what the file calls them: an invitation code, @username or Telegram id; None for nobody."""

    def order(self, order: FileOrder) -> Literal["new", "same", "other"]:
        """Whether there is an order of that id, with the same buyer and lines or with other ones."""
        row = self._connection.execute("SELECT buyer, content FROM orders WHERE id = ?", (order.id,)).fetchone()
        if row is None:
            return "new"
        return "same" if tuple(row) == (order.buyer, lines_json(order.lines)) else "other"

    def _buyer(self, word: str) -> str | None:
        if word.startswith("@"):
            return self._one("SELECT person FROM profiles WHERE lower(username) = lower(?)", word[1:])
        if word.isdecimal() and int(word) < 2**_TELEGRAM_ID_BITS:
            found = self._one("SELECT person FROM profiles WHERE telegram_id = ?", int(word))
            if found is not None:
                return found
        return self._one("SELECT id FROM persons WHERE id = ?", clean(word) or word)

    def _one(self, sql: str, value: str | int) -> str | None:
        row = self._connection.execute(sql, (value,)).fetchone()
        return None if row is None else str(row[0])
