"""Stores the admins whom owners add in the chat, and who added or removed whom."""

import sqlite3
from collections.abc import Collection, Iterable, Iterator

from bot.kit.admins import AddedAdmin, AdminChange
from bot.kit.person import Person
from bot.runtime.signals import Topic
from bot.store import load_queries
from engine.store.reader import Reader
from engine.store.writer import Writer


def added_admins(connection: sqlite3.Connection) -> list[AddedAdmin]:
    """Returns the added admins, by their Telegram ids."""
    rows = connection.execute(load_queries("admins").added.sql).fetchall()
    return [AddedAdmin(*row) for row in rows]


def former_admins(connection: sqlite3.Connection) -> frozenset[int]:
    """Returns the Telegram ids of those who lost the role: Telegram may still list an admin's commands for them."""
    now = {each.telegram_id for each in added_admins(connection)}
    return frozenset(each.telegram_id for each in admin_changes(connection)) - now


def admin_changes(connection: sqlite3.Connection) -> list[AdminChange]:
    """Returns who was added or removed, in order."""
    rows = connection.execute(load_queries("admins").changes.sql).fetchall()
    return [AdminChange(*tuple(row)[1:]) for row in rows]


class AdminRoll(Collection[int]):
    """Holds the tables `admins` and `admin_changes`; implements the kit's Admins.

    It is asked for every update, so the ids are in memory. `changed` is told the Telegram id of whoever is an admin
    from now on, or no longer.
    """

    def __init__(
        self, writer: Writer, reader: Reader, *, owners: frozenset[int], added: Iterable[int], changed: Topic[int]
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._changed = changed
        self._queries = load_queries("admins")
        self._added = frozenset(added)
        self.owners = owners

    def __contains__(self, telegram_id: object) -> bool:
        return telegram_id in self.owners or telegram_id in self._added

    def __iter__(self) -> Iterator[int]:
        return iter(self.owners | self._added)

    def __len__(self) -> int:
        return len(self.owners | self._added)

    async def added(self) -> list[AddedAdmin]:
        """Returns the admins who are no owners, by their Telegram ids."""
        rows = await self._reader.fetch(self._queries.added.sql, {})
        return [each for row in rows if (each := AddedAdmin(*tuple(row))).telegram_id not in self.owners]

    async def add(self, person: Person, *, owner: str, cause: str, at: int) -> bool:
        """Makes the person an admin at once. Returns False where they were one before this cause."""
        added = AddedAdmin(person.chat_id, person.id, owner, at)
        done = await self._writer.run(lambda connection: self._put(connection, added, cause))
        self._added |= {person.chat_id}
        self._changed.publish(person.chat_id)
        return done

    async def remove(self, admin: AddedAdmin, *, owner: str, cause: str, at: int) -> bool:
        """Takes the role away at once. Returns False where they had lost it before this cause."""
        before = self._added
        self._added -= {admin.telegram_id}  # first, so that no card is rendered for an admin from here on
        try:
            done = await self._writer.run(lambda connection: self._take(connection, admin, owner, cause, at))
        except BaseException:
            self._added = before
            raise
        self._changed.publish(admin.telegram_id)
        return done

    def _put(self, connection: sqlite3.Connection, added: AddedAdmin, cause: str) -> bool:
        if self._queries.is_noted(connection, cause=cause) is not None:
            return True
        row = {"telegram_id": added.telegram_id, "person": added.person, "owner": added.added_by, "at": added.added_at}
        if not self._queries.add(connection, **row):
            return False
        self._queries.note(connection, cause=cause, kind="added", **row)
        self._queries.outdate_cards(connection, telegram_id=added.telegram_id)
        return True

    def _take(self, connection: sqlite3.Connection, admin: AddedAdmin, owner: str, cause: str, at: int) -> bool:
        if self._queries.is_noted(connection, cause=cause) is not None:
            return True
        if not self._queries.remove(connection, telegram_id=admin.telegram_id):
            return False
        row = {"telegram_id": admin.telegram_id, "person": admin.person, "owner": owner, "at": at}
        self._queries.note(connection, cause=cause, kind="removed", **row)
        self._queries.outdate_cards(connection, telegram_id=admin.telegram_id)
        return True
