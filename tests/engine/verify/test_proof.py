"""A proof begins at the last proven seal, costs what is new, and is done in full where that is not enough."""

from __future__ import annotations

import os
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from engine.events.model import Adjust, Attribute, Event, Join, Line, Order, Refund, Settle, Withdraw
from engine.store.connection import connect, connect_derived
from engine.store.rows import JournalRow, journal_digest
from engine.verify import proof, shadow
from engine.verify.ledger import verify_file
from engine.verify.pace import Pace
from proofs import NOON, proved, seals_of, take, tamper
from stores import UNILEVEL, rows_of, sqlite_store

BEFORE: tuple[Event, ...] = (
    Join("nader"),
    Join("babak", "nader"),
    Attribute("karim", "babak"),
    Order("o1", "karim", (Line("phone", 100_000),)),
    Withdraw("w1", "babak", 5000),
)
AFTER: tuple[Event, ...] = (
    Order("o2", "karim", (Line("phone", 70_000),)),
    Refund("o1", 25_000),
    Settle("w1", "paid"),
    Adjust("a1", "nader", -300, "bank fee"),
    Refund("o9"),
)


def proven_file(path: Path) -> Path:
    return path.with_name("books.db.proven")


@pytest.fixture
def books(tmp_path: Path) -> Path:
    """A store with six journal rows, proved and sealed once."""
    path = tmp_path / "books.db"
    with sqlite_store(path, UNILEVEL) as store:
        for at, event in enumerate(BEFORE, start=1):
            store.take(event, at * 1000)
    assert proved(path).holds
    return path


def more(path: Path, events: tuple[Event, ...] = AFTER) -> None:
    take(path, ((event, 10_000 + AFTER.index(event)) for event in events))


def test_the_first_proof_is_in_full_seals_the_journal_and_leaves_its_state_to_its_owner(books: Path) -> None:
    assert seals_of(books) == [(1, 6)]
    assert proven_file(books).stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in books.parent.iterdir()) == ["books.db", "books.db.proven"]


def test_the_next_proof_begins_at_the_seal_and_seals_what_is_new(books: Path) -> None:
    more(books)
    verdict = proved(books, 1)
    assert verdict.problems == ()
    assert not verdict.full
    assert (verdict.events, verdict.members) == (11, 2)
    assert seals_of(books) == [(1, 6), (2, 11)]
    assert verify_file(books).problems == ()
    with closing(connect(books)) as connection:
        assert verdict.transfers == rows_of(connection, "SELECT COUNT(*) FROM transfers")[0][0]


def test_a_proof_of_nothing_new_makes_no_seal(books: Path) -> None:
    assert proved(books, 1).holds
    assert seals_of(books) == [(1, 6)]


def test_once_a_day_the_proof_is_in_full_also_where_the_clock_went_back(books: Path) -> None:
    assert [proved(books, hours).full for hours in (1, 23, 24, 25, 47, 48, 20)] == [
        False,
        False,
        True,
        False,
        False,
        True,
        True,
    ]


TOUCHED = {
    "a balance": "UPDATE members SET available = available + 1 WHERE id = 'nader'",
    "a new commission": "UPDATE commissions SET amount = amount + 1 WHERE \"order\" = 'o2' AND level = 1",
    "an old order that was refunded": "UPDATE orders SET refunded = 0 WHERE id = 'o1'",
    "a paid withdrawal": "UPDATE withdrawals SET state = 'rejected' WHERE id = 'w1'",
    "how it was paid": "UPDATE withdrawal_details SET tracking = 'TR-2' WHERE id = 'w1'",
    "an adjustment": "DELETE FROM adjustments WHERE id = 'a1'",
    "a new transfer's amount": "UPDATE transfers SET amount = amount + 1 WHERE seq = 7 AND leg = 0",
    "a new transfer's digest": "UPDATE transfers SET digest = 'x' WHERE seq = 7 AND leg = 0",
    "a new event": "UPDATE journal SET actor = 'ali' WHERE seq = 8",
    "a new digest": "UPDATE journal SET digest = 'x' WHERE seq = 8",
    "a new notice": "DELETE FROM notices WHERE number = (SELECT MAX(number) FROM notices)",
    "a commission that follows from nothing": """INSERT INTO commissions
        SELECT number + 9, source || '!', member, kind, level, amount, state, credited, matures, reversed, approved,
        "order", blocker, trace FROM commissions WHERE number = 1""",
    "a transfer among old ones": """INSERT INTO transfers
        SELECT seq, leg + 9, at, member, debit, credit, amount, currency, commission, digest FROM transfers
        WHERE seq = 5 AND leg = 0""",
}


