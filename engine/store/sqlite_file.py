"""How a SQLite file is opened: one place for the pragmas, and they are read back."""

import sqlite3
from pathlib import Path

from engine.errors import StoreError

BUSY_TIMEOUT_MS = 10_000

# Without recursive_triggers an INSERT OR REPLACE walks past the triggers that keep the books immutable;
# without secure_delete a blanked card number can still be read in the file's free pages.
PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "recursive_triggers": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS),
}


def connect(path: Path | str) -> sqlite3.Connection:
    """A writing connection in autocommit mode, so that BEGIN IMMEDIATE is ours to say.

    Raises StoreError when a pragma did not take (an old SQLite, a read-only file).
    """
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    connection.row_factory = sqlite3.Row
    for name, (wanted, expected) in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if got != expected and not (name == "journal_mode" and got == "memory"):
            raise StoreError(f"SQLite would not set {name} to {wanted}: it is {got}")
    return connection
