"""A decision as rows: each table's in one statement, in the order in which they refer to each other."""

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any

from engine.closes import Close
from engine.event_json import lines_json
from engine.events import NAMES, Settle, Withdraw
from engine.facts import Decision
from engine.records import Commission, Order
from engine.store.rows import compact, event_digest
from engine.submission import Submission

Carried = tuple[int, int, int]
"""A member's number, and the left and right volume that go on."""

DETAILS = ("destination", "tracking", "reason")


class RowWriter:
    """Writes into a connection's tables; `queries` are those of apply.sql, whose rows are tuples."""

    def __init__(self, connection: sqlite3.Connection, queries: Any) -> None:
        self._connection = connection
        self._queries = queries

    def write(
        self,
        seq: int,
        submission: Submission,
        content: str,
        decision: Decision,
        currency: str,
        carried: Iterable[Carried],
    ) -> str:
        """The event as journal row `seq`, and all that was decided. Returns the journal row's digest.

        `carried` is what a closed period leaves of the members of whom it was something else before.
        """
        digest = self._put_event(seq, submission, content, decision)
        self._put("put_person", [person.as_row() for person in decision.persons.values()])
        self._put_closes(decision, carried)
        self._put("put_member", [member.as_row() for member in decision.members.values()])
        self._put("put_order", map(order_row, decision.orders.values()))
        self._put("put_commission", map(commission_row, decision.commissions.values()))
        self._put("put_withdrawal", [withdrawal.as_row() for withdrawal in decision.withdrawals.values()])
        self._put("put_adjustment", [adjustment.as_row() for adjustment in decision.adjustments.values()])
        self._put_money(seq, decision, currency)
        self._put_details(submission, decision)
        return digest

    def _put(self, query: str, rows: Iterable[tuple[Any, ...]]) -> None:
        self._connection.executemany(getattr(self._queries, query).sql, rows)

    def _put_event(self, seq: int, submission: Submission, content: str, decision: Decision) -> str:
        refusal = decision.refusal.code if decision.refusal is not None else None
        digest = event_digest(seq, decision.at, content, submission.key, submission.actor, refusal)
        kind, details = NAMES[type(submission.event)], compact(submission.details)
        row = (seq, decision.at, kind, content, submission.key, submission.actor, refusal, details, digest)
        self._put("put_event", [row])
        return digest

    def _put_money(self, seq: int, decision: Decision, currency: str) -> None:
        at = decision.at
        self._put(
            "put_transfer",
            (
                (seq, leg, at, member, debit, credit, amount, currency, commission, transfer.digest(seq, at, currency))
                for transfer in decision.all_transfers()
                for leg, member, debit, credit, amount, commission in (transfer,)
            ),
        )
        self._put("put_volume", decision.volumes)
        notices = decision.all_notices()
        self._put("put_notice", ((seq, at, each.kind, each.person, compact(each.values)) for each in notices))

    def _put_closes(self, decision: Decision, carried: Iterable[Carried]) -> None:
        """What the closed periods brought each member, whatever else the event does to them, and what goes on."""
        if not decision.closed:
            return
        self._put("clear_volumes", [()])
        for close in decision.closes:
            self._put("credit_member", credit_rows(close))
        self._put("put_commission", map(commission_row, decision.commissions_of_closes()))
        emptied: list[tuple[int]] = []
        self._put("put_carried", _with_volume(carried, emptied))
        self._put("drop_carried", emptied)

    def _put_details(self, submission: Submission, decision: Decision) -> None:
        event = submission.event
        if isinstance(event, Withdraw | Settle) and decision.refusal is None:
            details = [submission.details.get(name) for name in DETAILS]
            self._put("put_withdrawal_details", [(event.id, *details)])


def order_row(order: Order) -> tuple[Any, ...]:
    """In the order of the table's columns, lines and trace as JSON."""
    id, buyer, seller, total, at, lines, node, refunded, why = order.as_row()
    return id, buyer, seller, total, at, lines_json(lines), node, refunded, compact(why)


def commission_row(commission: Commission) -> tuple[Any, ...]:
    """In the order of the table's columns, the trace as JSON."""
    *row, why = commission.as_row()
    return *row, compact(why)


def credit_rows(close: Close) -> Iterator[tuple[int, int, int, str]]:
    """What each paid member's earnings, pending and available money grow by."""
    pending, available = close.bucket == "pending", close.bucket == "available"
    for _, claimed in close.paid():
        amount = claimed.amount
        yield amount, amount * pending, amount * available, close.ids[claimed.position]


def _with_volume(carried: Iterable[Carried], emptied: list[tuple[int]]) -> Iterator[Carried]:
    """Those who carry something on; the others' numbers are put aside."""
    for row in carried:
        if row[1] or row[2]:
            yield row
        else:
            emptied.append(row[:1])
