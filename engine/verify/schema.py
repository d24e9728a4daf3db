"""Verifies the file: SQLite's own checks, and tables, indexes, triggers and views as the migrations create them."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from functools import cache

from engine.store.driver import Connection, connect_scratch
from engine.store.migrate import apply as migrate
from engine.store.migrate import migrations_in
from engine.store.sqlite import MIGRATIONS

_OBJECTS = "SELECT type, name, tbl_name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
_COMPONENT = "engine"


def check_file(connection: Connection) -> Iterator[str]:
    """Yields a line for each problem that SQLite finds with pages, indexes and references."""
    for (said,) in connection.execute("PRAGMA integrity_check"):
        if said != "ok":
            yield f"the file: {said}"
    for table, _, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"{table}: a row refers to a missing row of {parent}"


def compare_schema(connection: Connection) -> Iterator[str]:
    """Yields a line for each object that was dropped or changed, and for each unknown trigger or index."""
    expected, found = _expected(), _objects(connection)
    tables = {table for kind, _, table, _ in expected.values() if kind == "table"}
    for name, wanted in expected.items():
        if name not in found:
            yield f"{wanted[0]} {name}: was dropped"
        elif found[name] != wanted:
            yield f"{wanted[0]} {name}: differs from its migration"
    for name in found.keys() - expected.keys():
        kind, _, table, _ = found[name]
        if kind == "trigger" or (kind == "index" and table in tables):
            yield f"{kind} {name}: is on {table}, but no migration creates it"
    yield from _compare_migrations(connection)


def compare_types(connection: Connection) -> Iterator[str]:
    """Yields a line for each table with a number that is not an integer: 5.0 equals 5 when compared, not in
    the file.
    """
    for table, columns in _whole_numbers().items():
        wrong = " OR ".join(f"typeof({column}) NOT IN ('integer', 'null')" for column in columns)
        (count,) = connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {wrong}").fetchone()  # noqa: S608
        if count:
            yield f"{table}: {count} rows with a value that is not an integer"


def create_tables(connection: Connection, names: Iterable[str]) -> None:
    """Creates tables as the books have them, without indexes and triggers."""
    expected = _expected()
    for name in names:
        connection.execute(expected[name][3])


def _compare_migrations(connection: Connection) -> Iterator[str]:
    wanted = {(number, file.stem) for number, file in migrations_in(MIGRATIONS).items()}
    rows = connection.execute("SELECT number, name FROM migrations WHERE component = ?", (_COMPONENT,))
    if {tuple(row) for row in rows} != wanted:
        yield "migrations: not those of this version"


@cache
def _expected() -> Mapping[str, tuple[str, ...]]:
    """Returns the objects of a fresh store, by name."""
    with _fresh() as connection:
        return _objects(connection)


@cache
def _whole_numbers() -> Mapping[str, tuple[str, ...]]:
    """Returns the integer columns of each table of the books."""
    with _fresh() as connection:
        columns = connection.execute(
            """
            SELECT m.name, c.name FROM sqlite_master AS m JOIN pragma_table_info(m.name) AS c
            WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND c.type = 'INTEGER'
            """
        ).fetchall()
    return {table: tuple(f'"{column}"' for name, column in columns if name == table) for table, _ in columns}


@contextmanager
def _fresh() -> Iterator[Connection]:
    with closing(connect_scratch()) as connection:
        migrate(connection, _COMPONENT, MIGRATIONS)
        yield connection


def _objects(connection: Connection) -> dict[str, tuple[str, ...]]:
    return {row[1]: tuple(row) for row in connection.execute(_OBJECTS)}
