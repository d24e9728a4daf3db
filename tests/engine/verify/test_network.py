"""Whatever is changed about places and volumes behind the engine's back, verify says so."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.events.model import Event, Join, Line, Order, Refund, Tick
from engine.network.subtree_sums import PathSums
from engine.programme.model import DAY_MS
from engine.store.connection import connect
from engine.verify.ledger import verify_file
from stores import DIRECT, sqlite_store

TABLES: dict[str, Any] = {
    **DIRECT,
    "plan": {"kind": "binary", "levels": ["5%"], "pairing": {"period": "day", "rate": "10%", "cap": 30}},
}
CAST = ("nader", "babak", "maryam", "karim", "sara", "ali", "hamid")
JOINS = [Join(name, "nader" if name != "nader" else None) for name in CAST]
HISTORY: list[tuple[Event, int]] = [
    *((join, 1) for join in JOINS),
    *((Order(f"of {name}", name, (Line("phone", 1000 + place),)), 2) for place, name in enumerate(CAST)),
    (Tick(), DAY_MS),
    *((Order(f"again {name}", name, (Line("phone", 70 + place),)), DAY_MS + 1) for place, name in enumerate(CAST)),
    (Refund("of sara", 20), DAY_MS + 2),
]

TAMPERINGS = {
    "a place": "UPDATE members SET slot = 1 WHERE id = 'karim'",
    "a parent": "UPDATE members SET parent = 'maryam', slot = 0 WHERE id = 'karim'",
    "a root who stands below": "UPDATE members SET parent = 'babak', slot = 1 WHERE id = 'nader'",
    "somebody who stands below themself": "UPDATE members SET parent = 'nader', slot = 0 WHERE id = 'nader'",
    "a parent whom nobody knows": "UPDATE members SET parent = 'mohammad' WHERE id = 'karim'",
    "who joined first": "UPDATE members SET number = number + 100 WHERE id = 'babak'",
    "what came in": "UPDATE open_volumes SET amount = amount + 1 WHERE node = 'hamid'",
    "what came in at a root": "UPDATE open_volumes SET amount = amount + 1 WHERE node = 'nader'",
    "what came in, forgotten": "DELETE FROM open_volumes WHERE node = 'karim'",
    "what came in at nobody": "INSERT INTO open_volumes VALUES ('mohammad', 5)",
    "what is carried": "UPDATE carried SET left_volume = left_volume - 1 WHERE member = 1",
    "what is carried, forgotten": "DELETE FROM carried WHERE member = 1",
    "what is carried by nobody": "INSERT INTO carried VALUES (70, 1, 0)",
}


@pytest.fixture
def books(tmp_path: Path) -> Path:
    with sqlite_store(tmp_path / "books.db", TABLES) as store:
        for event, at in HISTORY:
            assert store.take(event, at).refusal is None
    return tmp_path / "books.db"


def problems(books: Path) -> tuple[str, ...]:
    return verify_file(books).problems


def tamper(books: Path, statement: str) -> int:
    """How many rows that changed."""
    with closing(connect(books)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        return connection.execute(statement).rowcount


def test_books_in_which_periods_closed_hold(books: Path) -> None:
    with closing(connect(books)) as connection:
        assert connection.execute("SELECT COUNT(*) FROM commissions WHERE kind = 'pairing'").fetchone()[0] > 0
        assert connection.execute("SELECT COUNT(*) FROM carried").fetchone()[0] > 0
        assert connection.execute("SELECT COUNT(*) FROM open_volumes").fetchone()[0] == len(CAST)
    assert problems(books) == ()


@pytest.mark.parametrize("statement", TAMPERINGS.values(), ids=TAMPERINGS.keys())
def test_a_network_that_is_not_the_journals_is_found(statement: str, books: Path) -> None:
    assert tamper(books, statement) == 1
    assert problems(books)


def test_whose_legs_are_wrong_is_said(books: Path) -> None:
    tamper(books, TAMPERINGS["what came in"])
    found = problems(books)
    assert "open volume of hamid: 77 stored, 76 expected" in found
    assert any(each.startswith("member nader: leg volumes") for each in found)


def test_an_index_that_answers_wrongly_is_found(books: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The rows are right; what is made of them is not."""
    count = PathSums.count
    monkeypatch.setattr(PathSums, "count", lambda sums, node: count(sums, node) + 1)
    assert any("members in the legs" in each for each in problems(books))
