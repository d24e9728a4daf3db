"""Stores broadcasts for admins and the runner: drafts, start and end, and progress."""

from dataclasses import dataclass
from typing import Final

from bot.broadcasts.audience import condition, parameters
from bot.kit.broadcasts import Audience, Broadcast, BroadcastContent, Counts
from bot.kit.languages import Language, language_for
from bot.runtime.signals import Signal
from bot.store import load_queries
from engine.store.driver import Connection, Row, Value
from engine.store.reader import Reader
from engine.store.writer import Writer

_DAY_MS = 24 * 3600 * 1000
DRAFT_LIFE_MS: Final = 30 * _DAY_MS
RECIPIENTS_LIFE_MS: Final = 90 * _DAY_MS
_FORGOTTEN_AT_ONCE: Final = 20_000


@dataclass(frozen=True, slots=True)
class StartedBroadcast:
    """Holds a broadcast that was started, and its progress message.

    chat_id: of the admin who started it. message_id: None without a progress message. told: the state that it shows;
    edits: how often it was edited.
    """

    broadcast: Broadcast
    chat_id: int | None
    message_id: int | None
    told: str | None
    edits: int


class BroadcastStore:
    """Implements the kit's Broadcasts on the table `broadcasts`. `changed` is set when one starts or stops."""

    def __init__(self, writer: Writer, reader: Reader, changed: Signal) -> None:
        self._writer = writer
        self._reader = reader
        self._changed = changed
        self.queries = load_queries("broadcasts")

    async def create(self, cause: str, author: str, now: int) -> int:
        """Creates a draft, once for each cause, and returns its id."""

        def create(connection: Connection) -> int:
            self.queries.create(connection, cause=cause, author=author, now=now)
            return int(self.queries.id_of(connection, cause=cause)["id"])

        return await self._writer.run(create)

    async def find(self, id: int) -> Broadcast | None:
        """Returns the broadcast with that id, None where there is none."""
        row = await self._reader.fetch_one(self.queries.find.sql, {"id": id})
        return None if row is None else await self._broadcast(row)

    async def latest(self, skip: int, count: int) -> tuple[list[Broadcast], int]:
        """Returns a page of broadcasts, newest first, and their total number."""
        rows = await self._reader.fetch(self.queries.latest.sql, {"skip": skip, "count": count})
        total = await self._reader.fetch_row(self.queries.total.sql)
        return [await self._broadcast(row) for row in rows], int(total["count"])

    async def under_way(self) -> int:
        """Counts the broadcasts that are being sent or paused."""
        return int((await self._reader.fetch_row(self.queries.under_way.sql))["count"])

    async def write(self, id: int, language: Language, html: str) -> None:
        """Sets a draft's text in a language."""
        await self._do("write", id=id, language=language, html=html)

    async def illustrate(self, id: int, photo: str | None) -> None:
        """Sets or removes a draft's photo."""
        await self._do("illustrate", id=id, photo=photo)

    async def address(self, id: int, audience: Audience) -> None:
        """Sets a draft's audience."""
        fields = {"language": audience.language, "rank": audience.rank, "activity": audience.activity}
        await self._do("address", id=id, **fields)

    async def reach(self, audience: Audience, now: int) -> tuple[int, int]:
        """Returns the audience's size, and how many of these people have blocked the bot."""
        sql = "SELECT COUNT(*) AS people, COUNT(p.blocked_at) AS blocked FROM profiles AS p WHERE "
        row = await self._reader.fetch_row(sql + condition(audience), parameters(audience, now))
        return int(row["people"]), int(row["blocked"])

    async def start(self, id: int, chat_id: int, message_id: int | None, now: int) -> None:
        """Starts sending a draft that has a text."""
        await self._do("start", id=id, chat_id=chat_id, message_id=message_id, now=now)
        self._changed.set()

    async def pause(self, id: int) -> None:
        """Pauses a broadcast; messages already sent stay."""
        await self._do("pause", id=id)
        self._changed.set()

    async def resume(self, id: int) -> None:
        """Resumes a paused broadcast where it stopped."""
        await self._do("resume", id=id)
        self._changed.set()

    async def cancel(self, id: int, now: int) -> None:
        """Cancels a broadcast: remaining recipients are skipped."""
        await self._do("cancel", id=id, now=now)
        self._changed.set()

    async def decline(self, person: str, now: int) -> None:
        """Records that the person declines broadcasts."""
        await self._do("decline", person=person, now=now)

    async def accept(self, person: str) -> None:
        """Records that the person accepts broadcasts again."""
        await self._do("accept", person=person)

    async def wanted_by(self, person: str) -> bool:
        """Returns whether the person accepts broadcasts."""
        return await self._reader.fetch_one(self.queries.declined.sql, {"person": person}) is None

    async def unreported(self) -> list[StartedBroadcast]:
        """Returns the started broadcasts whose result was not reported yet."""
        return [await self._started(row) for row in await self._reader.fetch(self.queries.unreported.sql)]

    async def started(self, id: int) -> StartedBroadcast:
        """Returns a broadcast that was started; such a one is never forgotten."""
        return await self._started(await self._reader.fetch_row(self.queries.find.sql, {"id": id}))

    async def finish(self, id: int, now: int) -> bool:
        """Closes a broadcast once every recipient's status is final. Returns whether it did."""
        return bool(await self._writer.run(lambda connection: self.queries.finish(connection, id=id, now=now)))

    async def in_hand(self, id: int) -> bool:
        """Returns whether some of its messages are in flight."""
        row = await self._reader.fetch_one(self.queries.in_hand.sql, {"id": id})
        return row is not None and row["count"] > 0

    async def state_of(self, cause: str) -> str | None:
        """Returns the delivery status of the single message of a cause, None where there is none."""
        row = await self._reader.fetch_one(self.queries.state_of.sql, {"cause": f"{cause}/0"})
        return None if row is None else str(row["state"])

    async def lose_message(self, id: int) -> None:
        """Records that the progress message is gone."""
        await self._do("lose_message", id=id)

    async def tidy(self, now: int) -> None:
        """Deletes old drafts that were never started, and recipients of old broadcasts; their counts stay."""

        def tidy(connection: Connection) -> None:
            for row in list(self.queries.old_drafts(connection, before=now - DRAFT_LIFE_MS)):
                self.queries.forget_texts(connection, id=row["id"])
                self.queries.forget(connection, id=row["id"])
            before, size = now - RECIPIENTS_LIFE_MS, _FORGOTTEN_AT_ONCE
            self.queries.forget_recipients(connection, before=before, size=size)

        await self._writer.run(tidy)

    async def _do(self, name: str, **values: Value) -> None:
        act = getattr(self.queries, name)
        await self._writer.run(lambda connection: act(connection, **values))

    async def _started(self, row: Row) -> StartedBroadcast:
        broadcast = await self._broadcast(row)
        return StartedBroadcast(broadcast, row["chat_id"], row["message_id"], row["told"], row["edits"])

    async def _broadcast(self, row: Row) -> Broadcast:
        """Returns the broadcast in a row of the table."""
        texts = await self._reader.fetch(self.queries.texts.sql, {"id": row["id"]})
        names = ("recipients", "sent", "blocked", "failed", "unknown", "declined")
        return Broadcast(
            id=row["id"],
            author=row["author"],
            state=row["state"],
            audience=Audience(row["language"], row["rank"], row["activity"]),
            content=BroadcastContent({language_for(each["language"]): each["html"] for each in texts}, row["photo"]),
            counts=Counts(**{name: row[name] for name in names}),
            gathered=bool(row["gathered"]),
            created_at=row["created_at"],
            started_at=row["started_at"],
            finished_at=row["finished_at"],
        )
