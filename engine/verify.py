"""Proving the books: the journal replayed through a fresh engine must give exactly what the tables hold.

Every transfer is compared with the one that the replay makes, every digest is made again, and every balance is added
up from its transfers. The network is made anew from the tables, and its legs are compared. What is found is said in one
line each; no line means that the books are right.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from engine.errors import MoarefError
from engine.event_json import BadEvent, from_json
from engine.ledger import BUCKETS, Transfer, account
from engine.records import Person, Record
from engine.store import rows
from engine.store.memory import MemoryStore
from engine.store.sqlite_file import connect
from engine.store.writing import DETAILS
from engine.verify_network import compare_network

PROBLEMS_MAX = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was looked at, and what is wrong with it."""

    events: int
    transfers: int
    members: int
    problems: tuple[str, ...]

    @property
    def holds(self) -> bool:
        return not self.problems


def verify(connection: sqlite3.Connection) -> Verdict:
    """Reads one consistent state of the store, in a transaction of its own, and proves it."""
    connection.execute("BEGIN")
    try:
        replayed = MemoryStore()
        problems: list[str] = []
        events = 0
        transfers_seen = 0
        for problem, legs in _replay(connection, replayed):
            events += 1
            transfers_seen += legs
            problems += problem
            if len(problems) >= PROBLEMS_MAX:
                break
        else:
            problems += islice(_compare(connection, replayed), PROBLEMS_MAX)
        return Verdict(events, transfers_seen, len(replayed.all_members), tuple(problems[:PROBLEMS_MAX]))
    finally:
        connection.execute("ROLLBACK")


def verify_file(path: Path) -> Verdict:
    """As `verify`, on a SQLite store's file, through a connection of its own. Raises sqlite3.Error."""
    with closing(connect(path, create=False)) as connection:
        return verify(connection)


def _replay(connection: sqlite3.Connection, replayed: MemoryStore) -> Iterator[tuple[list[str], int]]:
    """Each journal row's problems and its number of transfers; a row that cannot be replayed ends it."""
    expected_seq = 1
    for row in connection.execute("SELECT * FROM journal ORDER BY seq"):
        problems = []
        if row["seq"] != expected_seq:
            problems.append(f"journal: row {expected_seq} is missing")
        expected_seq = row["seq"] + 1
        digest = rows.event_digest(row["seq"], row["at"], row["content"], row["key"], row["actor"], row["refusal"])
        if digest != row["digest"]:
            problems.append(f"journal row {row['seq']}: its digest is not that of its content")
        if row["at"] < replayed.last_at():
            problems.append(f"journal row {row['seq']}: its time is before the row ahead of it")
        stored = _transfers_of(connection, row["seq"])
        problems += _take(row, stored, replayed)
        yield problems, len(stored)
        if any("cannot be replayed" in problem for problem in problems):
            return


def _take(row: sqlite3.Row, stored: list[sqlite3.Row], replayed: MemoryStore) -> Iterator[str]:
    seq = row["seq"]
    try:
        content = json.loads(row["content"])
        if content.get("type") != row["type"]:
            yield f"journal row {seq}: its type is not that of its content"
        decision = replayed.take(from_json(content), row["at"])
    except (BadEvent, ValueError, MoarefError) as problem:
        yield f"journal row {seq}: cannot be replayed: {problem}"
        return
    refusal = decision.refusal.code if decision.refusal is not None else None
    if refusal != row["refusal"]:
        yield f"journal row {seq}: was {row['refusal'] or 'taken'}, the replay says {refusal or 'taken'}"
    yield from _compare_transfers(row, stored, list(decision.all_transfers()), replayed)


def _transfers_of(connection: sqlite3.Connection, seq: int) -> list[sqlite3.Row]:
    return connection.execute("SELECT * FROM transfers WHERE seq = ? ORDER BY leg", (seq,)).fetchall()


def _compare_transfers(
    row: sqlite3.Row, stored: list[sqlite3.Row], expected: list[Transfer], replayed: MemoryStore
) -> Iterator[str]:
    seq, at = row["seq"], row["at"]
    currency = replayed.programme.program.currency if replayed.programme is not None else ""
    if len(stored) != len(expected):
        yield f"transfers of journal row {seq}: {len(stored)} stored, {len(expected)} expected"
    for found, wanted in zip(stored, expected, strict=False):
        mine = Transfer(
            found["leg"], found["member"], found["debit"], found["credit"], found["amount"], found["commission"]
        )
        if mine != wanted:
            yield f"transfer {seq}/{found['leg']}: {_said(mine)} stored, {_said(wanted)} expected"
        if (found["at"], found["currency"]) != (at, currency):
            yield f"transfer {seq}/{found['leg']}: its time or currency is not that of its event"
        if mine.digest(seq, found["at"], found["currency"]) != found["digest"]:
            yield f"transfer {seq}/{found['leg']}: its digest is not that of its content"


