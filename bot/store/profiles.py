"""Stores profiles: people as the chat knows them, found by Telegram id, @username, referral code or name."""

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass

from bot.kit.dialogues import Dialogue
from bot.kit.languages import Language, language_for
from bot.kit.name_search import Needle
from bot.kit.person import Person, person_name
from bot.store import load_queries
from bot.store.dialogues import dialogue_of
from bot.store.names import Names, put_name
from engine.store.driver import Value
from engine.store.reader import Reader
from engine.store.writer import Writer


@dataclass(frozen=True, slots=True)
class UserSeen:
    """Holds an update's data about its sender. `seq` is the inbox's number of the update."""

    telegram_id: int
    name: str
    username: str | None
    language: Language
    seq: int


@dataclass(frozen=True, slots=True)
class UserState:
    """Holds a person and their dialogue when their update comes."""

    person: Person
    dialogue: Dialogue | None


class Profiles:
    """Holds the table `profiles`; implements the kit's People. Times are ms, UTC.

    `admins` are the Telegram ids of all admins at any time, `owners` of those among them who decide on the programme.
    """

    def __init__(
        self, writer: Writer, reader: Reader, admins: Collection[int], owners: Collection[int] = frozenset()
    ) -> None:
        self._writer = writer
        self._reader = reader
        self._admins = admins
        self._owners = owners
        self._queries = load_queries("people")
        self._shops = load_queries("shops")
        self._names = Names(reader)

    async def find(self, word: str) -> Person | None:
        """Finds a person by a Telegram id in any digits, an @username in any case, or a referral code as people type
        it.
        """
        name = person_name(word)
        if name.username is not None:
            return await self._one("by_username", username=name.username)
        found = await self.by_telegram_id(name.telegram_id) if name.telegram_id is not None else None
        return found or await self.get(name.code)

    async def get(self, person_id: str) -> Person | None:
        """Returns the person of the engine's id."""
        return await self._one("by_person", person=person_id)

    async def by_telegram_id(self, telegram_id: int) -> Person | None:
        """Returns the person of a Telegram account's id."""
        return await self._one("by_telegram_id", telegram_id=telegram_id)

    async def search(self, needle: Needle, *, skip: int, size: int) -> list[Person]:
        """Returns a page of the people whose name or username has each word of the needle."""
        return await self._all(await self._names.search(needle, skip=skip, size=size))

    async def search_friends(self, member: str, needle: Needle, size: int) -> list[Person]:
        """Returns the same among a member's friends, and others who opened a link of theirs."""
        return await self._all(await self._names.among_friends(member, needle, size=size))

    async def newest(self, size: int) -> list[Person]:
        """Returns those who came last."""
        return await self._all(await self._names.newest(size))

    async def admins(self) -> list[Person]:
        """Returns the admins who have started the bot, by ascending Telegram id."""
        found = [await self.by_telegram_id(each) for each in sorted(self._admins)]
        return [each for each in found if each is not None]

    async def earlier(self, person_id: str) -> list[str]:
        """Returns the engine's ids under which shops knew this person before they were linked."""
        rows = await self._reader.fetch(self._shops.earlier.sql, {"person": person_id})
        return [row["earlier"] for row in rows]

    async def standing(self, telegram_id: int, seq: int) -> UserState | None:
        """Returns the person and their dialogue, for the update numbered `seq`; None for an unknown one."""
        row = await self._reader.fetch_one(self._queries.standing.sql, {"telegram_id": telegram_id})
        if row is None:
            return None
        return UserState(self._person(row, seq), dialogue_of(row))

    async def arrive(self, person_id: str, arrival: UserSeen, now: int) -> None:
        """Stores an update's data about its sender, and that they do not, or no longer, block the bot.

        Messages held for them are queued again.
        """
        await self._writer.run(lambda connection: self._put(connection, person_id, arrival, now))

    async def choose_language(self, person_id: str, language: Language) -> None:
        """Sets the language that the person is written to in."""
        await self._writer.run(
            lambda connection: self._queries.choose_language(connection, person=person_id, language=language)
        )

    def _put(self, connection: sqlite3.Connection, person_id: str, arrival: UserSeen, now: int) -> None:
        if arrival.username is not None:
            taken = {"username": arrival.username, "telegram_id": arrival.telegram_id}
            for row in list(self._queries.release_username(connection, **taken)):
                put_name(connection, row["person"], row["name"], None)
        self._queries.put(
            connection,
            person=person_id,
            telegram_id=arrival.telegram_id,
            name=arrival.name,
            username=arrival.username,
            language=arrival.language,
            first_update=arrival.seq,
            now=now,
        )
        put_name(connection, person_id, arrival.name, arrival.username)
        self._queries.await_no_chat(connection, person=person_id)
        self._queries.release_held(connection, telegram_id=arrival.telegram_id)

    async def _all(self, ids: list[str]) -> list[Person]:
        """Returns the people of these ids, in one look."""
        if not ids:
            return []
        sql = self._queries.by_person.sql
        rows = await self._reader.gather(*((sql, {"person": id}) for id in ids))
        return [self._person(each[0]) for each in rows if each]

    async def _one(self, query: str, **parameters: Value) -> Person | None:
        row = await self._reader.fetch_one(getattr(self._queries, query).sql, parameters)
        return None if row is None else self._person(row)

    def _person(self, row: sqlite3.Row, seq: int | None = None) -> Person:
        return Person(
            id=row["person"],
            chat_id=row["telegram_id"],
            name=row["name"],
            username=row["username"],
            language=language_for(row["language"]),
            is_admin=row["telegram_id"] in self._admins,
            blocked=row["blocked_at"] is not None,
            is_new=row["first_update"] == seq,
            is_owner=row["telegram_id"] in self._owners,
        )
