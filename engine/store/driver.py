"""Names what others use of the database driver: only `engine/store` and `bot/store` import it by its own name.

Connections and rows are passed through jobs of the writer and the reader; errors are caught where a store that is busy,
full or away must not stop what else the process does.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path

Connection = sqlite3.Connection
Cursor = sqlite3.Cursor
Row = sqlite3.Row

Value = str | bytes | int | float | None
"""What a column or a parameter of a statement may hold."""
Parameters = Sequence[Value] | Mapping[str, Value]

DriverError = sqlite3.Error
"""The root of the driver's errors: a store that is busy, full, read-only or away, or a check that a row broke."""
DatabaseError = sqlite3.DatabaseError
"""The file is damaged, or is no database."""
OperationalError = sqlite3.OperationalError
"""The store could not do it now: it is locked, away, or its tables are not there yet."""


def connect_read_only(database: Path) -> Connection:
    """Opens an existing file for reading alone; it is neither created nor migrated. Raises OperationalError."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)


def connect_existing(database: Path) -> Connection:
    """Opens an existing file for a small change beside its writer, with the driver's own transactions."""
    return sqlite3.connect(database)


def connect_scratch() -> Connection:
    """Opens an empty database of our own for sorting and looking up much data; it lies in a temporary file that is
    gone when the connection is closed.
    """
    return sqlite3.connect("", isolation_level=None)
