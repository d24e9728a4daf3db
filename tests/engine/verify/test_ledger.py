"""Whatever is changed behind the engine's back, verify says so."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from engine.events.model import Adjust, Attribute, Event, Join, Line, Order, Refund, Settle, Withdraw
from engine.store.connection import connect
from engine.verify.ledger import verify_file
from engine.verify.schema import _whole_numbers, compare_types
from stores import UNILEVEL, rows_of, sqlite_store

HISTORY: tuple[Event, ...] = (
    Join("nader"),
    Join("babak", "nader"),
    Attribute("karim", "babak"),
    Order("o1", "karim", (Line("phone", 100_000),)),
    Refund("o1", 25_000),
    Withdraw("w1", "babak", 5000),
    Settle("w1", "paid"),
    Adjust("a1", "nader", -300, "bank fee"),
    Refund("o2"),
)

TAMPERINGS = {
    "a balance": "UPDATE members SET available = available + 1 WHERE id = 'nader'",
    "what counts towards a rank": "UPDATE members SET sales = sales + 1 WHERE id = 'babak'",
    "a commission's amount": "UPDATE commissions SET amount = amount + 1 WHERE number = 1",
    "a commission's state": "UPDATE commissions SET state = 'rejected' WHERE number = 1",
    "a commission's reason": "UPDATE commissions SET trace = '{}' WHERE number = 2",
    "a reason that nobody can read": "UPDATE commissions SET trace = trace || '{' WHERE number = 2",
    "an order's lines that nobody can read": "UPDATE orders SET content = '[[]]' WHERE id = 'o1'",
    "a commission that is gone": "DELETE FROM commissions WHERE number = 2",
    "a sponsor": "UPDATE persons SET sponsor = 'nader' WHERE id = 'karim'",
    "when somebody came whom nobody brought": "UPDATE persons SET since = 1 WHERE id = 'nader'",
    "the rate of a link that nobody followed": "UPDATE persons SET commission = '50%' WHERE id = 'sara'",
    "an order's refund": "UPDATE orders SET refunded = 0 WHERE id = 'o1'",
    "a withdrawal's state": "UPDATE withdrawals SET state = 'rejected' WHERE id = 'w1'",
    "where a withdrawal goes": "UPDATE withdrawal_details SET destination = 2 WHERE id = 'w1'",
    "how a withdrawal was paid": "UPDATE withdrawal_details SET tracking = 'TR-2' WHERE id = 'w1'",
    "a withdrawal's details that are gone": "DELETE FROM withdrawal_details WHERE id = 'w1'",
    "an adjustment": "UPDATE adjustments SET amount = -299 WHERE id = 'a1'",
    "a transfer's amount": "UPDATE transfers SET amount = amount + 1 WHERE seq = 5 AND leg = 0",
    "a transfer's digest": "UPDATE transfers SET digest = 'x' WHERE seq = 5 AND leg = 0",
    "a transfer that is gone": "DELETE FROM transfers WHERE seq = 5 AND leg = 1",
    "what an event said": "UPDATE journal SET content = replace(content, '100000', '100001') WHERE seq = 5",
    "what was noted beside an event": "UPDATE journal SET details = '[1' WHERE seq = 7",
    "what a withdrawal said": "UPDATE journal SET content = '{' WHERE seq = 7",
    "when an event was": "UPDATE journal SET at = at - 1 WHERE seq = 4",
    "who did it": "UPDATE journal SET actor = 'ali' WHERE seq = 6",
    "a refusal": "UPDATE journal SET refusal = NULL WHERE seq = 10",
    "an event that is gone": "DELETE FROM journal WHERE seq = 9",
}


def filled(path: Path) -> sqlite3.Connection:
    with sqlite_store(path, UNILEVEL) as store:
        for at, event in enumerate(HISTORY, start=1):
            store.take(event, at * 1000)
        store.connection.execute("INSERT INTO persons (id) VALUES ('sara')")  # whom the bot has met
    return connect(path)


def test_untouched_books_hold(tmp_path: Path) -> None:
    filled(tmp_path / "books.db").close()
    verdict = verify_file(tmp_path / "books.db")
    assert verdict.problems == ()
    assert (verdict.events, verdict.members) == (10, 2)


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_change_behind_the_engines_back_is_found(statement: str, tmp_path: Path) -> None:
    connection = filled(tmp_path / "books.db")
    connection.execute("PRAGMA foreign_keys = OFF")
    triggers = rows_of(connection, "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    for name, _ in triggers:
        connection.execute(f"DROP TRIGGER {name}")
    assert connection.execute(statement).rowcount == 1
    for _, sql in triggers:  # that they were gone for a while does not show
        connection.execute(sql)
    connection.close()
    assert not verify_file(tmp_path / "books.db").holds


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE transfers SET amount = 1",
        "DELETE FROM transfers",
        "UPDATE journal SET at = 0",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO transfers SELECT * FROM transfers LIMIT 1",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal LIMIT 1",
        "UPDATE members SET held = -1",
        "UPDATE members SET reserved = -1",
    ],
)
def test_the_store_itself_refuses(statement: str, tmp_path: Path) -> None:
    connection = filled(tmp_path / "books.db")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert verify_file(tmp_path / "books.db").holds


def test_a_number_that_is_no_whole_one_is_found_in_every_table(tmp_path: Path) -> None:
    """The same number with a fraction of nothing: only the file shows it. SQLite itself would not let us write it."""
    found = _whole_numbers()
    assert found["members"][0] == '"number"'
    assert {"journal", "transfers", "orders", "destinations", "notices", "halts", "baselines"} <= found.keys()
    connection = filled(tmp_path / "books.db")
    loose = "CREATE TABLE adjustments (id TEXT PRIMARY KEY, member TEXT, amount REAL)"
    connection.execute("ALTER TABLE adjustments RENAME TO strict_ones")
    connection.execute(loose)
    connection.execute("INSERT INTO adjustments SELECT * FROM strict_ones")
    assert rows_of(connection, "SELECT amount FROM adjustments") == [(-300.0,)]
    assert list(compare_types(connection)) == ["adjustments: 1 rows with a value that is not an integer"]
    connection.close()