@pytest.mark.parametrize("statement", TOUCHED.values(), ids=TOUCHED.keys())
def test_a_change_of_what_new_events_touch_is_found_since_the_seal(statement: str, books: Path) -> None:
    more(books)
    tamper(books, statement)
    verdict = proved(books, 1)
    assert not verdict.holds
    assert not verdict.full
    assert seals_of(books) == [(1, 6)]
    again = proved(books, 1)
    assert again.full
    assert not again.holds
    assert not proven_file(books).exists()


UNTOUCHED = {
    "a rank": "UPDATE members SET sales = sales + 1 WHERE id = 'babak'",
    "a sponsor": "UPDATE persons SET sponsor = 'nader' WHERE id = 'karim'",
    "a person that nobody has met": "INSERT INTO persons VALUES ('sara', 'nader', 1, NULL, 0)",
    "an order's lines": "UPDATE orders SET content = '[]' WHERE id = 'o1'",
    "a commission": "DELETE FROM commissions WHERE number = 2",
}


@pytest.mark.parametrize("statement", UNTOUCHED.values(), ids=UNTOUCHED.keys())
def test_a_change_of_an_old_row_is_found_when_its_slice_has_its_turn(statement: str, books: Path) -> None:
    tamper(books, statement)
    assert not proved(books, 1).holds


