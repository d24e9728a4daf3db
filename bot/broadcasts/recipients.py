"""Stores the recipients of broadcasts for the sender: gathered page by page, each sent to at most once.

A recipient is marked 'sending' durably before the call is made. Where delivery cannot be confirmed, after a cut
connection or a kill, the status is 'unknown' and stays so. Each status is counted in the same transaction.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

from bot.broadcasts.audience import condition, parameters
from bot.kit.broadcasts import Audience, BroadcastContent
from bot.kit.effects import Outgoing
from bot.kit.languages import LANGUAGES, Language, language_for
from bot.store import load_queries
from bot.store.outbox import Outbox, OutboxMessage, Priority
from engine.store.driver import Connection, Row
from engine.store.reader import Reader
from engine.store.writer import Writer

GATHERED_AT_ONCE: Final = 2_000
"""Profiles read in one commit; it bounds how long answers wait."""

_BELOW_ALL_IDS = -(2**63)


Compose = Callable[[BroadcastContent, Language], Outgoing]
"""A broadcast's message for people of a language; its chat_id is ignored."""


class BroadcastRecipients:
    """Implements the sender's MessageRepository for broadcasts, on the table `broadcast_recipients`."""

    def __init__(self, writer: Writer, reader: Reader, outbox: Outbox, compose: Compose) -> None:
        self._writer = writer
        self._reader = reader
        self._outbox = outbox
        self._compose = compose
        self._queries = load_queries("recipients")
        self._arrived: list[tuple[int, int | None, int]] = []
        self._marking: asyncio.Task[None] | None = None

    async def waiting(self, size: int) -> list[OutboxMessage]:
        """Returns the first `size` waiting recipients of each running broadcast."""
        letters: list[OutboxMessage] = []
        for broadcast in await self._reader.fetch(self._queries.running.sql):
            texts = await self._reader.fetch(self._queries.texts.sql, {"broadcast": broadcast["id"]})
            content = BroadcastContent(
                {language_for(row["language"]): row["html"] for row in texts}, broadcast["photo"]
            )
            said = {language: self._compose(content, language) for language in LANGUAGES}
            rows = await self._reader.fetch(self._queries.waiting.sql, {"broadcast": broadcast["id"], "size": size})
            letters += [_letter(row, said[language_for(row["language"])]) for row in rows]
        return letters

    async def recover(self, now: int) -> None:
        """Marks messages that an earlier run had in flight when it was killed as 'unknown': they may have arrived."""

        def recover(connection: Connection) -> None:
            for row in list(self._queries.sending(connection)):
                self._close(connection, row["id"], "unknown", now, problem="the bot was stopped meanwhile")

        await self._writer.run(recover)

    async def claim(self, letters: Sequence[OutboxMessage], now: int) -> frozenset[int]:
        """Claims messages, except of stopped broadcasts and for people who declined them or blocked the bot."""
        return await self._writer.run(lambda connection: self._claim(connection, letters, now))

    def _claim(self, connection: Connection, letters: Sequence[OutboxMessage], now: int) -> frozenset[int]:
        claimed: set[int] = set()
        for letter in letters:
            row = connection.execute(self._queries.claim.sql, {"id": letter.id, "now": now}).fetchone()
            if row is not None and row["state"] == "sending":
                claimed.add(letter.id)
            elif row is not None:
                self._count(connection, row["broadcast"], row["state"])
        return frozenset(claimed)

    async def put_back(self, letter: OutboxMessage) -> None:
        """Returns a message to the queue after a call without effect."""
        await self._writer.run(lambda connection: self._queries.put_back(connection, id=letter.id))

    async def mark_unconfirmed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> bool:  # noqa: ARG002
        """Records an unconfirmed delivery as 'unknown'. Returns False: broadcasts are never repeated."""
        await self._writer.run(lambda connection: self._close(connection, letter.id, "unknown", now, problem=problem))
        return False

    async def mark_sent(self, letter: OutboxMessage, message_id: int | None, tries: int, now: int) -> None:  # noqa: ARG002
        """Records deliveries; those of one moment are batched into one job of the writer."""
        self._arrived.append((letter.id, message_id, now))
        if self._marking is None:
            self._marking = asyncio.create_task(self._mark_arrived())
        await asyncio.shield(self._marking)

    async def _mark_arrived(self) -> None:
        await asyncio.sleep(0)
        arrived, self._arrived, self._marking = self._arrived, [], None
        await self._writer.run(lambda connection: self._close_arrived(connection, arrived))

    def _close_arrived(self, connection: Connection, arrived: list[tuple[int, int | None, int]]) -> None:
        """Writes without the query loader, which takes longer than the statement; so does `_claim`."""
        counts: Counter[int] = Counter()
        for id, message_id, now in arrived:
            fate = {"id": id, "state": "sent", "message_id": message_id, "problem": None, "now": now}
            row = connection.execute(self._queries.close.sql, fate).fetchone()
            counts.update([row["broadcast"]] if row is not None else [])
        for broadcast, count in counts.items():
            self._queries.count_sent(connection, broadcast=broadcast, count=count)

    async def mark_failed(self, letter: OutboxMessage, problem: str, tries: int, now: int) -> None:  # noqa: ARG002
        """Records that Telegram rejected the message for this person."""
        await self._writer.run(lambda connection: self._close(connection, letter.id, "failed", now, problem=problem))

    async def hold_chat(self, letter: OutboxMessage, asked_at: int, now: int) -> bool:
        """Records a blocked chat. The broadcast's message is dropped; the person's other messages are kept."""

        def block(connection: Connection) -> bool:
            if not self._outbox.block(connection, letter.outgoing.chat_id, asked_at, now):
                return False
            self._close(connection, letter.id, "blocked", now)
            return True

        return await self._writer.run(block)

    async def gather(self) -> bool:
        """Gathers the next page of recipients of an incomplete broadcast. Returns whether there was one."""
        return await self._writer.run(self._gather)

    def _gather(self, connection: Connection) -> bool:
        broadcast = self._queries.next_gathering(connection)
        if broadcast is None:
            return False
        after = _BELOW_ALL_IDS if broadcast["gathered_to"] is None else broadcast["gathered_to"]
        page = self._queries.last_of_page(connection, after=after, size=GATHERED_AT_ONCE)
        last = after if page["last"] is None else page["last"]
        audience = Audience(broadcast["language"], broadcast["rank"], broadcast["activity"])
        added, blocked = _insert_page(connection, broadcast["id"], audience, after, last, broadcast["started_at"])
        done = page["count"] < GATHERED_AT_ONCE
        self._queries.gathered_to(
            connection, broadcast=broadcast["id"], last=last, done=int(done), added=added, blocked=blocked
        )
        return True

    def _close(
        self,
        connection: Connection,
        id: int,
        state: str,
        now: int,
        *,
        problem: str | None = None,
    ) -> None:
        fate = {"state": state, "message_id": None, "problem": problem, "now": now}
        row = self._queries.close(connection, id=id, **fate)
        if row is not None:
            self._count(connection, row["broadcast"], state)

    def _count(self, connection: Connection, broadcast: int, state: str) -> None:
        counts = {name: int(name == state) for name in ("blocked", "failed", "unknown", "declined")}
        self._queries.count_other(connection, broadcast=broadcast, **counts)


