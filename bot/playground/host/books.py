"""Reads the journal beside the bot: rows with their transfers."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Final

from bot.kit.json import Json
from bot.playground.host.upcoming import Upcoming
from engine.money import Currency
from engine.store.driver import Connection, OperationalError, Row, connect_read_only

ROWS_MAX: Final = 200
MATURITY: Final = "maturity"
MATURING_MAX: Final = 5
ROW_NUMBER_MAX: Final = 2**63 - 1
"""The range of the store's integers."""


def rows_after(store: Path, seq: int) -> list[Json]:
    """Returns the next 200 rows of the journal after number `seq`, each with its transfers; none without a store."""
    try:
        with closing(_look_into(store)) as connection:
            return [_with_transfers(connection, row) for row in connection.execute(_ROWS, (seq, ROWS_MAX))]
    except OperationalError:  # the store is being created or was just deleted
        return []


def last_row(store: Path) -> int:
    """Returns the number of the journal's last row; 0 where there is none."""
    try:
        with closing(_look_into(store)) as connection:
            return int(connection.execute("SELECT COALESCE(MAX(seq), 0) FROM journal").fetchone()[0])
    except OperationalError:
        return 0


def names_in(store: Path, rows: Iterable[Json]) -> dict[str, str]:
    """Returns the names of the people in the rows, by their id in the programme."""
    told = json.dumps(list(rows), ensure_ascii=False)
    try:
        with closing(_look_into(store)) as connection:
            people = connection.execute("SELECT person, name FROM profiles").fetchall()
    except OperationalError:
        return {}
    return {person["person"]: person["name"] for person in people if person["person"] in told}


def buyer(store: Path, telegram_id: int, realm: str, customer: str) -> Json:
    """Returns whether a shop's customer and a Telegram account are one person, and who invited them.

    `linked` is a bool; `inviter` is `{"code", "name"}`, or None where no one invited them.
    """
    try:
        with closing(_look_into(store)) as connection:
            accounts = {"telegram": str(telegram_id), "realm": realm, "customer": customer}
            row = connection.execute(_BUYER, accounts).fetchone()
    except OperationalError:
        row = None
    if row is None:
        return {"linked": False, "inviter": None}
    inviter = {"code": row["sponsor"], "name": row["name"] or ""} if row["sponsor"] else None
    return {"linked": bool(row["linked"]), "inviter": inviter}


def maturing(store: Path, now: int) -> list[Upcoming]:
    """Returns the next moments after `now` (ms, UTC) at which commissions mature, with their number and amount."""
    try:
        with closing(_look_into(store)) as connection:
            rows = connection.execute(_MATURING, (now, MATURING_MAX)).fetchall()
    except OperationalError:
        return []
    return [Upcoming(MATURITY, row["matures"], row["pieces"], row["amount"]) for row in rows]


def is_quiet(store: Path) -> bool:
    """Returns whether the bot has answered every update and sent every message."""
    try:
        with closing(_look_into(store)) as connection:
            return connection.execute(_WAITING).fetchone() is None
    except OperationalError:
        return True


_WAITING: Final = """
    SELECT 1 FROM inbox WHERE state = 'new'
    UNION ALL SELECT 1 FROM outbox WHERE state = 'new'
    UNION ALL SELECT 1 FROM notices WHERE number > (SELECT COALESCE(MAX(value), 0) FROM cursors WHERE name = 'notices')
    LIMIT 1
"""
_MATURING: Final = """
    SELECT matures, COUNT(*) AS pieces, SUM(amount - reversed) AS amount FROM commissions
    WHERE state = 'pending' AND matures > ? GROUP BY matures ORDER BY matures LIMIT ?
"""
_ROWS: Final = """
    SELECT seq, at, type, content, actor, refusal FROM journal WHERE seq > ? ORDER BY seq LIMIT ?
"""
_BUYER: Final = """
    SELECT persons.sponsor, profiles.name, identities.person = account.person AS linked
    FROM identities
    JOIN persons ON persons.id = identities.person
    LEFT JOIN profiles ON profiles.person = persons.sponsor
    LEFT JOIN identities AS account ON account.realm = :realm AND account.external_id = :customer
    WHERE identities.realm = 'telegram' AND identities.external_id = :telegram
"""
_TRANSFERS: Final = """
    SELECT leg, member, debit, credit, amount, currency FROM transfers WHERE seq = ? ORDER BY leg
"""


def _look_into(store: Path) -> Connection:
    connection = connect_read_only(store)
    connection.row_factory = Row
    return connection


def _with_transfers(connection: Connection, row: Row) -> Json:
    transfers = [_transfer(each) for each in connection.execute(_TRANSFERS, (row["seq"],))]
    return {**dict(row), "content": json.loads(row["content"]), "transfers": transfers}


def _transfer(row: Row) -> Json:
    """Returns the transfer as JSON; the amount is in minor units, `exponent` is their number of decimal places."""
    return {**dict(row), "exponent": Currency.of(row["currency"]).exponent}
