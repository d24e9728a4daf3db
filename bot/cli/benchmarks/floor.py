"""Measures the floor: the rows that one update or purchase leaves, written by bare SQL in one durable transaction.

The rows are copied from a store on which the real thing has just happened, with new keys, into a store with the same
tables and pragmas. There is no parsing, rule or rendering: nothing durable can be cheaper.
"""

import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.store import MIGRATIONS
from engine.store.connection import connect
from engine.store.migrate import apply as migrate
from engine.store.sqlite import SqliteStore

Values = dict[str, Any]
Key = Callable[[int], Any]
"""Returns a unique column's value in the n-th copy."""

COPIED_TABLES: Final = ("persons", "members", "profiles", "cursors")
_FIRST_COPY = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Insert:
    """Holds a row of the real store; `keys` are its columns that differ between copies."""

    table: str
    row: Values
    keys: dict[str, Key]


@dataclass(frozen=True, slots=True)
class Update:
    """Holds columns of one row to rewrite."""

    table: str
    id: str
    row: Values


Change = Insert | Update


def rows_by_table(changes: list[Change]) -> Counter[str]:
    """Returns the number of new rows that a copy makes in each table."""
    return Counter(change.table for change in changes if isinstance(change, Insert))


class Floor:
    """Holds a store to write copies into, beside their source (None: the rows reference no one). Close it."""

    def __init__(self, source: Path | None, path: Path) -> None:
        self._connection = connect(path)
        SqliteStore.prepare(self._connection)
        migrate(self._connection, "machine", MIGRATIONS)
        if source is not None:
            self._copy_people(source)
        self._copies = 0

    def _copy_people(self, source: Path) -> None:
        self._connection.execute("ATTACH ? AS source", (str(source),))
        for table in COPIED_TABLES:
            self._connection.execute(f"INSERT INTO main.{table} SELECT * FROM source.{table}")  # noqa: S608
        self._connection.execute("DETACH source")

    def write(self, changes: list[Change], times: int) -> float:
        """Writes the copies, each in its own transaction. Returns how many a second."""
        statements = [_statement(change) for change in changes]
        began = time.perf_counter()
        for _ in range(times):
            self._copies += 1
            self._connection.execute("BEGIN IMMEDIATE")
            for sql, values, keys in statements:
                fresh = {name: key(self._copies) for name, key in keys.items()}
                self._connection.execute(sql, {**values, **fresh})
            self._connection.execute("COMMIT")
        return times / (time.perf_counter() - began)

    def close(self) -> None:
        """Closes and deletes the store."""
        self._connection.close()


def _statement(change: Change) -> tuple[str, Values, dict[str, Key]]:
    columns = [f'"{name}"' for name in change.row]
    marks = [f":{name}" for name in change.row]
    if isinstance(change, Insert):
        return f"INSERT INTO {change.table} ({', '.join(columns)}) VALUES ({', '.join(marks)})", change.row, change.keys  # noqa: S608
    assignments = ", ".join(f"{column} = {mark}" for column, mark in zip(columns, marks, strict=True))
    return f'UPDATE {change.table} SET {assignments} WHERE "{change.id}" = :{change.id}', change.row, {}  # noqa: S608


# Changes made by the real operations


def balance_changes(source: sqlite3.Connection) -> list[Change]:
    """Returns the changes of the newest answered /balance: the update, its sender, the answer."""
    (answer,) = _newest(source, "outbox", "method = 'sendMessage' AND cause LIKE 'update:%'", 1)
    (update,) = _newest(source, "inbox", "state = 'done'", 1)
    return [*_updates([update]), *_seen(source, [update]), *_messages([answer])]


