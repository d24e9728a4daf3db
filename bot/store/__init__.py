"""Stores the bot's own tables: the inbox, the outbox, profiles, and dialogues."""

from functools import cache
from pathlib import Path
from typing import Any, Final

import aiosql

MIGRATIONS: Final = Path(__file__).parent / "migrations" / "sqlite"
"""For engine.store.migrate.apply(connection, "machine", MIGRATIONS)."""

_QUERIES: Final = Path(__file__).parent / "queries"

Queries = Any
"""The statements of one file by their names: aiosql makes its methods from the file, so that no type knows them."""


@cache
def load_queries(name: str) -> Queries:
    """Loads one file's queries by name, once. They run on the writer's connection; a Reader takes their `.sql`."""
    return aiosql.from_path(_QUERIES / f"{name}.sql", "sqlite3", kwargs_only=True)
