"""Proving the books: the journal replayed through a fresh engine must give exactly what the tables hold.

Every transfer is compared with the one that the replay makes, every digest is made again, and every balance is added
up from its transfers. The network is made anew from the tables, and its legs are compared. What is found is said in one
line each; no line means that the books are right.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from engine.errors import MoarefError
from engine.event_json import BadEvent, from_json
from engine.ledger import BUCKETS, Transfer, account
from engine.records import Record
from engine.store import rows
from engine.store.memory import MemoryStore
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
    yield from _compare_rows(
        "member",
        map(rows.member_of, connection.execute("SELECT * FROM members")),
        replayed.all_members,
        "id",
    )
    yield from _compare_rows(
        "order", map(rows.order_of, connection.execute("SELECT * FROM orders")), replayed.orders, "id"
    )
    yield from _compare_rows(
        "commission",
        map(rows.commission_of, connection.execute("SELECT * FROM commissions")),
        replayed.commissions,
        "number",
    )
    yield from _compare_rows(
        "withdrawal",
        map(rows.withdrawal_of, connection.execute("SELECT * FROM withdrawals")),
        replayed.withdrawals,
        "id",
    )
    yield from _compare_rows(
        "adjustment",
        map(rows.adjustment_of, connection.execute("SELECT * FROM adjustments")),
        replayed.adjustments,
        "id",
    )
    # A person whom the bot has met and who has done nothing is in no event.
    met = (rows.person_of(row) for row in connection.execute("SELECT * FROM persons"))
    yield from _compare_rows(
        "person", (one for one in met if one.sponsor is not None or one.orders or one.id in replayed.persons),
        replayed.persons, "id",
    )  # fmt: skip
    yield from _add_up(connection)
    yield from compare_network(connection, replayed)


def _compare_rows(what: str, found: Iterable[Record], expected: dict[Any, Any], key: str) -> Iterator[str]:
    left = dict(expected)
    for record in found:
        id = getattr(record, key)
        wanted = left.pop(id, None)
        if wanted is None:
            yield f"{what} {id}: is in the tables, but follows from no event"
        elif record != wanted:
            names = wanted.__struct_fields__
            differing = [name for name in names if getattr(record, name) != getattr(wanted, name)]
            yield f"{what} {id}: {', '.join(differing)} not as the journal says"
    for id in left:
        yield f"{what} {id}: follows from the journal, but is not in the tables"


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