def _insert_page(
    connection: Connection, broadcast: int, audience: Audience, after: int, last: int, started_at: int
) -> tuple[int, int]:
    """Inserts the audience's people with Telegram ids above `after` up to `last`.

    Returns how many were inserted, and how many of them have blocked the bot.
    """
    page = {"broadcast": broadcast, "after": after, "last": last, "now": started_at}
    rows = connection.execute(
        f"""
        INSERT INTO broadcast_recipients (broadcast, chat_id, state, finished_at)
        SELECT :broadcast, p.telegram_id, CASE WHEN p.blocked_at IS NULL THEN 'new' ELSE 'blocked' END,
            CASE WHEN p.blocked_at IS NULL THEN NULL ELSE :now END
        FROM profiles AS p
        WHERE p.telegram_id > :after AND p.telegram_id <= :last AND {condition(audience)}
        ORDER BY p.telegram_id
        RETURNING state
        """,  # noqa: S608  the condition is of our own words, with parameters
        {**parameters(audience, started_at), **page},
    ).fetchall()
    return len(rows), sum(row["state"] == "blocked" for row in rows)


def _letter(row: Row, said: Outgoing) -> OutboxMessage:
    outgoing = Outgoing(row["chat_id"], said.method, said.params)
    return OutboxMessage(row["id"], outgoing, Priority.BROADCAST, created_at=0)
