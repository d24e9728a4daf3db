"""The SQLite store: what it remembers between events is what the tables say, whoever wrote them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.errors import KeyReused, MoarefError
from engine.events.model import (
    Adjust,
    Approve,
    Attribute,
    Event,
    Join,
    Line,
    Order,
    ProgrammeChanged,
    Refund,
    Reject,
    Tick,
    Withdraw,
)
from engine.records import Member
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.submission import Outcome, Submission
from engine.verify.ledger import verify
from stores import DIRECT, UNILEVEL, Tables

DAY = 86_400_000
NOON = 20_454 * DAY + DAY // 2

BINARY: Tables = {**DIRECT, "plan": {"kind": "binary"}}
MATURING: Tables = {**DIRECT, "program": {"currency": "IRT", "maturity_days": 14}}
MANUAL: Tables = {**DIRECT, "program": {"currency": "IRT", "approval": "manual"}}
HOLDING: Tables = {**UNILEVEL, "plan": {"kind": "unilevel", "levels": ["10%"], "requires": {"recruits": 2}}}


def order(id: str, buyer: str, amount: int = 1_000) -> Order:
    return Order(id, buyer, (Line("shoes", amount),))


def begun(path: Path, tables: Tables) -> None:
    """Nader has joined, Babak through him, and Karim came through Babak."""
    with closing(connect(path)) as connection:
        SqliteStore.prepare(connection)
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            store = SqliteStore(connection)
            for event in (ProgrammeChanged(tables), Join("nader"), Join("babak", "nader"), Attribute("karim", "babak")):
                assert store.take(event, NOON).refusal is None


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "books.db"


class Process:
    """A store on a connection of its own, as each process has one."""

    def __init__(self, path: Path) -> None:
        self.connection = connect(path)
        self.store = SqliteStore(self.connection)

    def take(self, *events: Event, at: int = NOON, keep: bool = True) -> list[Outcome]:
        """The events together, in a transaction that is kept or comes to nothing."""
        self.connection.execute("BEGIN IMMEDIATE")
        outcomes = self.store.submit_all([Submission(event) for event in events], at)
        self.connection.execute("COMMIT" if keep else "ROLLBACK")
        assert all(isinstance(each, Outcome) and each.refusal is None for each in outcomes), outcomes
        return [each for each in outcomes if isinstance(each, Outcome)]

    def balance(self, id: str) -> int:
        return int(self.connection.execute("SELECT available FROM members WHERE id = ?", (id,)).fetchone()[0])

    def states(self) -> list[str]:
        return [row["state"] for row in self.connection.execute("SELECT state FROM commissions ORDER BY number")]


@pytest.fixture
def processes(path: Path) -> Iterator[Any]:
    """Opens processes on the file, and closes them; in the end the books must hold."""
    opened: list[Process] = []

    def open_one(tables: Tables | None = None) -> Process:
        if tables is not None:
            begun(path, tables)
        opened.append(Process(path))
        return opened[-1]

    yield open_one
    for process in opened:
        process.connection.close()
    with closing(connect(path)) as connection:
        assert verify(connection).problems == ()


# Several events together


def test_events_that_are_taken_together_see_one_another(processes: Any) -> None:
    ours = processes(DIRECT)
    ours.take(
        order("o1", "karim"),
        Join("karim"),
        Attribute("sara", "karim"),
        order("o2", "sara"),
        Refund("o1", 500),
        Refund("o1"),
        Adjust("a1", "karim", 50, "by hand"),
        Withdraw("w1", "karim", 30),
        Withdraw("w1", "karim", 30),
    )
    assert (ours.balance("babak"), ours.balance("karim")) == (0, 220)


def test_an_order_that_came_just_before_is_no_second_one(processes: Any) -> None:
    ours = processes(DIRECT)
    ours.take(order("o1", "karim"), order("o1", "karim"), Adjust("a1", "nader", 5, "x"), Adjust("a1", "nader", 5, "x"))
    assert ours.balance("babak") == 200
    outcomes = ours.store.submit_all([Submission(order("o1", "karim", 7))], NOON)
    assert [each.refusal.code for each in outcomes] == ["conflict"]


def test_a_key_counts_once_also_among_events_that_are_taken_together(processes: Any) -> None:
    ours = processes(DIRECT)
    first, repeat = Submission(order("o1", "karim"), "key"), Submission(order("o1", "karim"), "key")
    other = Submission(order("o2", "karim"), "key")
    taken, repeated, reused = ours.store.submit_all([first, repeat, other], NOON)
    assert (repeated.seq, repeated.repeated) == (taken.seq, True)
    assert isinstance(reused, KeyReused)
    assert ours.balance("babak") == 200


def test_what_matures_was_credited_just_before(processes: Any) -> None:
    ours = processes(MATURING)
    ours.take(order("o1", "karim"))
    ours.take(Tick(), at=NOON + 13 * DAY)
    assert ours.states() == ["pending"]
    ours.take(order("o2", "karim"), at=NOON + 14 * DAY)
    assert ours.states() == ["available", "pending"]
    ours.take(Tick(), at=NOON + 28 * DAY)
    assert ours.states() == ["available", "available"]


def test_an_event_makes_available_what_the_one_before_it_credited(processes: Any) -> None:
    ours = processes(MATURING)
    ours.take(Tick())
    soon = Order("o1", "karim", (Line("shoes", 1_000),), maturity_days=15)
    ours.take(soon, order("o2", "karim"))
    ours.take(Tick(), at=NOON + 14 * DAY)
    assert ours.states() == ["pending", "available"]
    ours.take(Tick(), at=NOON + 15 * DAY)
    assert ours.states() == ["available", "available"]


def test_what_was_credited_while_other_things_ripened_ripens_in_its_turn(processes: Any) -> None:
    ours = processes(MATURING)
    ours.take(order("o1", "karim"))
    ours.take(order("o2", "karim"), Adjust("a1", "nader", 5, "x"), at=NOON + 14 * DAY)
    ours.take(Tick(), at=NOON + 28 * DAY)
    assert ours.states() == ["available", "available"]


def test_a_programme_that_asks_for_no_approval_frees_what_waited_for_it(processes: Any) -> None:
    ours = processes(MANUAL)
    ours.take(order("o1", "karim"), ProgrammeChanged(DIRECT), order("o2", "karim"))
    assert ours.states() == ["available", "available"]


def test_what_was_approved_early_is_available_when_it_is_ripe(processes: Any) -> None:
    ours = processes({**DIRECT, "program": {**MANUAL["program"], "maturity_days": 14}})
    ours.take(order("o1", "karim"), order("o2", "karim"))
    ours.take(Approve("order:o1", "babak"))
    ours.take(Tick(), at=NOON + 14 * DAY)
    assert ours.states() == ["available", "pending"]


def test_an_event_sees_what_the_close_just_before_it_has_left(processes: Any) -> None:
    ours = processes({**BINARY, "plan": {"kind": "binary", "pairing": {"period": "day", "rate": "10%"}}})
    ours.take(Join("sara", "nader"), order("o1", "babak"), order("o2", "sara"), order("o3", "karim"))
    ours.take(order("o4", "sara"), order("o5", "karim"), Adjust("a1", "nader", 5, "x"), at=NOON + DAY)
    assert ours.balance("nader") == 3 * 200 + 100 + 5
    ours.take(Tick(), at=NOON + 2 * DAY)
    assert ours.balance("nader") == 3 * 200 + 100 + 5 + 100


def test_an_approval_is_for_what_came_just_before(processes: Any) -> None:
    ours = processes(MANUAL)
    ours.take(order("o1", "karim"), Approve("order:o1", "babak"), order("o2", "karim"), Reject("order:o2", "babak"))
    assert ours.states() == ["available", "rejected"]


def test_who_becomes_qualified_releases_what_was_held_just_before(processes: Any) -> None:
    ours = processes(HOLDING)
    ours.take(order("o1", "karim"), Join("sara", "nader"), Join("ali", "nader"))
    assert ours.states() == ["available", "available"]
    ours.take(Join("mohammad", "sara"), Attribute("hamid", "mohammad"), order("o2", "hamid"))
    ours.take(Join("maryam", "sara"))
    assert ours.states() == ["available"] * 4


def test_what_one_event_may_not_do_is_told_it_alone(processes: Any) -> None:
    ours = processes(DIRECT)
    own = Submission(Adjust("a1", "babak", 50, "mine"), actor="babak")
    good, refused = Submission(order("o1", "karim")), Submission(Join("babak"))
    outcomes = ours.store.submit_all([good, own, refused, Submission(order("o2", "karim"))], NOON)
    assert [type(each).__name__ for each in outcomes] == ["Outcome", "OwnAccount", "Outcome", "Outcome"]
    assert isinstance(outcomes[1], MoarefError)
    assert outcomes[2].refusal.code == "already_member"
    assert ours.balance("babak") == 400


def test_a_balance_that_its_table_refuses_is_refused_even_if_a_later_event_mends_it(path: Path) -> None:
    begun(path, MANUAL)
    ours = Process(path)
    ours.take(order("o1", "karim"))
    ours.connection.execute("UPDATE members SET pending = 0")  # by somebody who knows better
    bad, mend = Submission(Reject("order:o1", "babak")), Submission(order("o2", "karim", 5_000))
    ours.store = SqliteStore(ours.connection)
    ours.connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(sqlite3.IntegrityError):
        ours.store.submit_all([bad, mend], NOON)
    ours.connection.execute("ROLLBACK")
    ours.take(order("o3", "karim"))
    assert ours.states() == ["pending", "pending"]
    ours.connection.close()


# Another process


def test_what_another_process_has_written_is_known_to_the_next_event(processes: Any) -> None:
    ours = processes(DIRECT)
    other = processes()
    ours.take(order("o1", "karim"))
    other.take(order("o2", "karim"), Join("karim"), Attribute("sara", "karim"))
    ours.take(order("o3", "karim"), order("o4", "sara"))
    other.take(Refund("o4"), order("o5", "karim"))
    ours.take(order("o6", "karim"))
    assert (ours.balance("karim"), ours.balance("babak")) == (0, 1_000)


def test_what_another_process_lets_ripen_ripens_for_us(processes: Any) -> None:
    ours = processes(MATURING)
    other = processes()
    ours.take(Tick())
    other.take(order("o1", "karim"))
    ours.take(Tick(), at=NOON + 14 * DAY)
    assert ours.states() == ["available"]


def test_a_programme_of_another_process_is_in_force_for_us(processes: Any) -> None:
    ours = processes(DIRECT)
    other = processes()
    ours.take(order("o1", "karim"))
    other.take(ProgrammeChanged({**DIRECT, "ranks": [{"id": "base", "commission": "50%"}]}))
    ours.take(order("o2", "karim"))
    assert ours.balance("babak") == 200 + 500


def test_somebody_whom_the_bot_met_after_we_asked_for_them_is_there(processes: Any) -> None:
    ours = processes(DIRECT)
    assert ours.store.person("sara") is None
    ours.connection.execute("INSERT INTO persons (id) VALUES ('sara')")
    assert ours.store.person("sara") is not None


# What came to nothing


@pytest.mark.parametrize("tables", [UNILEVEL, MATURING, MANUAL, HOLDING, BINARY], ids=str)
def test_what_came_to_nothing_is_not_remembered(processes: Any, tables: Tables) -> None:
    ours = processes(tables)
    ours.take(order("o0", "karim"))
    ours.take(order("o1", "karim"), Join("sara", "babak"), order("o2", "sara"), keep=False)
    ours.take(order("o1", "karim"), Join("sara", "nader"), Join("ali", "nader"))
    ours.take(Tick(), at=NOON + 14 * DAY)
    assert ours.store.member("sara").number == 3


def test_a_savepoint_that_was_undone_is_not_remembered(processes: Any) -> None:
    ours = processes(DIRECT)
    ours.take(order("o0", "karim"))
    ours.connection.execute("BEGIN IMMEDIATE")
    ours.connection.execute("SAVEPOINT job")
    ours.store.submit_all([Submission(order("o1", "karim"))], NOON)
    ours.connection.execute("ROLLBACK TO job")
    ours.store.submit_all([Submission(order("o2", "karim"))], NOON)
    ours.connection.execute("COMMIT")
    assert ours.balance("babak") == 400


# How much is remembered


def test_rows_are_read_once(processes: Any) -> None:
    ours = processes(MATURING)
    ours.take(order("o1", "karim"))
    ours.take(order("o2", "karim"), at=NOON + 14 * DAY)
    ours.take(order("o3", "karim"), at=NOON + 14 * DAY)
    said: list[str] = []
    ours.connection.set_trace_callback(said.append)
    ours.take(order("o4", "karim"), order("o5", "karim"), at=NOON + 15 * DAY)
    assert not [sql for sql in said if any(f"FROM {name}" in sql for name in ("members", "persons", "commissions"))]
    assert sum("ORDER BY seq DESC LIMIT 1" in sql for sql in said) == 1
    assert isinstance(ours.store.member("babak"), Member)
