"""Looks up a file's orders in the store: a buyer's id, and whether an order exists."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, Literal

from bot.kit.order_numbers import prefix_of_shop
from bot.kit.person import person_name
from bot.order_files.reading import FileOrder
from bot.store import load_queries
from engine.events.codec import lines_from_json
from engine.events.model import Line
from engine.store.driver import Connection, Row

BUYERS_KEPT: Final = 50_000


class Known:
    """Reads on a connection of its own, which may be read-only. `shops` are the names of the connected ones."""

    def __init__(self, connection: Connection, shops: Iterable[str] = ()) -> None:
        self._connection = connection
        self._shops = frozenset(shops)
        self._people = load_queries("people")
        self.buyer = lru_cache(BUYERS_KEPT)(self._buyer)
        """Returns a person's id by the file's name for them: an invitation code, @username or Telegram id; None if
        unknown.
        """

    def order(self, order: FileOrder) -> Literal["new", "same", "other"]:
        """Returns whether an order of that id exists, with the same buyer and lines or with other ones."""
        row = self._connection.execute("SELECT buyer, content FROM orders WHERE id = ?", (order.id,)).fetchone()
        if row is None:
            return "new"
        buyer, content = row
        if buyer != order.buyer:
            return "other"
        return "same" if _are_the_same(lines_from_json(content), order.lines) else "other"

    def is_of_shop(self, order: FileOrder) -> bool:
        """Returns whether the number is reserved for orders that are recorded automatically."""
        return prefix_of_shop(order.id, self._shops) is not None

    def _buyer(self, word: str) -> str | None:
        name = person_name(word)
        if name.username is not None:
            return self._person(self._people.by_username(self._connection, username=name.username))
        id = name.telegram_id
        found = None if id is None else self._person(self._people.by_telegram_id(self._connection, telegram_id=id))
        return found or self._of_the_books(name.code)

    def _person(self, row: Row | None) -> str | None:
        return None if row is None else str(row["person"])

    def _of_the_books(self, id: str) -> str | None:
        """Finds a person in the books, also one whom only a shop knows."""
        return id if self._connection.execute("SELECT 1 FROM persons WHERE id = ?", (id,)).fetchone() else None


def _are_the_same(kept: Iterable[Line], read: Iterable[Line]) -> bool:
    """Compares lines in any order, as spreadsheets sort rows; equal rows count as one line, even if the order
    has two.
    """
    ours, theirs = Counter(kept), Counter(read)
    return ours == theirs or Counter(set(ours)) == theirs
