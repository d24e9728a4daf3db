"""Implements the SQLite store: facts by query, a decision as rows, both inside the caller's transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from engine.authorization import earners, guard, guard_outcome
from engine.close_result import Standings
from engine.decide import decide
from engine.errors import KeyReused, StoreError
from engine.events.codec import canonical, check_event
from engine.events.model import Event, ProgrammeChanged, Tick
from engine.events.model import Order as OrderEvent
from engine.facts import Decision
from engine.ledger import OVER_CAP
from engine.network.int_arrays import Whole
from engine.network.tree import Tree
from engine.programme.model import Programme
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Withdrawal
from engine.store import rows
from engine.store.driver import Value
from engine.store.migrate import apply as migrate
from engine.store.network_cache import apply_to, fits, grown
from engine.store.row_cache import RowCache
from engine.store.sealing import complete_baselines
from engine.store.statements import load_statements
from engine.store.sums import exact, sums_within_the_store
from engine.store.write_buffer import WriteBuffer
from engine.submission import Outcome, Submission

FOLDER = Path(__file__).parent
MIGRATIONS = FOLDER / "migrations" / "sqlite"


class Last(NamedTuple):
    """Holds the journal's last known row, and the last numbers that were given."""

    seq: int
    at: int
    digest: str
    member: int = 0
    commission: int = 0
    withdrawal: int = 0