def order_changes(source: sqlite3.Connection) -> list[Change]:
    """Returns the changes of the newest order: journal, order, commissions, transfers, notices, and their people."""
    (event,) = _newest(source, "journal", "type = 'order' AND refusal IS NULL", 1)
    order_id = _all(source, "SELECT id FROM orders ORDER BY at DESC, id LIMIT 1")[0]["id"]
    (order,) = _all(source, "SELECT * FROM orders WHERE id = ?", order_id)
    commissions = _all(source, 'SELECT * FROM commissions WHERE "order" = ?', order_id)
    transfers = _all(source, "SELECT * FROM transfers WHERE seq = ?", event["seq"])
    notices = _all(source, "SELECT * FROM notices WHERE seq = ?", event["seq"])
    earners = _all(
        source,
        'SELECT * FROM members WHERE id IN (SELECT member FROM commissions WHERE "order" = ?)',
        order_id,
    )
    (buyer,) = _all(source, "SELECT * FROM persons WHERE id = ?", order["buyer"])
    return [
        Insert("journal", event, {"seq": _number, "key": _text}),
        Insert("orders", order, {"id": _text}),
        Update("persons", "id", buyer),
        *(Update("members", "id", each) for each in earners),
        *_numbered("commissions", commissions, {"source": _text, "order": _text}),
        *(Insert("transfers", each, {"seq": _number}) for each in transfers),
        *(Insert("notices", _without(each, "number"), {"seq": _number}) for each in notices),
    ]


def join_changes(source: sqlite3.Connection) -> list[Change]:
    """Returns the change of the newest join: the journal's row alone, the least that is durable about it."""
    (event,) = _newest(source, "journal", "type = 'join' AND refusal IS NULL", 1)
    return [Insert("journal", event, {"seq": _number, "key": _text})]


def purchase_changes(source: sqlite3.Connection) -> list[Change]:
    """Returns the changes of the newest purchase by chat: command, card, press, answer, order, notifications."""
    updates = _newest(source, "inbox", "state = 'done'", 2)
    order = order_changes(source)
    told = sum(change.table == "notices" for change in order)
    answers = _newest(source, "outbox", "cause LIKE 'update:%'", 2)
    notices = _newest(source, "outbox", "cause LIKE 'notice:%'", told)
    (draft,) = _newest(source, "drafts", "used_at IS NOT NULL", 1)
    (cursor,) = _all(source, "SELECT * FROM cursors WHERE name = 'notices'")
    (number,) = _all(source, "SELECT * FROM order_numbers ORDER BY number DESC LIMIT 1")
    return [
        *_updates(updates),
        *_seen(source, updates[:1]),
        Insert("drafts", draft, {"token": _text}),
        Insert("order_numbers", number, {"number": _number, "id": _text, "cause": _text}),
        *order,
        *_messages([*answers, *notices]),
        Update("cursors", "name", cursor),
    ]


def _updates(rows: list[Values]) -> Iterator[Insert]:
    for place, row in enumerate(rows):
        yield Insert("inbox", _without(row, "seq"), {"update_id": _spread(place)})


def _messages(rows: list[Values]) -> Iterator[Insert]:
    for place, row in enumerate(rows):
        yield Insert("outbox", _without(row, "id"), {"cause": _spread_text(place)})


def _seen(source: sqlite3.Connection, updates: list[Values]) -> Iterator[Update]:
    for update in updates:
        (profile,) = _all(source, "SELECT telegram_id, seen_at FROM profiles WHERE telegram_id = ?", update["sender"])
        yield Update("profiles", "telegram_id", profile)


def _numbered(table: str, rows: list[Values], keys: dict[str, Key]) -> Iterator[Insert]:
    for place, row in enumerate(rows):
        yield Insert(table, row, {**keys, "number": _spread(place)})


def _newest(source: sqlite3.Connection, table: str, condition: str, count: int) -> list[Values]:
    return _all(source, f"SELECT * FROM {table} WHERE {condition} ORDER BY rowid DESC LIMIT {count}")  # noqa: S608


def _all(source: sqlite3.Connection, sql: str, *values: Any) -> list[Values]:
    return [dict(row) for row in source.execute(sql, values)]


def _without(row: Values, name: str) -> Values:
    return {column: value for column, value in row.items() if column != name}


_SPREAD = 100


def _number(copy: int) -> int:
    return _FIRST_COPY + copy


def _text(copy: int) -> str:
    return f"copy-{copy:012}"


def _spread(place: int) -> Key:
    return lambda copy: _FIRST_COPY + copy * _SPREAD + place


def _spread_text(place: int) -> Key:
    return lambda copy: f"copy-{copy * _SPREAD + place:012}"
