"""Verifies the journal: recomputes each row's digest, replays its event, and compares transfers, notices and seals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from engine.errors import MoarefError
from engine.events.codec import BadEvent, from_json
from engine.facts import Decision
from engine.store.driver import Connection
from engine.store.journal_seals import UNSEALED, JournalSeal, SealChain, seals_after
from engine.store.rows import JournalRow, event_digest, journal_digest
from engine.store.write_buffer import Decided, notice_rows, transfer_rows
from engine.verify.balances import compare_balances
from engine.verify.replay_store import ReplayStore
from engine.verify.rows import Row, compare_row, plain
from engine.verify.withdrawal_notes import UnreadableDetails

_TRANSFER: Final = ("seq", "leg", "at", "member", "debit", "credit", "amount", "currency", "commission", "digest")
_NOTICE: Final = ("number", "seq", "at", "kind", "person", "content")


class Reached(msgspec.Struct):
    """Says how far a replay has come: the journal's last row, what was counted, and the last seal.

    `notices` is the number of the last notice, `programme` the content of the event that put it in force, `rowid` the
    place of the newest transfer in its table.
    """

    seq: int = 0
    digest: str = ""
    at: int = 0
    events: int = 0
    transfers: int = 0
    notices: int = 0
    programme: str = ""
    rowid: int = 0
    seal: JournalSeal = UNSEALED


@dataclass(slots=True)
class Replay:
    """Holds the replay's progress; `whole` once all of the journal was replayed. `pace` is called for each event."""

    store: ReplayStore
    reached: Reached
    pace: Callable[[], None]
    whole: bool = False
    chain: SealChain | None = None


def replay(connection: Connection, into: Replay) -> Iterator[str]:
    """Yields a line for each discrepancy after the row that was reached; a row that cannot be replayed ends it."""
    baselines = dict(plain(connection, "SELECT name, upto FROM baselines"))
    begins, reached = baselines.get("journal", 0), into.reached
    seals = _Seals(connection, reached.seal)
    transfers = _Transfers(connection, reached.seq, seals.chain)
    notices = _Notices(connection, max(reached.notices, baselines.get("notices", 0)))
    for *fields, digest in plain(connection, "SELECT * FROM journal WHERE seq > ? ORDER BY seq", (reached.seq,)):
        into.pace()
        row = JournalRow(*fields)
        yield from _compare_row(row, digest, begins, reached)
        reached.seq, reached.digest, reached.at = row.seq, digest, row.at
        reached.events += 1
        try:
            decision, problems = _take(row, into)
        except (BadEvent, ValueError, MoarefError) as problem:
            yield f"journal row {row.seq}: cannot be replayed: {problem}"
            return
        yield from problems
        programme = into.store.programme
        decided = Decided(row.seq, decision, programme.program.currency if programme is not None else "", ())
        seals.chain.add(digest)
        yield from transfers.compare(decided, reached)
        yield from seals.compare(row.seq)
        if row.seq > begins:
            yield from notices.compare(decided)
    yield from transfers.end()
    yield from notices.end()
    yield from seals.end()
    reached.notices, reached.seal = notices.number, seals.chain.last
    (reached.rowid,) = plain(connection, "SELECT COALESCE(MAX(rowid), 0) FROM transfers").fetchone()
    into.chain, into.whole = seals.chain, True


def _compare_row(row: JournalRow, digest: str, begins: int, reached: Reached) -> Iterator[str]:
    if row.seq != reached.seq + 1:
        yield f"journal: row {reached.seq + 1} is missing"
    if digest != _digest_of(row, begins):
        yield f"journal row {row.seq}: its digest does not match its content"
    if row.at < reached.at:
        yield f"journal row {row.seq}: its time is before that of the previous row"


def _digest_of(row: JournalRow, begins: int) -> str:
    """Returns the digest as the row's version made it: rows before `begins` are of an earlier one."""
    if row.seq > begins:
        return journal_digest(row)
    return event_digest(row.seq, row.at, row.content, row.key, row.actor, row.refusal)


