"""Opens SQLite files: one place for the pragmas, which are read back."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from engine.errors import StoreError
from engine.store.file_identity import FileIdentity, StoreAway, inode_of

BUSY_TIMEOUT_MS = 10_000

OWNER_ONLY: Final = 0o600
"""The mode of a new store; SQLite gives the log beside it the same."""

# Without recursive_triggers an INSERT OR REPLACE bypasses the triggers that keep the books immutable;
# without secure_delete a blanked card number can still be read in the file's free pages.
PRAGMAS: dict[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "recursive_triggers": ("ON", 1),
    "secure_delete": ("ON", 1),
    "busy_timeout": (str(BUSY_TIMEOUT_MS), BUSY_TIMEOUT_MS),
}


def connect(path: Path | str, *, create: bool = True) -> sqlite3.Connection:
    """Opens a writing connection in autocommit mode; the writer begins its transactions itself (BEGIN IMMEDIATE).

    A missing file is created with access for its owner only. Raises StoreError when a pragma was not accepted (an old
    SQLite, a read-only file), and with `create=False` for a missing file.
    """
    if create:
        _create(path)
    elif not Path(path).exists():
        raise StoreError(f"{path}: there is no store")
    connection = sqlite3.connect(path, isolation_level=None, cached_statements=512)
    connection.row_factory = sqlite3.Row
    for name, (wanted, expected) in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {wanted}")
        got = connection.execute(f"PRAGMA {name}").fetchone()[0]
        if got != expected and not (name == "journal_mode" and got == "memory"):
            raise StoreError(f"SQLite did not set {name} to {wanted}: it is {got}")
    return connection


def connect_derived(path: Path) -> sqlite3.Connection:
    """Opens a file beside the store that can be made anew from it, with access for its owner only; it is created if
    missing. Raises sqlite3.Error.
    """
    _create(path)
    return sqlite3.connect(path, isolation_level=None, timeout=BUSY_TIMEOUT_MS / 1000)


def connect_watched(path: Path | str) -> tuple[sqlite3.Connection, FileIdentity]:
    """Opens a writing connection and the identity of its files, to check that they are still there. Raises as
    `connect`, StoreAway.
    """
    connection = connect(path)
    before = inode_of(Path(path))
    try:
        connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()  # opens the log, too
        identity = FileIdentity(path)
        if inode_of(Path(path)) != before:
            raise StoreAway(f"{path}: the file was replaced while it was opened")
    except BaseException:
        connection.close()
        raise
    return connection, identity


def _create(path: Path | str) -> None:
    """Creates an empty file, which SQLite accepts as a new database; an existing one stays. Other errors are left to
    SQLite.
    """
    if str(path) and str(path) != ":memory:":
        with suppress(OSError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, OWNER_ONLY))
