"""Whatever the programme and its history, books that are proved part by part hold, and to the last row."""

from __future__ import annotations

import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from batches import Case, run_batch
from engine.events.codec import from_json, parse_time
from engine.events.model import Tick
from engine.programme.model import DAY_MS
from engine.store.connection import connect
from engine.timestamps import milliseconds
from engine.verify.ledger import verify_file
from engine.verify.replay_tables import TABLES, VOLUMES
from histories import cases
from proofs import proved, take
from stores import rows_of, sqlite_store

PARTS = 3
EXAMPLES = 12
PAIRED = ("binary",)


def proved_in_parts(case: Case) -> None:
    tables, events = case
    told = [
        (from_json({key: value for key, value in event.items() if key != "at"}), milliseconds(parse_time(event["at"])))
        for event in events
    ]
    told += [(Tick(), at + 40 * DAY_MS) for _, at in told[-1:]]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.db"
        with sqlite_store(path, tables):
            pass
        size = -(-len(told) // PARTS) or 1
        for part, begin in enumerate(range(0, len(told), size)):
            take(path, told[begin : begin + size])
            verdict = proved(path, part)
            assert verdict.problems == ()
            assert verdict.full is (part == 0)
        assert verify_file(path).problems == ()
        assert state_of(path.with_name("books.db.proven")) == state_of(path)


def state_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Returns the rows of every table that is replayed."""
    names = (*(table.name for table in TABLES), *VOLUMES)
    with closing(connect(path)) as connection:
        return {name: sorted(rows_of(connection, f"SELECT * FROM {name}"), key=repr) for name in names}  # noqa: S608


@pytest.mark.parametrize("number", range(2))
def test_a_history_of_any_plan_is_proved_part_by_part(number: int) -> None:
    run_batch(proved_in_parts, cases(), number, EXAMPLES)


def test_a_history_in_which_periods_close_is_proved_part_by_part() -> None:
    run_batch(proved_in_parts, cases(PAIRED), 7, EXAMPLES)
