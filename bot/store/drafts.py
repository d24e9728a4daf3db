"""Stores cards that wait for their owner's confirmation, so that an old button works after a restart."""

import json
import sqlite3

from bot.kit.effects import Draft
from bot.store import Queries, load_queries
from engine.store.reader import Reader


class DraftRepository:
    """Holds the table `drafts`; implements the kit's Drafts."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._queries = load_queries("people")

    async def find(self, token: str) -> Draft | None:
        """Returns the draft of a button's token, used or not; None if there never was one or it was purged."""
        row = await self._reader.fetch_one(self._queries.draft.sql, {"token": token})
        if row is None:
            return None
        return Draft(
            token=row["token"],
            person=row["person"],
            kind=row["kind"],
            values=json.loads(row["content"]),
            at=row["at"],
            used=row["used_at"] is not None,
        )


def keep_draft(queries: Queries, connection: sqlite3.Connection, draft: Draft) -> None:
    """Stores a draft. Runs inside a write transaction."""
    queries.put_draft(
        connection,
        token=draft.token,
        person=draft.person,
        kind=draft.kind,
        content=json.dumps(draft.values, ensure_ascii=False),
        at=draft.at,
    )