def _said(transfer: Transfer) -> str:
    return f"{transfer.amount} from {transfer.debit} to {transfer.credit}"


def _compare(connection: sqlite3.Connection, replayed: MemoryStore) -> Iterator[str]:
    tables: tuple[tuple[str, str, Callable[[sqlite3.Row], Record], dict[Any, Any]], ...] = (
        ("member", "members", rows.member_of, replayed.all_members),
        ("order", "orders", rows.order_of, replayed.orders),
        ("commission", "commissions", rows.commission_of, replayed.commissions),
        ("withdrawal", "withdrawals", rows.withdrawal_of, replayed.withdrawals),
        ("adjustment", "adjustments", rows.adjustment_of, replayed.adjustments),
        ("person", "persons", rows.person_of, _met(connection) | replayed.persons),
    )
    for what, table, record_of, expected in tables:
        found = connection.execute(f"SELECT * FROM {table}")  # noqa: S608
        yield from _compare_rows(what, found, record_of, expected)
    yield from _compare_details(connection)
    yield from _add_up(connection)
    yield from compare_network(connection, replayed)


def _met(connection: sqlite3.Connection) -> dict[str, Person]:
    """A person whom the bot has met and who has done nothing is in no event."""
    return {row["id"]: Person(row["id"]) for row in connection.execute("SELECT id FROM persons")}


def _compare_rows(
    what: str,
    found: Iterable[sqlite3.Row],
    record_of: Callable[[sqlite3.Row], Record],
    expected: Mapping[Any, Record],
) -> Iterator[str]:
    """The rows, whose first column is what a record goes by, against the records that the replay has made."""
    left = dict(expected)
    for row in found:
        id = row[0]
        wanted = left.pop(id, None)
        try:
            record = record_of(row)
        except (ValueError, TypeError):
            yield f"{what} {id}: cannot be read"
            continue
        if wanted is None:
            yield f"{what} {id}: is in the tables, but follows from no event"
        elif record != wanted:
            names = wanted.__struct_fields__
            differing = [name for name in names if getattr(record, name) != getattr(wanted, name)]
            yield f"{what} {id}: {', '.join(differing)} not as the journal says"
    for id in left:
        yield f"{what} {id}: follows from the journal, but is not in the tables"


def _compare_details(connection: sqlite3.Connection) -> Iterator[str]:
    """Where a withdrawal's money goes, and what was said of it, against what was noted beside its events."""
    noted: dict[str, tuple[Any, ...]] = {}
    kinds = "type IN ('withdraw', 'settle') AND refusal IS NULL"
    for seq, *texts in connection.execute(f"SELECT seq, content, details FROM journal WHERE {kinds} ORDER BY seq"):  # noqa: S608
        try:
            event, said = map(json.loads, texts)
            id, (destination, *words) = event["id"], (said.get(name) for name in DETAILS)
        except (ValueError, LookupError, TypeError, AttributeError):
            yield f"journal row {seq}: what was noted beside it cannot be read"
            continue
        first, *before = noted.get(id, (destination, None, None))
        noted[id] = first, *(old if new is None else new for old, new in zip(before, words, strict=True))
    for id, *found in connection.execute("SELECT * FROM withdrawal_details"):
        if noted.pop(id, None) != tuple(found):
            yield f"withdrawal {id}: its destination or what was said of it is not what was noted beside its events"
    for id in noted:
        yield f"withdrawal {id}: its details follow from the journal, but are not in the tables"


def _add_up(connection: sqlite3.Connection) -> Iterator[str]:
    """Each member's balance against the sum of its transfers, by the store's own arithmetic."""
    totals: dict[str, int] = {}
    for side, sign in (("debit", -1), ("credit", 1)):
        for name, amount in connection.execute(f"SELECT {side}, SUM(amount) FROM transfers GROUP BY {side}"):  # noqa: S608
            totals[name] = totals.get(name, 0) + sign * amount
    if sum(totals.values()) != 0:
        yield "transfers: debits and credits do not add up to the same"
    for member in connection.execute("SELECT * FROM members"):
        for bucket in BUCKETS:
            moved = totals.get(account(bucket, member["id"]), 0)
            if moved != member[bucket]:
                yield f"member {member['id']}: {bucket} is {member[bucket]}, its transfers come to {moved}"
