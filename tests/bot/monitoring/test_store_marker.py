"""The note of which store a bot has served, and the stores that must not be served without a word."""

from __future__ import annotations

import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.config import build
from bot.monitoring.store_marker import Served, accept_store, problem_with, read_record, record_of, write_record
from bot.store.database import Database
from stores import UNILEVEL
from ticking import START, StandingClock


@pytest.fixture
async def store(tmp_path: Path) -> Path:
    """With one event and two updates."""
    path = tmp_path / "moaref.db"
    async with Database.with_engine(path, StandingClock(), UNILEVEL):
        pass
    with closing(sqlite3.connect(path)) as connection, connection:
        row = "INSERT INTO inbox (update_id, content, received_at) VALUES (?, '{}', 0)"
        connection.executemany(row, [(7,), (8,)])
        connection.execute("INSERT INTO confirmed_updates VALUES (1, 9, 0)")
    return path


def served(**changed: Any) -> Served:
    return Served(**{"store": "/srv/moaref.db", "journal": 1, "inbox": 2, "at": START, **changed})


def test_a_first_start_knows_of_nothing(tmp_path: Path) -> None:
    assert problem_with(tmp_path / "moaref.db", None) is None


def test_the_store_itself_and_a_newer_one_are_served(store: Path) -> None:
    assert problem_with(store, served()) is None
    assert problem_with(store, served(inbox=1)) is None
    store.rename(store.with_name("moved.db"))
    assert problem_with(store.with_name("moved.db"), served()) is None, "wherever it is"


def test_a_store_that_is_gone_empty_or_without_a_programme_is_not(tmp_path: Path, store: Path) -> None:
    (tmp_path / "empty.db").touch()
    sqlite3.connect(tmp_path / "bare.db").execute("CREATE TABLE other (x)").connection.close()
    for name in ("gone.db", "empty.db", "bare.db", "no folder/gone.db"):
        problem = problem_with(tmp_path / name, served())
        assert problem is not None
        assert "there is no store, but this bot has served /srv/moaref.db with 1 events until 2026-03-21" in problem
        assert "--new-store" in problem
    assert not (tmp_path / "gone.db").exists()
    assert store.exists()


@pytest.mark.parametrize("older", [{"journal": 2}, {"inbox": 3}, {"journal": 900, "inbox": 900}])
def test_an_older_copy_is_not(store: Path, older: dict[str, int]) -> None:
    problem = problem_with(store, served(**older))
    assert problem is not None
    assert "the store is older than what has been served: it has 1 events and update 2" in problem


def test_the_record_is_one_for_each_bot_beside_the_configuration_and_for_its_owner_alone(tmp_path: Path) -> None:
    paths = [
        record_of(build({**UNILEVEL, "telegram": {"token": token}}, {}, tmp_path)) for token in ("17:Secret", "18:B")
    ]
    assert [path.name for path in paths] == [".moaref-17.json", ".moaref-18.json"]
    write_record(paths[0], served())
    write_record(paths[0], served(journal=5))
    assert read_record(paths[0]) == served(journal=5)
    assert read_record(paths[1]) is None
    assert stat.S_IMODE(paths[0].stat().st_mode) == 0o600
    assert "Secret" not in paths[0].read_text()


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"journal": "x"}', json.dumps({"store": 1, "journal": True, "inbox": 0, "at": 0})]
)
def test_a_record_that_cannot_be_read_is_none(tmp_path: Path, content: str) -> None:
    (tmp_path / "record").write_text(content)
    assert read_record(tmp_path / "record") is None
    assert read_record(tmp_path) is None


def test_a_word_forgets_what_was_served_and_confirmed(tmp_path: Path, store: Path) -> None:
    record = tmp_path / ".moaref-17.json"
    write_record(record, served(journal=900))
    accept_store(store, record)
    assert problem_with(store, read_record(record)) is None
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT * FROM confirmed_updates").fetchall() == []
    accept_store(tmp_path / "gone.db", record)
    assert not (tmp_path / "gone.db").exists()
