"""Converts records to rows and rows to records."""

import json
import sqlite3
from hashlib import sha256
from typing import NamedTuple

import msgspec

from engine.events.codec import from_json, lines_from_json, lines_json
from engine.events.model import Event
from engine.records import Adjustment, Commission, Member, OrderRecord, PersonRecord, Withdrawal
from engine.store.driver import Value

_SUSPENDED = Member.__struct_fields__.index("suspended")
_APPROVED = Commission.__struct_fields__.index("approved")


def person_of(row: sqlite3.Row) -> PersonRecord:
    """Builds a person from a row of persons."""
    return PersonRecord(*row)


def member_of(row: sqlite3.Row) -> Member:
    """Builds a member from a row of members."""
    member = Member(*row)
    member.suspended = bool(member.suspended)
    return member


def order_of(row: sqlite3.Row) -> OrderRecord:
    """Builds an order from a row of orders."""
    order = OrderRecord(*row)
    order.lines = lines_from_json(row["content"])
    order.why = json.loads(row["trace"])
    return order


def commission_of(row: sqlite3.Row) -> Commission:
    """Builds a commission from a row of commissions."""
    commission = Commission(*row)
    commission.approved = bool(commission.approved)
    commission.why = json.loads(row["trace"])
    return commission


def withdrawal_of(row: sqlite3.Row) -> Withdrawal:
    """Builds a withdrawal from a row of withdrawals."""
    return Withdrawal(*row)


def adjustment_of(row: sqlite3.Row) -> Adjustment:
    """Builds an adjustment from a row of adjustments."""
    return Adjustment(*row)


def compact(content: object) -> str:
    """Encodes JSON in one form, so that equal content is equal text."""
    return msgspec.json.encode(content, order="sorted").decode()


class JournalRow(NamedTuple):
    """Holds a row of the journal except its digest, in the order of the table's columns."""

    seq: int
    at: int
    type: str
    content: str
    key: str | None
    actor: str | None
    refusal: str | None
    details: str


def journal_digest(row: JournalRow) -> str:
    """Returns the SHA-256 of everything that a journal row says, so that a change is detected."""
    return sha256(msgspec.json.encode(("journal", *row))).hexdigest()


def event_digest(seq: int, at: int, content: str, key: str | None, actor: str | None, refusal: str | None) -> str:
    """Returns the digest of an earlier version's row, up to the journal's baseline: without its details."""
    return sha256("|".join((str(seq), str(at), content, key or "", actor or "", refusal or "")).encode()).hexdigest()


def member_row(member: Member) -> tuple[Value, ...]:
    """Returns the row in the order of the table's columns."""
    row = list(member.as_row())
    row[_SUSPENDED] = int(member.suspended)
    return tuple(row)


def order_row(order: OrderRecord) -> tuple[Value, ...]:
    """Returns the row in the order of the table's columns, lines and trace as JSON."""
    id, buyer, seller, total, at, lines, node, refunded, why = order.as_row()
    return id, buyer, seller, total, at, lines_json(lines), node, refunded, compact(why)


def commission_row(commission: Commission) -> tuple[Value, ...]:
    """Returns the row in the order of the table's columns, the trace as JSON."""
    *row, why = commission.as_row()
    row[_APPROVED] = int(commission.approved)
    return *row, compact(why)


def event_of(content: str) -> Event:
    """Decodes the event in a journal row's content."""
    return from_json(json.loads(content))
