"""Broadcasts as admins and the herald see them: drafts, their start and end, and how far each is."""

import sqlite3
from collections.abc import Callable
from typing import Any, Final

from bot.broadcasts.audience import condition, parameters
from bot.kit.broadcasts import Audience, Broadcast, Content, Counts
from bot.kit.languages import Language, language_for
from bot.store import load_queries
from engine.store.reader import Reader
from engine.store.writer import Writer

_DAY_MS = 24 * 3600 * 1000
DRAFT_LIFE_MS: Final = 30 * _DAY_MS
RECIPIENTS_LIFE_MS: Final = 90 * _DAY_MS
_FORGOTTEN_AT_ONCE: Final = 20_000


class BroadcastStore:
    """The table `broadcasts`; it is the kit's Broadcasts. `changed` is called when one is to go on or to end."""

    def __init__(self, writer: Writer, reader: Reader, changed: Callable[[], None]) -> None:
        self._writer = writer
        self._reader = reader
        self._changed = changed
        self.queries = load_queries("broadcasts")

    async def create(self, cause: str, author: str, now: int) -> int:
        """A draft, the same one for the same cause; its id."""

        def create(connection: sqlite3.Connection) -> int:
            self.queries.create(connection, cause=cause, author=author, now=now)
            return int(self.queries.id_of(connection, cause=cause)["id"])

        return await self._writer.run(create)

    async def find(self, id: int) -> Broadcast | None:
        """By its number."""
        row = await self._reader.fetch_one(self.queries.find.sql, {"id": id})
        return None if row is None else await self.read(row)

    async def latest(self, skip: int, count: int) -> tuple[list[Broadcast], int]:
        """The newest first, and how many there are in all."""
        rows = await self._reader.fetch(self.queries.latest.sql, {"skip": skip, "count": count})
        total = await self._reader.fetch_one(self.queries.total.sql)
        assert total is not None  # a count is always a row
        return [await self.read(row) for row in rows], int(total["count"])

    async def write(self, id: int, language: Language, html: str) -> None:
        """A draft's text in a language."""
        await self._do("write", id=id, language=language, html=html)

    async def illustrate(self, id: int, photo: str | None) -> None:
        """A draft's photo, or none."""
        await self._do("illustrate", id=id, photo=photo)

    async def address(self, id: int, audience: Audience) -> None:
        """Whom a draft is for."""
        fields = {"language": audience.language, "rank": audience.rank, "activity": audience.activity}
        await self._do("address", id=id, **fields)

    async def reach(self, audience: Audience, now: int) -> tuple[int, int]:
        """How many people the audience is, and how many of these have blocked the bot."""
        sql = "SELECT COUNT(*) AS people, COUNT(p.blocked_at) AS blocked FROM profiles AS p WHERE "
        row = await self._reader.fetch_one(sql + condition(audience), parameters(audience, now))
        assert row is not None  # a count is always a row
        return int(row["people"]), int(row["blocked"])

    async def start(self, id: int, chat_id: int, message_id: int | None, now: int) -> None:
        """A draft with a text begins to be sent."""
        await self._do("start", id=id, chat_id=chat_id, message_id=message_id, now=now)
        self._changed()

    async def pause(self, id: int) -> None:
        """What has left is not called back."""
        await self._do("pause", id=id)
        self._changed()

    async def resume(self, id: int) -> None:
        """It goes on where it was paused."""
        await self._do("resume", id=id)
        self._changed()

    async def cancel(self, id: int, now: int) -> None:
        """Nobody gets it any more who has not got it yet."""
        await self._do("cancel", id=id, now=now)
        self._changed()

    async def decline(self, person: str, now: int) -> None:
        """They want no broadcasts."""
        await self._do("decline", person=person, now=now)

    async def accept(self, person: str) -> None:
        """They want them again."""
        await self._do("accept", person=person)

    async def wanted_by(self, person: str) -> bool:
        """Whether they have not declined them."""
        return await self._reader.fetch_one(self.queries.declined.sql, {"person": person}) is None

    async def read(self, row: sqlite3.Row) -> Broadcast:
        """The broadcast in a row of the table."""
        texts = await self._reader.fetch(self.queries.texts.sql, {"id": row["id"]})
        names = ("recipients", "sent", "blocked", "failed", "unknown", "declined")
        return Broadcast(
            id=row["id"],
            author=row["author"],
            state=row["state"],
            audience=Audience(row["language"], row["rank"], row["activity"]),
            content=Content({language_for(each["language"]): each["html"] for each in texts}, row["photo"]),
            counts=Counts(**{name: row[name] for name in names}),
            gathered=bool(row["gathered"]),
            created_at=row["created_at"],
            started_at=row["started_at"],
            finished_at=row["finished_at"],
        )

    async def unreported(self) -> list[sqlite3.Row]:
        """Rows of those that were started and whose result nobody was sent."""
        return await self._reader.fetch(self.queries.unreported.sql)

    async def row(self, id: int) -> sqlite3.Row:
        """The row of one that there is."""
        row = await self._reader.fetch_one(self.queries.find.sql, {"id": id})
        assert row is not None  # broadcasts that were started are never forgotten
        return row

    async def finish(self, id: int, now: int) -> bool:
        """Whether everybody's fate is known; then it is over."""
        return bool(await self._writer.run(lambda connection: self.queries.finish(connection, id=id, now=now)))

    async def in_hand(self, id: int) -> bool:
        """Whether some of it is on its way."""
        row = await self._reader.fetch_one(self.queries.in_hand.sql, {"id": id})
        return row is not None and row["count"] > 0

    async def state_of(self, cause: str) -> str | None:
        """What became of the one message of a cause."""
        row = await self._reader.fetch_one(self.queries.state_of.sql, {"cause": f"{cause}/0"})
        return None if row is None else str(row["state"])

    async def lose_message(self, id: int) -> None:
        """The message that showed how far it is, is gone."""
        await self._do("lose_message", id=id)

    async def tidy(self, now: int) -> None:
        """Forgets old drafts that were never started, and to whom broadcasts went long ago; their counts stay."""

        def tidy(connection: sqlite3.Connection) -> None:
            for row in list(self.queries.old_drafts(connection, before=now - DRAFT_LIFE_MS)):
                self.queries.forget_texts(connection, id=row["id"])
                self.queries.forget(connection, id=row["id"])
            before, size = now - RECIPIENTS_LIFE_MS, _FORGOTTEN_AT_ONCE
            self.queries.forget_recipients(connection, before=before, size=size)

        await self._writer.run(tidy)

    async def _do(self, name: str, **values: Any) -> None:
        act = getattr(self.queries, name)
        await self._writer.run(lambda connection: act(connection, **values))
