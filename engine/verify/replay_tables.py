"""Defines the tables of the replayed state, and compares them with those of the books: all rows, or some."""

from collections.abc import Callable, Iterator
from typing import Final, NamedTuple

from engine.records import PersonRecord
from engine.store.driver import Connection, Row
from engine.verify.rows import Row as Values
from engine.verify.rows import compare_row, compare_tables, plain
from engine.verify.schema import create_tables


class ReplayTable(NamedTuple):
    """Holds a table's name, its key, and what a row of it is called in a problem."""

    name: str
    key: str
    what: str


TABLES: Final = (
    ReplayTable("persons", "id", "person"),
    ReplayTable("members", "id", "member"),
    ReplayTable("orders", "id", "order"),
    ReplayTable("commissions", "number", "commission"),
    ReplayTable("withdrawals", "id", "withdrawal"),
    ReplayTable("withdrawal_details", "id", "details of withdrawal"),
    ReplayTable("adjustments", "id", "adjustment"),
)

VOLUMES: Final = ("open_volumes", "carried")
"""Compared as a network, where all of it was replayed."""

CACHE_KIB: Final = 16_384

_INDEXES: Final = (
    'CREATE INDEX commissions_order ON commissions ("order") WHERE "order" IS NOT NULL',
    'CREATE INDEX commissions_source ON commissions (source, member) WHERE "order" IS NULL',
    "CREATE INDEX commissions_blocker ON commissions (blocker) WHERE blocker IS NOT NULL",
    "CREATE INDEX commissions_ripening ON commissions (matures) WHERE state = 'pending'",
    "CREATE INDEX commissions_approved ON commissions (matures) WHERE state = 'pending' AND approved",
)


def begin_replay_tables(connection: Connection) -> None:
    """Begins a transaction on an empty file that is of no use before it has ended, and creates the tables in it."""
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    connection.execute("BEGIN")
    _create_replay_tables(connection)


def _create_replay_tables(connection: Connection) -> None:
    """Creates the tables as the books have them, without their checks: these are for the books to make."""
    create_tables(connection, (*(table.name for table in TABLES), *VOLUMES))
    for index in _INDEXES:
        connection.execute(index)
    use_replay_tables(connection)


def use_replay_tables(connection: Connection) -> None:
    """Sets up a connection to such tables."""
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.row_factory = Row


def compare_whole(
    table: ReplayTable, books: Connection, replayed: Connection, pace: Callable[[], None]
) -> Iterator[str]:
    """Yields a line for each row of the table that differs, is missing or follows from no event."""
    query = f"SELECT * FROM {table.name} ORDER BY {table.key}"  # noqa: S608
    yield from compare_tables(table.what, plain(books, query), plain(replayed, query), only_met(table), pace)


def compare_touched(table: ReplayTable, books: Connection, replayed: Connection) -> Iterator[str]:
    """Yields a line for each row that the replayed events have changed and that differs in the books."""
    changed = f"SELECT t.* FROM temp.touched_{table.name} AS k JOIN {table.name} AS t ON t.{table.key} = k.key"  # noqa: S608
    for expected in plain(replayed, changed):
        rows = plain(books, f"SELECT * FROM {table.name} WHERE {table.key} = ?", (expected[0],))  # noqa: S608
        found = rows.fetchone()
        if found is None:
            yield f"{table.what} {expected[0]}: follows from the journal, but is not in the tables"
        else:
            yield from compare_row(
                f"{table.what} {expected[0]}", found, expected, tuple(n for n, *_ in rows.description)
            )


def only_met(table: ReplayTable) -> Callable[[Values], Values | None]:
    """Returns what a row must be that follows from no event: persons whom the bot has met have only an id."""
    if table.name == "persons":
        return lambda row: PersonRecord(row[0]).as_row()
    return lambda _: None
