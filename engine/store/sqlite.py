"""The SQLite store: facts by query, a decision as rows, both inside the caller's transaction."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import aiosql
import numpy as np

from engine.closes import Standings
from engine.decide import decide
from engine.errors import KeyReused, StoreError
from engine.event_json import canonical, from_json
from engine.events import Event, ProgrammeChanged, Tick
from engine.facts import Decision
from engine.guards import guard
from engine.ledger import OVER_CAP
from engine.programme import Programme
from engine.records import Adjustment, Commission, Member, Order, Person, Withdrawal
from engine.store import rows
from engine.store.migrate import apply as migrate
from engine.store.writing import RowWriter
from engine.submission import Outcome, Submission
from engine.tree.resident import apply_to, fits, grown
from engine.tree.tree import Tree
from engine.whole import Whole

FOLDER = Path(__file__).parent
MIGRATIONS = FOLDER / "migrations" / "sqlite"


class Last(NamedTuple):
    """How the journal ends, as far as we know, and the last numbers that were given."""

    seq: int
    at: int
    digest: str
    member: int = 0
    commission: int = 0
    withdrawal: int = 0


class SqliteStore:
    """Facts from a connection's tables. The caller owns the transaction; a savepoint undoes a failed `submit`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self._queries: Any = aiosql.from_path(FOLDER / "queries", "sqlite3")
        self._rows = RowWriter(connection, self._queries)
        self._programme: Programme | None = None
        self._tree: Tree | None = None
        self._last = Last(0, 0, "")

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
        self.catch_up()
        decision = decide(submission.event, self, max(now, self.last_at()))
        if isinstance(submission.event, Tick) and not decision.transfers and not decision.closed:
            return Outcome(0, decision.at)  # no time passed that anybody would notice
        seq = self._write(submission, content, decision)
        return Outcome(seq, decision.at, decision.refusal)

    def halted(self) -> bool:
        """Whether payouts are stopped because the books did not verify."""
        return self._queries.halted(self.connection) is not None

    def _write(self, submission: Submission, content: str, decision: Decision) -> int:
        programme = decision.programme or self._programme
        currency = programme.program.currency if programme is not None else ""
        last = self._last
        seq = last.seq + 1
        carried = self._tree.changes_of(decision.carried) if self._tree and decision.carried else ()
        digest = self._rows.write(seq, submission, content, decision, currency, carried)
        # From here on nothing can fail: what is kept in memory follows what is in the tables.
        self._last = Last(
            seq,
            decision.at,
            digest,
            member=last.member + sum(member.number > last.member for member in decision.members.values()),
            commission=decision.last_commission(last.commission),
            withdrawal=last.withdrawal + sum(each.number > last.withdrawal for each in decision.withdrawals.values()),
        )
        self._programme = programme
        if self._tree is not None:
            apply_to(self._tree, decision)
        return seq

    def catch_up(self) -> None:
        """What is kept in memory is read anew when the journal does not end as it did after our last event.

        Another process has written then, or a transaction of ours was undone.
        """
        row = self._queries.last_event(self.connection)
        if row is None or (row["seq"], row["digest"]) != (self._last.seq, self._last.digest):
            self._tree = None
            self._last = self._read_last(row)
            seq = self._queries.programme_seq(self.connection)[0]
            self._programme = self._programme_of(seq) if seq is not None else None

    def _read_last(self, row: sqlite3.Row | None) -> "Last":
        read, db = self._queries, self.connection
        numbers = (int(count(db)[0]) for count in (read.last_member, read.last_commission, read.last_withdrawal))
        return Last(*(row if row is not None else (0, 0, "")), *numbers)

    # Facts

    def last_at(self) -> int:
        return self._last.at

    def tree(self) -> Tree:
        """Kept between events."""
        if self._tree is None or not fits(self._tree, self._programme):
            read = self._queries
            places, volumes, carried = map(self._walk, (read.places, read.open_volumes, read.carried))
            self._tree = grown(self._programme, places, volumes, carried)
        return self._tree

    def _walk(self, query: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query one by one, as tuples: there may be millions."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return cursor.execute(query.sql)

    @property
    def programme(self) -> Programme | None:
        """The programme in force: the journal's last one that was taken."""
        self.catch_up()
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

    def standings(self, positions: Whole) -> Standings:
        """Out of one walk through all members, which are in no order that positions have."""
        assert self._programme is not None  # a period of its has ended
        ranks = self._programme.rank_order
        rows = ((number, ranks[rank], *rest) for number, rank, *rest in self._walk(self._queries.standings))
        table = np.fromiter(rows, np.dtype([("number", np.int64), *((name, np.int64) for name in Standings._fields)]))
        places = np.empty(len(table), np.intp)
        places[table["number"] - 1] = np.arange(len(table))
        wanted = table[places[positions]]
        return Standings(*(wanted[name] for name in Standings._fields))

    def all_commissions(self) -> Iterable[Commission]:
        return _commissions(self._queries.commissions(self.connection))

    def over_cap(self) -> int:
        """What caps have cut off, in minor units."""
        return int(self._queries.credited_to(self.connection, account=OVER_CAP)[0])

    def last_member(self) -> int:
        return self._last.member

    def last_commission(self) -> int:
        return self._last.commission

    def last_withdrawal(self) -> int:
        return self._last.withdrawal


def event_of(content: str) -> Event:
    """The event that a journal row's content says."""
    return from_json(json.loads(content))


def _commissions(found: Iterable[sqlite3.Row]) -> list[Commission]:
    return [rows.commission_of(row) for row in found]
