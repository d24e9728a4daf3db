"""Stores updates as received, before Telegram is told that we have them."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.kit.json import Json, JsonView
from bot.store import load_queries
from engine.store.reader import Reader
from engine.store.writer import Writer

DEDUPE_WINDOW_MS: Final = 48 * 3600 * 1000
"""Telegram keeps an update for 24 hours, so none repeats later than this; and after a quiet week it continues with a
random update_id, which may be one seen before.
"""


_NUMBER_MAX: Final = 2**63 - 1  # the largest number that the store accepts


@dataclass(frozen=True, slots=True)
class Received:
    """Holds one stored update that waits to be handled."""

    seq: int
    update_id: int
    sender: int | None
    content: str
    received_at: int

    @property
    def key(self) -> str:
        """Returns the key of this update's effects: by our own number, which unlike update_id is never reused."""
        return f"update:{self.seq}"


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Holds what was confirmed to Telegram: `next` is the update after it; `at` is when (ms, UTC)."""

    next: int
    at: int


class Inbox:
    """Holds the table `inbox`. Methods that take a connection run inside a write transaction; `now` is ms, UTC."""

    def __init__(self, writer: Writer, reader: Reader) -> None:
        self._writer = writer
        self._reader = reader
        self._queries = load_queries("inbox")

    async def store(self, updates: Iterable[JsonView], now: int) -> int:
        """Stores new updates in one commit, lowest update_id first; returns their number."""
        rows = [
            {
                "update_id": update["update_id"],
                "sender": sender_of(update),
                "content": _written(update),
                "now": now,
                "window": DEDUPE_WINDOW_MS,
            }
            for update in sorted(updates, key=lambda each: int(each["update_id"]))
        ]
        return await self._writer.run(lambda connection: self._add(connection, rows, now))

    def _add(self, connection: sqlite3.Connection, rows: list[Json], now: int) -> int:
        if rows:
            self._confirm(connection, rows[-1]["update_id"] + 1, now)
        return sum(self._queries.add(connection, **row) for row in rows)

    async def confirm(self, next_id: int, now: int) -> None:
        """Records that Telegram is told we have all before `next_id`, also updates that are never stored."""
        await self._writer.run(lambda connection: self._confirm(connection, next_id, now))

    def _confirm(self, connection: sqlite3.Connection, next_id: int, now: int) -> None:
        self._queries.confirm(connection, next=min(next_id, _NUMBER_MAX), now=now)

    async def confirmed(self) -> Confirmed | None:
        """Returns what was confirmed to Telegram; None if unknown."""
        row = await self._reader.fetch_one(self._queries.confirmed.sql)
        return None if row is None else Confirmed(row["next"], row["at"])

    async def offset(self, now: int) -> int | None:
        """Returns the offset for getUpdates, the update after the newest; None if that is too long ago."""
        newest = await self._reader.fetch_one(self._queries.newest.sql)
        if newest is None or newest["received_at"] <= now - DEDUPE_WINDOW_MS:
            return None
        return int(newest["update_id"]) + 1

    async def waiting(self, after: int, size: int) -> list[Received]:
        """Returns the next updates to be handled after `after`, in the order of arrival."""
        rows = await self._reader.fetch(self._queries.waiting.sql, {"after": after, "size": size})
        return [Received(*row) for row in rows]

    async def waiting_of(self, sender: int | None, after: int, until: int, size: int) -> list[Received]:
        """Returns one sender's next updates after `after` and up to `until`, in the order of arrival."""
        where = {"sender": sender, "after": after, "until": until, "size": size}
        rows = await self._reader.fetch(self._queries.waiting_of.sql, where)
        return [Received(*row) for row in rows]

    def finish(self, connection: sqlite3.Connection, seq: int, now: int) -> bool:
        """Marks an update as done and blanks its content. Returns False if it already was."""
        return bool(self._queries.finish(connection, seq=seq, now=now))

    def park(self, connection: sqlite3.Connection, seq: int, reference: str, problem: str, now: int) -> bool:
        """Sets an update aside with its content, for an admin to look at. Returns False if it was finished before."""
        return bool(self._queries.park(connection, seq=seq, reference=reference, problem=problem, now=now))

    def replace_content(self, connection: sqlite3.Connection, seq: int, content: str) -> None:
        """Replaces the stored content."""
        self._queries.replace_content(connection, seq=seq, content=content)

    def tidy(self, connection: sqlite3.Connection, *, done_before: int, parked_before: int) -> None:
        """Purges done updates and the content of parked ones. The newest row stays: the offset is read from it."""
        self._queries.forget_done(connection, before=done_before)
        self._queries.blank_parked(connection, before=parked_before)


def _written(update: JsonView) -> str:
    """Encodes as JSON without lone surrogates: a store that refused one would block all later updates."""
    text = json.dumps(update, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "replace").decode("utf-8")


def sender_of(update: JsonView) -> int | None:
    """Returns the sender's id of an update of any kind, however malformed; else its chat's; else None."""
    for party in ("from", "chat"):
        for content in update.values():
            who = content.get(party) if isinstance(content, dict) else None
            number = who.get("id") if isinstance(who, dict) else None
            if isinstance(number, int) and not isinstance(number, bool) and abs(number) < 2**63:
                return number
    return None
