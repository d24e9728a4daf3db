"""Records as rows and rows as records."""

import json
import sqlite3
from hashlib import sha256
from typing import Any

import msgspec

from engine.event_json import lines_from_json
from engine.records import Adjustment, Commission, Member, Order, Person, Withdrawal


def person_of(row: sqlite3.Row) -> Person:
    """A row of persons."""
    return Person(*row)


def member_of(row: sqlite3.Row) -> Member:
    """A row of members."""
    member = Member(*row)
    member.suspended = bool(member.suspended)
    return member


def order_of(row: sqlite3.Row) -> Order:
    """A row of orders."""
    order = Order(*row)
    order.lines = lines_from_json(row["content"])
    order.why = json.loads(row["trace"])
    return order


def commission_of(row: sqlite3.Row) -> Commission:
    """A row of commissions."""
    commission = Commission(*row)
    commission.approved = bool(commission.approved)
    commission.why = json.loads(row["trace"])
    return commission


def withdrawal_of(row: sqlite3.Row) -> Withdrawal:
    """A row of withdrawals."""
    return Withdrawal(*row)


def adjustment_of(row: sqlite3.Row) -> Adjustment:
    """A row of adjustments."""
    return Adjustment(*row)


def compact(content: Any) -> str:
    """JSON in one form, so that equal content is equal text."""
    return msgspec.json.encode(content, order="sorted").decode()


def event_digest(seq: int, at: int, content: str, key: str | None, actor: str | None, refusal: str | None) -> str:
    """SHA-256 of a journal row, so that a changed one shows."""
    return sha256("|".join((str(seq), str(at), content, key or "", actor or "", refusal or "")).encode()).hexdigest()
