"""No statement goes through a whole table, or sorts one apart, unless there is a reason why that stays cheap."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest

from allowed_walks import ALLOWED, READS_EVERYTHING
from statements import COMPOSED, empty_store, statements, walks_of

STATEMENTS = list(statements(READS_EVERYTHING))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with empty_store(tmp_path_factory.mktemp("plans") / "moaref.db") as connection:
        yield connection


@pytest.mark.parametrize(("name", "sql"), STATEMENTS, ids=[name for name, _ in STATEMENTS])
def test_a_statement_looks_up_what_it_needs(name: str, sql: str, store: sqlite3.Connection) -> None:
    allowed, _ = ALLOWED.get(name, (frozenset(), ""))
    assert walks_of(store, sql) - allowed == frozenset()


def test_what_is_allowed_and_composed_is_still_there() -> None:
    names = {name for name, _ in STATEMENTS}
    assert [name for name in (*ALLOWED, *COMPOSED) if name not in names] == []


def test_each_reason_is_a_sentence() -> None:
    assert [name for name, (_, reason) in ALLOWED.items() if not reason.endswith(".")] == []


def test_queries_and_modules_are_both_looked_through() -> None:
    owners = {name.partition("/")[0] + ("" if ".py: " in name else " queries") for name, _ in STATEMENTS}
    assert owners == {"bot", "bot queries", "engine", "engine queries"}


@pytest.mark.parametrize(
    ("sql", "walks"),
    [
        ("SELECT name FROM profiles WHERE language = :language", {"profiles"}),
        ("SELECT p.name FROM profiles AS p WHERE p.person = :person", set()),
        ("UPDATE outbox SET tries = 0 WHERE problem = ?", {"outbox"}),
        ("DELETE FROM drafts WHERE person IN (SELECT buyer FROM orders WHERE seller = ?)", {"drafts", "orders"}),
        ("SELECT language, COUNT(*) FROM profiles GROUP BY language", {"profiles", "SORT"}),
        ("SELECT id FROM outbox WHERE state = 'new' ORDER BY priority, id", {"outbox by outbox_new"}),
    ],
)
def test_a_walk_is_seen(sql: str, walks: set[str], store: sqlite3.Connection) -> None:
    assert walks_of(store, sql) == walks
