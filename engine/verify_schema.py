"""Proving the file: SQLite's own checks, and tables, indexes, triggers and views as the migrations make them."""

import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache

from engine.store.migrate import apply as migrate
from engine.store.migrate import migrations_in
from engine.store.sqlite import MIGRATIONS

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
_COMPONENT = "engine"


def check_file(connection: sqlite3.Connection) -> Iterator[str]:
    """A line for each thing that SQLite finds wrong with pages, indexes and references."""
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield f"the file: {said}"
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table}: a row refers to nothing in {parent}"


def compare_schema(connection: sqlite3.Connection) -> Iterator[str]:
    """A line for each object that was dropped or changed, and for each trigger or index that nobody knows."""
    expected, found = _expected(), _objects(connection)
    tables = {table for kind, _, table, _ in expected.values() if kind == "table"}
    for name, wanted in expected.items():
        if name not in found:
            yield f"{wanted[0]} {name}: was dropped"
        elif found[name] != wanted:
            yield f"{wanted[0]} {name}: is not as its migration makes it"
    for name in found.keys() - expected.keys():
        kind, _, table, _ = found[name]
        if kind == "trigger" or (kind == "index" and table in tables):
            yield f"{kind} {name}: is on {table}, and no migration makes it"
    yield from _compare_migrations(connection)


def _compare_migrations(connection: sqlite3.Connection) -> Iterator[str]:
    wanted = {(number, file.stem) for number, file in migrations_in(MIGRATIONS).items()}
    rows = connection.execute("SELECT number, name FROM migrations WHERE component = ?", (_COMPONENT,))
    if {tuple(row) for row in rows} != wanted:
        yield "migrations: not those of this version"


@cache
def _expected() -> Mapping[str, tuple[str, ...]]:
    """What a fresh store has, by name."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, _COMPONENT, MIGRATIONS)
        return _objects(connection)


def _objects(connection: sqlite3.Connection) -> dict[str, tuple[str, ...]]:
    return {row[1]: tuple(row) for row in connection.execute(_OBJECTS)}
