"""Applies numbered migrations at start; each change and the record of it are one transaction."""

import re
import sqlite3
from pathlib import Path

from engine.errors import StoreError

_RECORDS = """
CREATE TABLE IF NOT EXISTS migrations (
    component TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (component, number)
) STRICT
"""
_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


def apply(connection: sqlite3.Connection, component: str, folder: Path) -> list[str]:
    """Applies the migrations of `folder` that `component` has not had, in order; returns their names.

    Interrupted at any moment it leaves whole migrations only and resumes at the next call. Two processes may call it at
    once: the second waits for the first. Raises StoreError for a file that was migrated by a newer version.
    """
    applied = []
    connection.execute(_RECORDS)
    files = migrations_in(folder)
    newest = connection.execute("SELECT MAX(number) FROM migrations WHERE component = ?", (component,)).fetchone()[0]
    if newest is not None and newest > max(files, default=0):
        raise StoreError(f"the store's {component} tables are of version {newest}, newer than this program")
    for number, file in sorted(files.items()):
        if _apply_one(connection, component, number, file):
            applied.append(file.stem)
    return applied


def migrations_in(folder: Path) -> dict[int, Path]:
    """Returns the migration files of a folder by number. Raises StoreError for a name that is not `0001_name.sql`."""
    files: dict[int, Path] = {}
    for file in folder.glob("*.sql"):
        match = _NAME.fullmatch(file.name)
        if match is None or int(match[1]) in files:
            raise StoreError(f"{file.name}: a migration is named 0001_name.sql, each number once")
        files[int(match[1])] = file
    return files


def _apply_one(connection: sqlite3.Connection, component: str, number: int, file: Path) -> bool:
    connection.execute("BEGIN IMMEDIATE")
    try:
        record = (component, number, file.stem)
        fresh = connection.execute("INSERT OR IGNORE INTO migrations VALUES (?, ?, ?)", record).rowcount == 1
        if fresh:
            for statement in _statements(file.read_text(encoding="utf-8")):
                connection.execute(statement)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    return fresh


def _statements(script: str) -> list[str]:
    """Splits the script into statements; executescript() would commit the open transaction first."""
    statements, current = [], ""
    for line in script.splitlines(keepends=True):
        current += line
        if sqlite3.complete_statement(current):
            statements.append(current)
            current = ""
    if current.strip():
        raise StoreError("a migration ends in the middle of a statement")
    return statements
