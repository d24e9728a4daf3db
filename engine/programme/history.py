"""The programmes that the journal holds: the one in force, and every change that was asked for (section 10)."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.programme.diff import Change, changes
from engine.programme.model import Programme


@dataclass(frozen=True, slots=True)
class Edition:
    """One journal row with a programme; `at` in milliseconds UTC. `refusal` is the code where it was not taken.

    `changes` is what it changes, or would have changed, of the programme that was in force; none for the first.
    """

    seq: int
    at: int
    refusal: str | None
    tables: dict[str, Any]
    changes: tuple[Change, ...]


def editions(connection: sqlite3.Connection) -> Iterator[Edition]:
    """Every programme of the journal, in its order, refused ones too."""
    in_force: Programme | None = None
    rows = connection.execute("SELECT seq, at, refusal, content FROM journal WHERE type = 'programme' ORDER BY seq")
    for row in rows:
        tables = json.loads(row["content"])["tables"]
        asked = Programme.from_tables(tables)
        changed = tuple(changes(in_force, asked)) if in_force is not None else ()
        yield Edition(row["seq"], row["at"], row["refusal"], tables, changed)
        if row["refusal"] is None:
            in_force = asked


def edition_in_force(connection: sqlite3.Connection) -> Edition | None:
    """The journal's last one that was taken; None before the first."""
    taken = [edition for edition in editions(connection) if edition.refusal is None]
    return taken[-1] if taken else None
