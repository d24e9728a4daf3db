"""The SQLite store: facts by query, a decision as rows, both inside the caller's transaction."""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import aiosql

from engine.decide import decide
from engine.errors import KeyReused, Refusal, StoreError
from engine.event_json import canonical, from_json
from engine.events import NAMES, Event, ProgrammeChanged, Settle, Tick, Withdraw
from engine.facts import Decision
from engine.guards import guard
from engine.ledger import OVER_CAP
from engine.programme import Programme
from engine.records import Adjustment, Commission, Member, Order, Person, Withdrawal
from engine.store import rows
from engine.store.migrate import apply as migrate
from engine.store.rows import compact
from engine.submission import Outcome, Submission
from engine.tree.resident import apply_to, grown
from engine.tree.tree import Tree

FOLDER = Path(__file__).parent
MIGRATIONS = FOLDER / "migrations" / "sqlite"


class SqliteStore:
    """Facts from a connection's tables. The caller owns the transaction; a savepoint undoes a failed `submit`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._queries: Any = aiosql.from_path(FOLDER / "queries", "sqlite3")
        self._programme: Programme | None = None
        self._programme_seq: int | None = None
        self._tree: Tree | None = None
        self._tree_seq = 0  # the journal row up to which the tree knows everything

    @staticmethod
    def prepare(connection: sqlite3.Connection) -> None:
        """Brings the tables to this version."""
        migrate(connection, "engine", MIGRATIONS)

    # Taking events

    def submit(self, submission: Submission, now: int) -> Outcome:
        """Decides, journals and applies an event, once for each key; `now` in milliseconds UTC.

        Raises Forbidden where a guard applies and KeyReused for a key with other content; a refusal by the rules is
        journaled and comes back in the outcome.
        """
        content = canonical(submission.event)
        if (before := self._repeated(submission, content)) is not None:
            return before
        guard(submission.event, submission.actor, self, halted=self.halted())
        return self._take(submission, content, now)

    def take(self, event: Event, at: int) -> Decision:
        """One event of a history, as replay feeds it: no key, no guard."""
        decision = decide(event, self, at)
        self._write(Submission(event), canonical(event), decision)
        return decision

    def _repeated(self, submission: Submission, content: str) -> Outcome | None:
        if submission.key is None:
            return None
        row = self._queries.taken(self.connection, key=submission.key)
        if row is None:
            return None
        if row["content"] != content:
            raise KeyReused(submission.key)
        return Outcome(row["seq"], row["at"], repeated=True)

    def _take(self, submission: Submission, content: str, now: int) -> Outcome:
        decision = decide(submission.event, self, max(now, self.last_at()))
        if isinstance(submission.event, Tick) and not decision.transfers and not decision.closed:
            return Outcome(0, decision.at)  # no time passed that anybody would notice
        seq = self._write(submission, content, decision)
        return Outcome(seq, decision.at, decision.refusal)

    def last_event(self) -> tuple[int, int]:
        """Number and time of the journal's last row; zeros before the first."""
        row = self._queries.last_event(self.connection)
        return (row["seq"], row["at"]) if row is not None else (0, 0)

    def halted(self) -> bool:
        """Whether payouts are stopped because the books did not verify."""
        return self._queries.halted(self.connection) is not None

    # Writing

    def _write(self, submission: Submission, content: str, decision: Decision) -> int:
        seq = self.last_event()[0] + 1
        self._write_event(seq, submission, content, decision.at, decision.refusal)
        put, db = self._queries, self.connection
        for person in decision.persons.values():
            put.put_person(db, **asdict(person))
        for member in decision.members.values():
            put.put_member(db, **asdict(member))  # before its volume, which refers to it
        for order in decision.orders.values():
            put.put_order(db, **_traced(order))
        for commission in decision.commissions.values():
            row = _traced(commission)
            put.put_commission(db, order_id=row.pop("order"), **row)
        for withdrawal in decision.withdrawals.values():
            put.put_withdrawal(db, **asdict(withdrawal))
        for adjustment in decision.adjustments.values():
            put.put_adjustment(db, **asdict(adjustment))
        self._write_money(seq, decision)
        if decision.refusal is None:
            self._write_details(submission)
        self._write_volumes(decision)
        if self._tree is not None and self._tree_seq == seq - 1:
            apply_to(self._tree, decision)
            self._tree_seq = seq
        return seq

    def _write_volumes(self, decision: Decision) -> None:
        if decision.closed:
            self._queries.clear_volumes(self.connection)
        for node, amount in decision.volumes:
            self._queries.put_volume(self.connection, node=node, amount=amount)

    def _write_event(self, seq: int, submission: Submission, content: str, at: int, refusal: Refusal | None) -> None:
        code = refusal.code if refusal is not None else None
        self._queries.put_event(
            self.connection,
            seq=seq,
            at=at,
            type=NAMES[type(submission.event)],
            content=content,
            key=submission.key,
            actor=submission.actor,
            refusal=code,
            details=compact(submission.details),
            digest=rows.event_digest(seq, at, content, submission.key, submission.actor, code),
        )

    def _write_money(self, seq: int, decision: Decision) -> None:
        if decision.transfers:
            programme = self.programme
            assert programme is not None  # nothing moves before there is a programme
            currency = programme.program.currency
            for transfer in decision.transfers:
                self._queries.put_transfer(
                    self.connection,
                    seq=seq,
                    at=decision.at,
                    currency=currency,
                    digest=transfer.digest(seq, decision.at, currency),
                    **asdict(transfer),
                )
        for notice in decision.notices:
            content = compact(notice.values)
            self._queries.put_notice(
                self.connection,
                seq=seq,
                at=decision.at,
                kind=notice.kind,
                person=notice.person,
                content=content,
            )

    def _write_details(self, submission: Submission) -> None:
        if isinstance(submission.event, Withdraw | Settle):
            details = {name: submission.details.get(name) for name in ("destination", "tracking", "reason")}
            self._queries.put_withdrawal_details(self.connection, id=submission.event.id, **details)

    # Facts

    def last_at(self) -> int:
        return self.last_event()[1]

    def tree(self) -> Tree:
        """Kept between events. Another process's events, or an undone transaction, have it grown anew."""
        seq = self.last_event()[0]
        if self._tree_seq != seq:
            self._tree = None
        fitting = (
            grown(self._tree, self.programme, self.members(), self._queries.open_volumes(self.connection))
            if self._tree is None
            else grown(self._tree, self.programme, ())
        )
        self._tree, self._tree_seq = fitting, seq
        return fitting

    @property
    def programme(self) -> Programme | None:
        """The programme in force: the journal's last one that was taken."""
        seq = self._queries.programme_seq(self.connection)[0]
        if seq != self._programme_seq:
            self._programme_seq = seq
            self._programme = self._programme_of(seq) if seq is not None else None
        return self._programme

    def _programme_of(self, seq: int) -> Programme:
        event = event_of(self._queries.content_of(self.connection, seq=seq)[0])
        if not isinstance(event, ProgrammeChanged):
            raise StoreError(f"journal row {seq} holds no programme")
        return Programme.from_tables(event.tables)

    def person(self, id: str) -> Person | None:
        row = self._queries.person(self.connection, id=id)
        return rows.person_of(row) if row is not None else None

    def member(self, id: str) -> Member | None:
        row = self._queries.member(self.connection, id=id)
        return rows.member_of(row) if row is not None else None

    def order(self, id: str) -> Order | None:
        row = self._queries.order(self.connection, id=id)
        return rows.order_of(row) if row is not None else None

    def withdrawal(self, id: str) -> Withdrawal | None:
        row = self._queries.withdrawal(self.connection, id=id)
        return rows.withdrawal_of(row) if row is not None else None

    def adjustment(self, id: str) -> Adjustment | None:
        row = self._queries.adjustment(self.connection, id=id)
        return rows.adjustment_of(row) if row is not None else None

    def commission(self, source: str, member: str) -> Commission | None:
        row = self._queries.commission(self.connection, source=source, member=member)
        return rows.commission_of(row) if row is not None else None

    def commissions_of_order(self, order: str) -> Sequence[Commission]:
        return _commissions(self._queries.commissions_of_order(self.connection, order_id=order))

    def held_by(self, blocker: str) -> Sequence[Commission]:
        return _commissions(self._queries.held_by(self.connection, blocker=blocker))

    def all_held(self) -> Sequence[Commission]:
        return _commissions(self._queries.all_held(self.connection))

    def maturing(self, at: int, by_itself: bool) -> Sequence[Commission]:
        return _commissions(self._queries.maturing(self.connection, at=at, by_itself=by_itself))

    def members(self) -> Iterable[Member]:
        return [rows.member_of(row) for row in self._queries.members(self.connection)]

    def all_commissions(self) -> Iterable[Commission]:
        return _commissions(self._queries.commissions(self.connection))

    def over_cap(self) -> int:
        """What caps have cut off, in minor units."""
        return int(self._queries.credited_to(self.connection, account=OVER_CAP)[0])

    def last_member(self) -> int:
        return int(self._queries.last_member(self.connection)[0])

    def last_commission(self) -> int:
        return int(self._queries.last_commission(self.connection)[0])

    def last_withdrawal(self) -> int:
        return int(self._queries.last_withdrawal(self.connection)[0])


def event_of(content: str) -> Event:
    """The event that a journal row's content says."""
    return from_json(json.loads(content))


def _commissions(found: Iterable[sqlite3.Row]) -> list[Commission]:
    return [rows.commission_of(row) for row in found]


def _traced(record: Order | Commission) -> dict[str, Any]:
    row = asdict(record)
    row["trace"] = compact(record.trace)
    return row