def _take(row: JournalRow, into: Replay) -> tuple[Decision, list[str]]:
    """Replays the row's event; returns the decision, and where the row differs from it."""
    problems, store = [], into.store
    content = msgspec.json.decode(row.content)
    if content.get("type") != row.type:
        problems.append(f"journal row {row.seq}: its type is not that of its content")
    decision = store.decide(from_json(content), row.at)
    problems += compare_balances(row.seq, decision, store.member)
    store.apply(decision)
    if decision.programme is not None:
        into.reached.programme = row.content
    try:
        store.notes.take(row)
    except UnreadableDetails as problem:
        problems.append(str(problem))
    refusal = decision.refusal.code if decision.refusal is not None else None
    if refusal != row.refusal:
        problems.append(f"journal row {row.seq}: was {row.refusal or 'taken'}, the replay says {refusal or 'taken'}")
    return decision, problems


class _Transfers:
    """Iterates over the stored transfers beside the journal."""

    def __init__(self, connection: Connection, after: int, chain: SealChain) -> None:
        self._rows = plain(connection, "SELECT * FROM transfers WHERE seq > ? ORDER BY seq, leg", (after,))
        self._next: Row | None = self._rows.fetchone()
        self._chain = chain

    def compare(self, decided: Decided, reached: Reached) -> Iterator[str]:
        """Compares one event's transfers with those of the replay, one by one: a close may have millions."""
        seq, expected, wanted_count, count = decided.seq, transfer_rows(decided), 0, 0
        for wanted in expected:
            wanted_count += 1
            found = self._following(seq)
            if found is not None:
                count += 1
                if found != wanted:
                    yield from _compare_transfer(found, wanted)
        while self._following(seq) is not None:
            count += 1
        reached.transfers += count
        if count != wanted_count:
            yield f"transfers of journal row {seq}: {count} stored, {wanted_count} expected"

    def _following(self, seq: int) -> Row | None:
        """Returns the next transfer of the row, None after its last one."""
        row = self._next
        if row is None or row[0] > seq:
            return None
        self._next = self._rows.fetchone()
        self._chain.add_transfer(row[-1])
        return row

    def end(self) -> Iterator[str]:
        """Reports transfers left when the journal has ended."""
        if self._next is not None:
            yield f"transfer {self._next[0]}/{self._next[1]}: belongs to no journal row"


def _compare_transfer(found: Row, wanted: Row) -> Iterator[str]:
    name = f"transfer {wanted[0]}/{found[1]}"
    if found[4:7] != wanted[4:7]:
        yield f"{name}: {_said(found)} stored, {_said(wanted)} expected"
    yield from compare_row(name, found, wanted, _TRANSFER)


def _said(transfer: Row) -> str:
    return f"{transfer[6]} from {transfer[4]} to {transfer[5]}"


class _Notices:
    """Iterates over the stored notices after their baseline, beside the journal; reports the first that is wrong."""

    def __init__(self, connection: Connection, begins: int) -> None:
        rows = "SELECT number, seq, at, kind, person, content FROM notices WHERE number > ? ORDER BY number"
        self._rows = plain(connection, rows, (begins,))
        self.number = begins
        self._wrong = False
        counted = plain(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'notices'").fetchone()
        self._counted = counted[0] if counted is not None else 0

    def compare(self, decided: Decided) -> Iterator[str]:
        """Compares one event's notices with those of the replay."""
        if self._wrong:
            return
        for wanted in notice_rows(decided):
            self.number += 1
            found, expected = self._rows.fetchone(), (self.number, *wanted)
            if found is None:
                yield f"notices: number {self.number} follows from the journal, but is not in the tables"
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
        elif self._counted != self.number:
            yield f"notices: the last number is {self.number}, but {self._counted} numbers were given"


class _Seals:
    """Iterates over the journal's seals beside it, and chains the digests that each of them covers."""

    def __init__(self, connection: Connection, last: JournalSeal) -> None:
        self.chain = SealChain(last)
        self._rows = seals_after(connection, last.number)
        self._next = next(self._rows, None)

    def compare(self, seq: int) -> Iterator[str]:
        """Compares the seal that ends at this journal row, if there is one."""
        while self._next is not None and self._next.journal <= seq:
            seal, last = self._next, self.chain.last
            if self.chain.sealed(seq, seal.made_at) != seal:
                rows = f"{last.journal + 1} to {seal.journal}"
                yield f"seal {seal.number}: journal rows {rows} are not as they were sealed"
                self.chain.restart(seal)
            self._next = next(self._rows, None)

    def end(self) -> Iterator[str]:
        """Reports seals left when the journal has ended."""
        if self._next is not None:
            yield f"seal {self._next.number}: the journal rows up to {self._next.journal} that it covers are missing"
