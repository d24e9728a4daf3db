"""Writes decisions as rows: each table's in one statement, in the order of their references."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from engine.close_result import Close
from engine.events.model import NAMES, Settle, Withdraw
from engine.facts import Decision
from engine.notices import kind_of, values_of
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Withdrawal
from engine.store.driver import Value
from engine.store.rows import JournalRow, commission_row, compact, journal_digest, order_row
from engine.submission import Outcome, Submission

Carried = tuple[int, int, int]
"""A member's number, and the left and right volume carried forward."""

DETAILS = ("destination", "tracking", "reason")
_NEVER_BELOW_ZERO = attrgetter("held", "pending", "reserved", "paid")


class Decided(NamedTuple):
    """Holds the decision about journal row `seq`, in the currency of the programme after it.

    `carried` is what a closed period leaves to the members for whom it differs from before.
    """

    seq: int
    decision: Decision
    currency: str
    carried: Iterable[Carried]


class WriteBuffer:
    """Buffers decisions that are not in the tables yet. Of a record changed twice, the latest counts.

    `write` puts them there; callers must do so before they query the tables. `sql` has the statements of apply.sql.
    """

    def __init__(self, connection: sqlite3.Connection, sql: Mapping[str, str]) -> None:
        self._connection = connection
        self._sql = sql
        self.clear()

    def clear(self) -> None:
        """Discards everything that is buffered."""
        self.taken: dict[str, tuple[Outcome, str]] = {}  # by key, with the content
        self.persons: dict[str, PersonRecord] = {}
        self.members: dict[str, Member] = {}
        self.newcomers: list[str] = []  # of the members
        self.orders: dict[str, OrderRecord] = {}
        self.commissions: dict[int, Commission] = {}
        self.withdrawals: dict[str, Withdrawal] = {}
        self.adjustments: dict[str, Adjustment] = {}
        self.touches_held = False
        self._decided: list[Decided] = []
        self._events: list[tuple[Value, ...]] = []
        self._details: list[tuple[Value, ...]] = []

    def add(
        self,
        seq: int,
        submission: Submission,
        content: str,
        decision: Decision,
        currency: str,
        carried: Iterable[Carried] = (),
    ) -> str:
        """Buffers the event as journal row `seq`, and its effects. Returns the journal row's digest.

        Raises sqlite3.IntegrityError for balances that their table refuses, even if a later event would mend them.
        """
        digest = self._add_event(seq, submission, content, decision)
        self.persons |= decision.persons
        self.members |= decision.members
        self.orders |= decision.orders
        self.commissions |= decision.commissions
        self.withdrawals |= decision.withdrawals
        self.adjustments |= decision.adjustments
        self.touches_held = self.touches_held or _touches_held(decision)
        self._decided.append(Decided(seq, decision, currency, carried))
        self._add_details(submission, decision)
        if any(min(_NEVER_BELOW_ZERO(member)) < 0 for member in decision.members.values()):
            self.write()
        return digest

    @property
    def is_empty(self) -> bool:
        """Returns whether the tables have everything."""
        return not self._events

    def write(self) -> None:
        """Writes everything to the tables."""
        if self.is_empty:
            return
        self._put("put_event", self._events)
        self._put("put_person", (person.as_row() for person in self.persons.values()))
        self._put("put_orders_of_person", ((person.orders, person.id) for person in self.persons.values()))
        for each in self._decided:
            self._put_closes(each)
        self._put("put_member", (member.as_row() for member in self.members.values()))
        self._put("count_newcomer", ((id,) for id in self.newcomers))
        self._put("put_order", map(order_row, self.orders.values()))
        self._put("put_commission", map(commission_row, self.commissions.values()))
        self._put("put_withdrawal", (withdrawal.as_row() for withdrawal in self.withdrawals.values()))
        self._put("put_adjustment", (adjustment.as_row() for adjustment in self.adjustments.values()))
        self._put("put_transfer", chain.from_iterable(map(transfer_rows, self._decided)))
        self._put("put_volume", (volume for each in self._decided for volume in each.decision.volumes))
        self._put("put_notice", chain.from_iterable(map(notice_rows, self._decided)))
        self._put("put_withdrawal_details", self._details)
        self.clear()

    def _put_closes(self, decided: Decided) -> None:
        """Writes what the closed periods brought each member, whatever else the event does to them, and volumes carried
        forward.
        """
        decision = decided.decision
        if not decision.closed:
            return
        self._put("clear_volumes", [()])
        for close in decision.closes:
            self._put("credit_member", credit_rows(close))
        self._put("put_commission", map(commission_row, decision.commissions_of_closes()))
        emptied: list[tuple[int]] = []
        self._put("put_carried", _with_volume(decided.carried, emptied))
        self._put("drop_carried", emptied)

    def _put(self, statement: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Writes the rows; without any, not even the statement is looked up, and most are without."""
        left = iter(rows)
        for first in left:
            self._connection.executemany(self._sql[statement], chain((first,), left))

    def _add_event(self, seq: int, submission: Submission, content: str, decision: Decision) -> str:
        key, at, refusal = submission.key, decision.at, decision.refusal
        code = refusal.code if refusal is not None else None
        kind, details = NAMES[type(submission.event)], compact(submission.details)
        row = JournalRow(seq, at, kind, content, key, submission.actor, code, details)
        digest = journal_digest(row)
        self._events.append((*row, digest))
        if key is not None and refusal is None:
            self.taken[key] = Outcome(seq, at, repeated=True), content
        return digest

    def _add_details(self, submission: Submission, decision: Decision) -> None:
        event = submission.event
        if isinstance(event, Withdraw | Settle) and decision.refusal is None:
            details = [submission.details.get(name) for name in DETAILS]
            self._details.append((event.id, *details))


def _touches_held(decision: Decision) -> bool:
    """Returns whether any member may block other commissions than before."""
    changed = decision.commissions
    return (
        bool(decision.closes)
        or len(changed) > len(decision.credited)
        or any(each.blocker is not None for each in changed.values())
    )


def transfer_rows(decided: Decided) -> Iterator[tuple[Value, ...]]:
    """Yields rows in the order of the table's columns."""
    seq, decision, currency, _ = decided
    at = decision.at
    for transfer in decision.all_transfers():
        leg, member, debit, credit, amount, commission = transfer
        digest = transfer.digest(seq, at, currency)
        yield seq, leg, at, member, debit, credit, amount, currency, commission, digest


def notice_rows(decided: Decided) -> Iterator[tuple[Value, ...]]:
    """Yields rows in the order of the table's columns, the values as JSON."""
    seq, decision, *_ = decided
    for person, notice in decision.all_notices():
        yield seq, decision.at, kind_of(type(notice)), person, compact(values_of(notice))


def credit_rows(close: Close) -> Iterator[tuple[int, int, int, str]]:
    """Yields the increase of each paid member's earnings, pending and available money."""
    pending, available = close.bucket == "pending", close.bucket == "available"
    for _, claimed in close.paid():
        amount = claimed.amount
        yield amount, amount * pending, amount * available, close.ids[claimed.position]


def _with_volume(carried: Iterable[Carried], emptied: list[tuple[int]]) -> Iterator[Carried]:
    """Yields rows with carried volume; the others' numbers are appended to `emptied`."""
    for row in carried:
        if row[1] or row[2]:
            yield row
        else:
            emptied.append(row[:1])