@pytest.mark.parametrize("rows", [1, 2])
def test_every_row_has_its_turn(rows: int, books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.verify.slices.SLICE_ROWS", rows)
    tamper(
        books, "UPDATE orders SET content = '[]' WHERE id = 'o1'", "UPDATE persons SET orders = 7 WHERE id = 'nader'"
    )
    found = [proved(books, hours) for hours in range(1, 3)]
    assert any("order o1: content" in problem for verdict in found for problem in verdict.problems)


OLD = {
    "what an event said": "UPDATE journal SET content = replace(content, '100000', '100001') WHERE seq = 5",
    "a refusal that was none": "UPDATE journal SET refusal = 'x' WHERE seq = 2",
    "an event that is gone": "DELETE FROM journal WHERE seq = 3",
    "a transfer that is gone": "DELETE FROM transfers WHERE seq = 5 AND leg = 1",
    "an old notice": "UPDATE notices SET content = '{}' WHERE number = 1",
}


@pytest.mark.parametrize("statement", OLD.values(), ids=OLD.keys())
def test_a_change_of_the_journal_before_the_seal_is_found_in_full(statement: str, books: Path) -> None:
    more(books)
    tamper(books, statement)
    assert proved(books, 1).holds  # it looks at what is new
    verdict = proved(books, 24)
    assert verdict.full
    assert not verdict.holds


def test_a_row_forged_with_its_digest_is_found_by_the_seal_alone(books: Path) -> None:
    """Who did it changes nothing that is replayed, and the forged row agrees with itself."""
    more(books)
    assert proved(books, 1).holds
    with closing(connect(books)) as connection:
        (fields,) = rows_of(connection, "SELECT * FROM journal WHERE seq = 8")
    forged = JournalRow(*fields[:-1])._replace(actor="ali")
    tamper(books, f"UPDATE journal SET actor = 'ali', digest = '{journal_digest(forged)}' WHERE seq = 8")  # noqa: S608
    assert verify_file(books).problems == ("seal 2: journal rows 7 to 11 are not as they were sealed",)


SEALS = {
    "its digest": "UPDATE seals SET digest = 'x' WHERE number = 1",
    "what it covers": "UPDATE seals SET journal = 5 WHERE number = 1",
    "how many transfers": "UPDATE seals SET transfers = transfers + 1 WHERE number = 1",
    "when it was made": "UPDATE seals SET made_at = 1 WHERE number = 1",
    "its number": "UPDATE seals SET number = 3 WHERE number = 2",
    "the first one is gone": "DELETE FROM seals WHERE number = 1",
    "one more": "INSERT INTO seals SELECT 3, 99, transfers, made_at, digest FROM seals WHERE number = 2",
}


@pytest.mark.parametrize("statement", SEALS.values(), ids=SEALS.keys())
def test_a_changed_seal_is_found_in_full(statement: str, books: Path) -> None:
    more(books)
    assert proved(books, 1).holds
    tamper(books, statement)
    assert any(problem.startswith("seal ") for problem in verify_file(books).problems)


def test_the_last_seal_changed_makes_the_next_proof_one_in_full(books: Path) -> None:
    tamper(books, "UPDATE seals SET digest = 'x' WHERE number = 1")
    verdict = proved(books, 1)
    assert verdict.full
    assert not verdict.holds


def test_the_store_itself_lets_no_seal_be_changed(books: Path) -> None:
    with closing(connect(books)) as connection:
        for statement in ("UPDATE seals SET made_at = 0", "DELETE FROM seals"):
            with pytest.raises(sqlite3.IntegrityError, match="never changed"):
                connection.execute(statement)


def in_the_state(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(proven_file(path))) as connection, connection:
        assert connection.execute(statement).rowcount == 1


def test_a_changed_state_alarms_only_until_the_proof_in_full_has_looked(books: Path) -> None:
    more(books)
    in_the_state(books, "UPDATE members SET available = available + 1 WHERE id = 'nader'")
    doubted = proved(books, 1)
    assert not doubted.holds
    assert not doubted.full
    sure = proved(books, 1)
    assert sure.holds
    assert sure.full
    assert not proved(books, 2).full


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE state SET content = '{'",
        """UPDATE state SET content = replace(content, '"code":"', '"code":"0')""",
        """UPDATE state SET content = replace(content, '"digest":"', '"digest":"0')""",
        "DELETE FROM state",
    ],
)
def test_a_state_that_is_not_of_this_store_or_code_is_not_used(statement: str, books: Path) -> None:
    in_the_state(books, statement)
    assert proved(books, 1).full
    assert not proved(books, 2).full


@pytest.mark.parametrize("content", [b"", b"no database", b"SQLite format 3\0" + b"\xff" * 4080])
def test_a_file_that_holds_no_state_is_made_anew(content: bytes, books: Path) -> None:
    proven_file(books).write_bytes(content)
    assert proved(books, 1).holds
    assert not proved(books, 2).full


