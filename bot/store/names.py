"""Keeps the index of names, and finds people in it by a part of their name or username."""

import sqlite3

from bot.kit.name_search import Needle, folded_name
from bot.store import load_queries
from engine.errors import StoreError
from engine.store.driver import Value
from engine.store.reader import Reader


def expect_full_text_search(connection: sqlite3.Connection) -> None:
    """Raises StoreError where SQLite was built without FTS5, by which names are found."""
    found = connection.execute("SELECT 1 FROM pragma_module_list WHERE name = 'fts5'").fetchone()
    if found is None:
        raise StoreError("this SQLite was built without FTS5, by which people's names are found")


def put_name(connection: sqlite3.Connection, person: str, name: str, username: str | None) -> None:
    """Stores what a person is found by, in both indexes. Runs inside a write transaction."""
    queries, folded = load_queries("names"), folded_name(name, username)
    known = queries.name_of(connection, person=person)
    if known is not None:
        if known["folded"] == folded:
            return
        queries.forget_parts(connection, id=known["id"], folded=known["folded"])
    row = queries.put_name(connection, person=person, folded=folded)
    queries.put_parts(connection, id=row["id"], folded=folded)


def fold_names(connection: sqlite3.Connection) -> int:
    """Folds the names of a store of an earlier version, once, in one transaction; returns how many it folded."""
    queries = load_queries("names")
    if queries.to_fold(connection) is None:
        return 0
    connection.execute("BEGIN IMMEDIATE")
    try:
        everybody = _as_far_as_they_can_be_read(connection)
        for row in everybody:
            put_name(connection, row["person"], row["name"], row["username"])
        queries.all_folded(connection)
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    return len(everybody)


def _as_far_as_they_can_be_read(connection: sqlite3.Connection) -> list[sqlite3.Row]:
    """Returns all profiles; a damaged name must not keep the bot from starting."""
    connection.text_factory = lambda text: text.decode("utf-8", "replace")
    try:
        return list(load_queries("names").everybody(connection))
    finally:
        connection.text_factory = str


class Names:
    """Reads the index: all answers are the engine's ids of people, in the order in which they are shown."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("names")

    async def search(self, needle: Needle, *, skip: int, size: int) -> list[str]:
        """Returns a page of those whose name or username has each word of the needle.

        Names that begin with all of it come first.
        """
        first, second, third = needle.words
        words: dict[str, Value] = {"first": first, "second": second, "third": third}
        words |= {"whole": needle.whole, "skip": skip, "size": size}
        if needle.match:
            return await self._people("with_parts", **words, match=needle.match)
        return await self._people("with_letters", **words)

    async def among_friends(self, member: str, needle: Needle, *, size: int) -> list[str]:
        """Returns the same among the friends of a member, and others who opened a link of theirs."""
        first, second, third = needle.words
        return await self._people("among_friends", member=member, first=first, second=second, third=third, size=size)

    async def newest(self, size: int) -> list[str]:
        """Returns those who came last."""
        return await self._people("newest", size=size)

    async def _people(self, query: str, **parameters: Value) -> list[str]:
        rows = await self._reader.fetch(getattr(self._queries, query).sql, parameters)
        return [row["person"] for row in rows]
