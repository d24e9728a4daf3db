"""The machine's tables: what came in, what goes out, who is who in the chat, what they are in the middle of."""

from pathlib import Path
from typing import Any, Final

import aiosql

MIGRATIONS: Final = Path(__file__).parent / "migrations" / "sqlite"
"""For engine.store.migrate.apply(connection, "machine", MIGRATIONS)."""

_QUERIES: Final = Path(__file__).parent / "queries"


def load_queries(name: str) -> Any:
    """The queries of one file, by name. Called with the writer's connection they run; their `.sql` is for a Reader."""
    return aiosql.from_path(_QUERIES / f"{name}.sql", "sqlite3", kwargs_only=True)