def test_a_torn_page_of_the_state_leads_to_a_proof_in_full(books: Path) -> None:
    with closing(sqlite3.connect(proven_file(books))) as connection:
        (page,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'members'").fetchone()
        (size,) = connection.execute("PRAGMA page_size").fetchone()
    with proven_file(books).open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    more(books)
    assert not proved(books, 1).full
    verdict = proved(books, 1)
    assert verdict.full
    assert verdict.holds


def test_the_state_of_another_store_is_not_used(books: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = tmp_path / "other" / "books.db"
    with sqlite_store(other, UNILEVEL) as store:
        for at, event in enumerate(BEFORE, start=1):
            store.take(event, at * 1001)
    assert proved(other).holds
    shutil.copy(proven_file(books), proven_file(other))
    verdict = proved(other, 1)
    assert verdict.holds
    assert verdict.full


def test_a_store_from_a_backup_is_proved_in_full_and_goes_on_from_there(books: Path) -> None:
    with closing(connect(books)) as connection:
        connection.execute("VACUUM INTO ?", (str(books.with_name("backup.db")),))
    more(books)
    assert proved(books, 1).holds
    for each in books.parent.glob("books.db*"):
        if each != proven_file(books):
            each.unlink()
    books.with_name("backup.db").rename(books)
    verdict = proved(books, 2)
    assert verdict.holds
    assert verdict.full
    more(books, AFTER[:2])
    assert not proved(books, 3).full
    assert seals_of(books) == [(1, 6), (2, 8)]


def test_a_state_older_than_the_last_seal_is_continued_through_it(books: Path) -> None:
    """As after a kill between the seal and the state."""
    shutil.copy(proven_file(books), books.with_name("kept"))
    more(books, AFTER[:2])
    assert proved(books, 1).holds
    more(books, AFTER[2:])
    shutil.copy(books.with_name("kept"), proven_file(books))
    verdict = proved(books, 2)
    assert verdict.holds
    assert not verdict.full
    assert seals_of(books) == [(1, 6), (2, 8), (3, 11)]
    tamper(books, "UPDATE seals SET digest = 'x' WHERE number = 2")
    shutil.copy(books.with_name("kept"), proven_file(books))
    assert not proved(books, 3).holds


def killed(path: Path, hours: int, calls: int) -> None:
    """Proves in a process that dies after some steps, as by a signal: nothing is cleaned up."""
    child = os.fork()
    if not child:
        left = iter(range(calls))
        proof.prove_books(
            path, None, NOON + hours * 3_600_000, lambda: None if next(left, None) is not None else os._exit(9)
        )
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.parametrize("hours", [1, 24], ids=["since the seal", "in full"])
@pytest.mark.parametrize("calls", [1, 3])
def test_a_proof_that_is_killed_half_way_leaves_the_next_one_all_it_needs(hours: int, calls: int, books: Path) -> None:
    more(books)
    killed(books, hours, calls)
    verdict = proved(books, hours)
    assert verdict.problems == ()
    assert verdict.full is (hours == 24)
    assert seals_of(books) == [(1, 6), (2, 11)]
    assert sorted(path.name for path in books.parent.glob("*proven*")) == ["books.db.proven"]


@pytest.mark.parametrize("hours", [1, 24], ids=["since the seal", "in full"])
def test_two_proofs_at_once_wait_for_each_other(hours: int, books: Path) -> None:
    more(books)
    with ThreadPoolExecutor(4) as pool:
        verdicts = list(pool.map(lambda _: proved(books, hours), range(4)))
    assert [verdict.problems for verdict in verdicts] == [()] * 4
    assert sum(verdict.full for verdict in verdicts) == (hours == 24)
    assert seals_of(books) == [(1, 6), (2, 11)]


def test_where_the_disk_is_full_a_proof_in_full_fails_and_the_next_one_holds(
    books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path) -> sqlite3.Connection:
        connection = connect_derived(path)
        connection.execute("PRAGMA max_page_count = 12")
        return connection

    with monkeypatch.context() as patched:
        patched.setattr(shadow, "connect_derived", full)
        verdict = proved(books, 24)
    assert "full" in verdict.problems[0]
    assert sorted(path.name for path in books.parent.iterdir()) == ["books.db", "books.db.proven"]
    assert proved(books, 24).holds


@pytest.mark.parametrize("hours", [1, 24], ids=["since the seal", "in full"])
def test_a_seal_that_cannot_be_written_changes_no_verdict(
    hours: int, books: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> bool:
        raise sqlite3.OperationalError("database is locked")

    more(books)
    with monkeypatch.context() as patched:
        patched.setattr(proof, "put_seal", busy)
        assert proved(books, hours).holds
    assert seals_of(books) == [(1, 6)]
    assert proved(books, hours).holds
    assert seals_of(books) == [(1, 6), (2, 11)]


def test_a_store_that_is_not_there_is_a_verdict(tmp_path: Path) -> None:
    assert "there is no store" in proved(tmp_path / "books.db").problems[0]
    assert not proved(tmp_path / "nowhere" / "books.db").holds


def test_a_proof_that_rests_finds_the_same(books: Path) -> None:
    more(books)
    rests = 0

    def pace() -> None:
        nonlocal rests
        rests += 1
        resting()

    resting = Pace(work_s=0, rest_s=0)
    assert proof.prove_books(books, None, NOON, pace).problems == ()
    assert rests >= len(AFTER)
