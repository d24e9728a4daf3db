"""Reads the programmes of the journal: the one in force, and every change that was requested (section 10)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from engine.programme.diff import Change, changes
from engine.programme.model import Programme

if TYPE_CHECKING:
    from engine.store.driver import Connection


@dataclass(frozen=True, slots=True)
class Edition:
    """Holds one journal row with a programme; `at` in milliseconds UTC. `refusal` is the code if it was refused.

    `changes` are its differences, real or proposed, from the programme in force before; none for the first.
    """

    seq: int
    at: int
    refusal: str | None
    tables: dict[str, Any]
    changes: tuple[Change, ...]


def editions(connection: "Connection") -> Iterator[Edition]:
    """Yields every programme of the journal, in order, refused ones too."""
    in_force: Programme | None = None
    rows = connection.execute("SELECT seq, at, refusal, content FROM journal WHERE type = 'programme' ORDER BY seq")
    for row in rows:
        tables = json.loads(row["content"])["tables"]
        asked = Programme.from_tables(tables)
        changed = tuple(changes(in_force, asked)) if in_force is not None else ()
        yield Edition(row["seq"], row["at"], row["refusal"], tables, changed)
        if row["refusal"] is None:
            in_force = asked


def edition_in_force(connection: "Connection") -> Edition | None:
    """Returns the journal's last accepted programme; None before the first."""
    taken = [edition for edition in editions(connection) if edition.refusal is None]
    return taken[-1] if taken else None
