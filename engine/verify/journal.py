"""Verifies the journal: recomputes each row's digest, replays its event, and compares transfers and notices."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from engine.errors import MoarefError
from engine.events.codec import BadEvent, from_json
from engine.facts import Decision
from engine.ledger import BUCKETS, account
from engine.store.driver import Connection
from engine.store.memory import MemoryStore
from engine.store.rows import JournalRow, event_digest, journal_digest
from engine.store.write_buffer import Decided, notice_rows, transfer_rows
from engine.verify.rows import Row, compare_row, plain

_TRANSFER: Final = ("seq", "leg", "at", "member", "debit", "credit", "amount", "currency", "commission", "digest")
_NOTICE: Final = ("number", "seq", "at", "kind", "person", "content")


@dataclass(slots=True)
class Replay:
    """Holds the replay's progress; `whole` once all of the journal was replayed. `totals` are the accounts by stored
    transfers.
    """

    store: MemoryStore = field(default_factory=MemoryStore)
    events: int = 0
    transfers: int = 0
    totals: dict[str, int] = field(default_factory=dict)
    whole: bool = False


def replay(connection: Connection, into: Replay) -> Iterator[str]:
    """Yields a line for each discrepancy; a row that cannot be replayed ends it."""
    baselines = dict(plain(connection, "SELECT name, upto FROM baselines"))
    begins = baselines.get("journal", 0)
    transfers, notices = _Transfers(connection), _Notices(connection, baselines.get("notices", 0))
    expected_seq = 1
    for *fields, digest in plain(connection, "SELECT * FROM journal ORDER BY seq"):
        row = JournalRow(*fields)
        into.events += 1
        if row.seq != expected_seq:
            yield f"journal: row {expected_seq} is missing"
        expected_seq = row.seq + 1
        if digest != _digest_of(row, begins):
            yield f"journal row {row.seq}: its digest does not match its content"
        if row.at < into.store.last_at():
            yield f"journal row {row.seq}: its time is before that of the previous row"
        try:
            decision, problems = _take(row, into.store)
        except (BadEvent, ValueError, MoarefError) as problem:
            yield f"journal row {row.seq}: cannot be replayed: {problem}"
            return
        yield from problems
        programme = into.store.programme
        decided = Decided(row.seq, decision, programme.program.currency if programme is not None else "", ())
        yield from transfers.compare(decided, into)
        if row.seq > begins:
            yield from notices.compare(decided)
    yield from transfers.end()
    yield from notices.end()
    into.whole = True


def _digest_of(row: JournalRow, begins: int) -> str:
    """Returns the digest as the row's version made it: rows before `begins` are of an earlier one."""
    if row.seq > begins:
        return journal_digest(row)
    return event_digest(row.seq, row.at, row.content, row.key, row.actor, row.refusal)


def _take(row: JournalRow, store: MemoryStore) -> tuple[Decision, list[str]]:
    """Replays the row's event; returns the decision, and where the row differs from it."""
    problems = []
    content = msgspec.json.decode(row.content)
    if content.get("type") != row.type:
        problems.append(f"journal row {row.seq}: its type is not that of its content")
    decision = store.retake(from_json(content), row.at)
    refusal = decision.refusal.code if decision.refusal is not None else None
    if refusal != row.refusal:
        problems.append(f"journal row {row.seq}: was {row.refusal or 'taken'}, the replay says {refusal or 'taken'}")
    return decision, problems


class _Transfers:
    """Iterates over the stored transfers beside the journal."""

    def __init__(self, connection: Connection) -> None:
        self._rows = plain(connection, "SELECT * FROM transfers ORDER BY seq, leg")
        self._next: Row | None = self._rows.fetchone()

    def compare(self, decided: Decided, into: Replay) -> Iterator[str]:
        """Compares one event's transfers with those of the replay, and adds them to the totals."""
        seq = decided.seq
        stored = list(self._of(seq))
        expected = list(transfer_rows(decided))
        into.transfers += len(stored)
        for _, _, _, _, debit, credit, amount, *_ in stored:
            into.totals[debit] = into.totals.get(debit, 0) - amount
            into.totals[credit] = into.totals.get(credit, 0) + amount
        if stored == expected:
            return
        if len(stored) != len(expected):
            yield f"transfers of journal row {seq}: {len(stored)} stored, {len(expected)} expected"
        for found, wanted in zip(stored, expected, strict=False):
            if found[4:7] != wanted[4:7]:
                yield f"transfer {seq}/{found[1]}: {_said(found)} stored, {_said(wanted)} expected"
            yield from compare_row(f"transfer {seq}/{found[1]}", found, wanted, _TRANSFER)

    def _of(self, seq: int) -> Iterator[Row]:
        while self._next is not None and self._next[0] <= seq:
            yield self._next
            self._next = self._rows.fetchone()

    def end(self) -> Iterator[str]:
        """Reports transfers left when the journal has ended."""
        if self._next is not None:
            yield f"transfer {self._next[0]}/{self._next[1]}: belongs to no journal row"


class _Notices:
    """Iterates over the stored notices after their baseline, beside the journal; reports the first that is wrong."""

    def __init__(self, connection: Connection, begins: int) -> None:
        rows = "SELECT number, seq, at, kind, person, content FROM notices WHERE number > ? ORDER BY number"
        self._rows = plain(connection, rows, (begins,))
        self._number = begins
        self._wrong = False
        counted = plain(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'notices'").fetchone()
        self._counted = counted[0] if counted is not None else 0

    def compare(self, decided: Decided) -> Iterator[str]:
        """Compares one event's notices with those of the replay."""
        if self._wrong:
            return
        for wanted in notice_rows(decided):
            self._number += 1
            found, expected = self._rows.fetchone(), (self._number, *wanted)
            if found is None:
                yield f"notices: number {self._number} follows from the journal, but is not in the tables"
            elif found != expected:
                yield from compare_row(f"notice {found[0]}", found, expected, _NOTICE)
            self._wrong = found != expected
            if self._wrong:
                return

    def end(self) -> Iterator[str]:
        """Reports notices left when the journal has ended."""
        if self._wrong:
            return
        if (found := self._rows.fetchone()) is not None:
            yield f"notice {found[0]}: follows from no event"
        elif self._counted != self._number:
            yield f"notices: the last number is {self._number}, but {self._counted} numbers were given"


def add_up(members: Iterator[dict[str, Any]], totals: dict[str, int]) -> Iterator[str]:
    """Compares each member's balance with the sum of its transfers."""
    if sum(totals.values()) != 0:
        yield "transfers: debits and credits differ"
    for member in members:
        for bucket in BUCKETS:
            moved = totals.get(account(bucket, member["id"]), 0)
            if moved != member[bucket]:
                yield f"member {member['id']}: {bucket} is {member[bucket]}, its transfers add up to {moved}"


def _said(transfer: Row) -> str:
    return f"{transfer[6]} from {transfer[4]} to {transfer[5]}"
