"""Collects what the details of events say of each withdrawal: its destination and the notes beside it."""

from typing import Any

import msgspec

from engine.store.rows import JournalRow
from engine.store.write_buffer import DETAILS
from engine.verify.cached_table import CachedTable
from engine.verify.rows import Row


class UnreadableDetails(ValueError):
    """Raised for a journal row whose details are not those of a withdrawal."""


class WithdrawalNotes:
    """Holds a row for each withdrawal, as its table has them."""

    def __init__(self, table: CachedTable[str, Row]) -> None:
        self.table = table

    def take(self, row: JournalRow) -> None:
        """Notes the details of a journal row; those of a withdrawal's later events are added. Raises
        UnreadableDetails.
        """
        if row.refusal is not None or row.type not in ("withdraw", "settle"):
            return
        try:
            id, (destination, *words) = _said(row)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
            raise UnreadableDetails(f"journal row {row.seq}: its details cannot be read") from None
        _, first, *before = self.table.get(id) or (id, destination, None, None)
        merged = (old if new is None else new for old, new in zip(before, words, strict=True))
        self.table.put({id: (id, first, *merged)})


def _said(row: JournalRow) -> tuple[str, list[Any]]:
    event, details = msgspec.json.decode(row.content), msgspec.json.decode(row.details)
    return event["id"], [details.get(name) for name in DETAILS]