class SqliteStore:
    """Reads facts from a connection's tables. The caller owns the transaction, and undoes what failed."""

    def __init__(self, connection: sqlite3.Connection, stopped: Callable[[], bool] = lambda: False) -> None:
        """Opens the store; `stopped` tells whether payouts are stopped whatever the table says."""
        self.connection = connection
        self._stopped = stopped
        self._sql = load_statements()
        self._unwritten = WriteBuffer(connection, self._sql)
        self._known = RowCache()
        self._programme: Programme | None = None
        self._tree: Tree | None = None
        self._last = Last(0, 0, "")
        self.forgotten = 0  # how often the cache was cleared

    @staticmethod
    def prepare(connection: sqlite3.Connection) -> None:
        """Migrates the tables to this version."""
        migrate(connection, "engine", MIGRATIONS)
        complete_baselines(connection)

    # Taking events

    def submit(self, submission: Submission, now: int) -> Outcome:
        """Decides, journals and applies an event, once for each key; `now` in milliseconds UTC.

        Raises Forbidden where a guard applies, also for amounts and sums that cannot be stored, and KeyReused for a key
        with other content; a refusal by the rules is journaled and returned in the outcome.
        """
        (outcome,) = self.submit_all([submission], now)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def submit_all(self, submissions: Sequence[Submission], now: int) -> list[Outcome | Exception]:
        """Takes the events one after the other, and writes their effects together, at the end.

        An error that `submit` would raise about one is returned in its place, and that event has changed nothing. A
        raised error concerns them all: the caller rolls back, and nothing is cached.
        """
        with self._forgetting_what_fails():
            self.catch_up()
            outcomes = [self._submit(submission, now) for submission in submissions]
            self._unwritten.write()
        return outcomes

    def decide_later_written(self, submission: Submission, now: int) -> Outcome:
        """Takes an event as `submit` does, and leaves its effects to `flush`; the caller has called `catch_up`.

        After an error that `submit` would raise about it, it has changed nothing. After any other one the store has
        forgotten all since the last `flush`, which the caller undoes.
        """
        with self._forgetting_what_fails():
            outcome = self._submit(submission, now)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    def flush(self) -> None:
        """Writes the effects that are not in the tables yet. Raises as `decide_later_written` for an error of these."""
        if not self._unwritten.is_empty:
            with self._forgetting_what_fails():
                self._unwritten.write()

    def take(self, event: Event, at: int) -> Decision:
        """Takes one event of a history: no key, no guard. Raises as `check_event`, and SumOutOfRange."""
        check_event(event)
        with self._forgetting_what_fails():
            self.catch_up()
            decision = decide(event, self, at)
            self._keep(Submission(event), canonical(event), decision)
            self._unwritten.write()
        return decision

    def earners(self, order: OrderEvent, now: int) -> frozenset[str]:
        """Returns who would be credited if the order came now; nothing is stored."""
        self.catch_up()
        return earners(decide(order, self, max(now, self.last_at())))

    def _submit(self, submission: Submission, now: int) -> Outcome | Exception:
        content = canonical(submission.event)
        try:
            before = self._repeated(submission, content) or self._repeated_as_before(submission, content)
            if before is not None:
                return before
            check_event(submission.event)
            guard(submission.event, submission.actor, self, self.halted)
            with sums_within_the_store():
                decision = decide(submission.event, self, max(now, self.last_at()))
            guard_outcome(submission.event, submission.actor, decision)
        except sqlite3.Error:
            raise
        except Exception as problem:  # noqa: BLE001 - nothing of this event has been stored yet
            return problem
        if isinstance(submission.event, Tick) and not decision.transfers and not decision.closed:
            return Outcome(0, decision.at)  # the passing of time changed nothing
        seq = self._keep(submission, content, decision)
        return Outcome(seq, decision.at, decision.refusal)

    def _repeated(self, submission: Submission, content: str) -> Outcome | None:
        """Returns the outcome of the same submission before. Raises KeyReused."""
        key = submission.key
        if key is None:
            return None
        found = self._unwritten.taken.get(key)
        if found is None:
            row = self._one("taken", key=key)
            if row is None:
                return None
            found = Outcome(row["seq"], row["at"], repeated=True), row["content"]
        outcome, before = found
        if before != content:
            raise KeyReused(key)
        return outcome

    def _repeated_as_before(self, submission: Submission, content: str) -> Outcome | None:
        """Returns the outcome by the key of an earlier version, which another submission may share."""
        row = self._one("taken", key=submission.former_key) if submission.former_key is not None else None
        if row is None or row["content"] != content:
            return None
        return Outcome(row["seq"], row["at"], repeated=True)

    def halted(self) -> bool:
        """Returns whether payouts are stopped because verification failed."""
        return self._stopped() or self._one("halted") is not None

    def _keep(self, submission: Submission, content: str, decision: Decision) -> int:
        """Applies a decision to the cache, as the tables will have it. Returns the journal row's number."""
        programme = decision.programme or self._programme
        currency = programme.program.currency if programme is not None else ""
        last = self._last
        seq = last.seq + 1
        if decision.closed:  # it may change every member, so it is written apart from what came before
            self._unwritten.write()
        carried = (
            self._tree.changes_of(decision.carried) if self._tree is not None and decision.carried is not None else ()
        )
        newcomers = [member.id for member in decision.members.values() if member.number > last.member]
        self._unwritten.newcomers += newcomers
        digest = self._unwritten.add(seq, submission, content, decision, currency, carried)
        self._last = Last(
            seq,
            decision.at,
            digest,
            member=last.member + len(newcomers),
            commission=decision.last_commission(last.commission),
            withdrawal=last.withdrawal + sum(each.number > last.withdrawal for each in decision.withdrawals.values()),
        )
        self._programme = programme
        if decision.closed:
            self._unwritten.write()
            self._known = RowCache()
        else:
            self._known.apply(decision)
        if self._tree is not None:
            apply_to(self._tree, decision)
        return seq

    def catch_up(self) -> None:
        """Reloads the cache if the journal does not end as it did after our last event.

        Another process has written then, or a transaction of ours was undone. Once in a transaction is enough: no other
        process can write while it is open.
        """
        row = self._one("last_event")
        if row is None or (row["seq"], row["digest"]) != (self._last.seq, self._last.digest):
            self._forget()
            self._last = self._read_last(row)
            seq = self._number("programme_seq")
            self._programme = self._programme_of(seq) if seq else None

    @contextmanager
    def _forgetting_what_fails(self) -> Iterator[None]:
        try:
            with sums_within_the_store():
                yield
        except BaseException:
            self._forget()
            raise
        if self._unwritten.is_empty:
            self._known.tidy()

    def _forget(self) -> None:
        """Clears the cache, so that everything is read anew."""
        self.forgotten += 1
        self._unwritten.clear()
        self._known = RowCache()
        self._tree = None
        self._last = Last(0, 0, "")

    def _read_last(self, row: sqlite3.Row | None) -> Last:
        numbers = map(self._number, ("last_member", "last_commission", "last_withdrawal"))
        return Last(*(row if row is not None else (0, 0, "")), *numbers)

    def _programme_of(self, seq: int) -> Programme:
        row = self._one("content_of", seq=seq)
        event = rows.event_of(row["content"]) if row is not None else None
        if not isinstance(event, ProgrammeChanged):
            raise StoreError(f"journal row {seq} holds no programme")
        return Programme.from_tables(event.tables)

    # Queries of the tables

    def _one(self, query: str, **values: Value) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self.connection.execute(self._sql[query], values).fetchone()
        return row

    def _number(self, query: str, **values: Value) -> int:
        """Returns the query's one number, 0 for none."""
        (number,) = self.connection.execute(self._sql[query], values).fetchone()
        return number or 0

    def _rows(self, query: str, **values: Value) -> list[sqlite3.Row]:
        return self.connection.execute(self._sql[query], values).fetchall()

    def _all(self, query: str, **values: Value) -> list[sqlite3.Row]:
        """Returns rows of the tables, after writing what is buffered."""
        self._unwritten.write()
        return self._rows(query, **values)

    # Facts

    @property
    def programme(self) -> Programme | None:
        """Returns the programme in force: the journal's last one that was accepted."""
        if self._programme is None:  # not loaded yet
            self.catch_up()
        return self._programme

    def programme_row(self) -> int:
        """Returns the journal row of the programme in force; 0 before the first."""
        return self._number("programme_seq")

    def outcome_of(self, key: str) -> Outcome | None:
        """Returns the outcome of the accepted event of that key; None where there is none yet."""
        row = self._one("taken", key=key)
        return Outcome(row["seq"], row["at"], repeated=True) if row is not None else None

    def last_seq(self) -> int:
        """Returns the number of the last event, which need not be written yet."""
        return self._last.seq

    def last_at(self) -> int:
        return self._last.at

    def tree(self) -> Tree:
        """Returns the network; kept between events."""
        if self._tree is None or not fits(self._tree, self._programme):
            self._unwritten.write()
            places, volumes, carried = map(self._walk, ("places", "open_volumes", "carried"))
            self._tree = grown(self._programme, places, volumes, carried)
        return self._tree

    def _walk(self, query: str) -> Iterator[tuple[Any, ...]]:
        """Yields the rows of a query one by one, as tuples: there may be millions."""
        cursor = self.connection.cursor()
        cursor.row_factory = None
        return cursor.execute(self._sql[query])

    def person(self, id: str) -> PersonRecord | None:
        known = self._known.persons.get(id)
        if known is None and (row := self._one("person", id=id)) is not None:
            return self._known.meet(rows.person_of(row))
        return known

    def member(self, id: str) -> Member | None:
        known = self._known.members.get(id)
        if known is None and (row := self._one("member", id=id)) is not None:
            known = self._known.meet_member(rows.member_of(row))
        return known

    def order(self, id: str) -> OrderRecord | None:
        known = self._unwritten.orders.get(id)
        if known is None and (row := self._one("order", id=id)) is not None:
            known = rows.order_of(row)
        return known

    def withdrawal(self, id: str) -> Withdrawal | None:
        known = self._unwritten.withdrawals.get(id)
        if known is None and (row := self._one("withdrawal", id=id)) is not None:
            known = rows.withdrawal_of(row)
        return known

    def adjustment(self, id: str) -> Adjustment | None:
        known = self._unwritten.adjustments.get(id)
        if known is None and (row := self._one("adjustment", id=id)) is not None:
            known = rows.adjustment_of(row)
        return known

    def commission(self, source: str, member: str) -> Commission | None:
        found = self._commissions("commission", source=source, member=member)
        return found[0] if found else None

    def commissions_of_order(self, order: str) -> Sequence[Commission]:
        return self._commissions("commissions_of_order", order_id=order)

    def held_by(self, blocker: str) -> Sequence[Commission]:
        if self._unwritten.touches_held:
            self._unwritten.write()
        return [rows.commission_of(row) for row in self._rows("held_by", blocker=blocker)]

    def all_held(self) -> Sequence[Commission]:
        return self._commissions("all_held")

    def maturing(self, at: int, by_itself: bool) -> Sequence[Commission]:
        ripens = self._known.ripens
        if by_itself not in ripens:
            self._unwritten.write()
            ripens[by_itself] = self._number("ripens", by_itself=by_itself)
        if at < ripens[by_itself]:
            return ()
        ripens.clear()
        return self._commissions("maturing", at=at, by_itself=by_itself)

    def members(self) -> Iterable[Member]:
        return [rows.member_of(row) for row in self._all("members")]

    def standings(self, positions: Whole) -> Standings:
        """Returns the standings from one scan of all members, whose rows are not ordered by position."""
        assert self._programme is not None  # one of its periods has ended
        self._unwritten.write()
        ranks = self._programme.rank_order
        rows = ((number, ranks[rank], *rest) for number, rank, *rest in self._walk("standings"))
        table = np.fromiter(rows, np.dtype([("number", np.int64), *((name, np.int64) for name in Standings._fields)]))
        places = np.empty(len(table), np.intp)
        places[table["number"] - 1] = np.arange(len(table))
        wanted = table[places[positions]]
        return Standings(*(wanted[name] for name in Standings._fields))

    def all_commissions(self) -> Iterable[Commission]:
        return self._commissions("commissions")

    def _commissions(self, query: str, **values: Value) -> list[Commission]:
        return [rows.commission_of(row) for row in self._all(query, **values)]

    def over_cap(self) -> int:
        """Returns the sum that caps have cut off, in minor units."""
        self._unwritten.write()
        row = self._one("credited_to", account=OVER_CAP)
        return exact(*row) if row is not None else 0

    def last_member(self) -> int:
        return self._last.member

    def last_commission(self) -> int:
        return self._last.commission

    def last_withdrawal(self) -> int:
        return self._last.withdrawal
