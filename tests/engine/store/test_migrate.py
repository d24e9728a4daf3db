"""Numbered migrations: whole or not at all, each once."""

from __future__ import annotations

import json
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from engine.errors import StoreError
from engine.events.model import Join, Line, Order, ProgrammeChanged, Tick
from engine.programme.model import DAY_MS
from engine.store.connection import connect
from engine.store.migrate import apply
from engine.store.sqlite import MIGRATIONS, SqliteStore
from engine.verify.ledger import verify
from stores import DIRECT, Tables, rows_of, sqlite_store


def folder_of(path: Path, **scripts: str) -> Path:
    path.mkdir(exist_ok=True)
    for name, script in scripts.items():
        (path / f"{name.removeprefix('n')}.sql").write_text(script, encoding="utf-8")
    return path


def test_migrations_are_applied_in_order_and_once(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path / "m",
        n0002_more="INSERT INTO t VALUES (2); -- a comment with a ; in it\nINSERT INTO t VALUES (3);",
        n0001_first="CREATE TABLE t (n INTEGER);\nCREATE TRIGGER g BEFORE DELETE ON t BEGIN SELECT 1; SELECT 2; END;",
    )
    connection = connect(tmp_path / "x.db")
    assert apply(connection, "books", folder) == ["0001_first", "0002_more"]
    assert apply(connection, "books", folder) == []
    assert rows_of(connection, "SELECT n FROM t") == [(2,), (3,)]
    connection.close()


def test_a_migration_that_fails_leaves_nothing_and_may_be_mended(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "m", n0001_first="CREATE TABLE t (n INTEGER);\nINSERT INTO nowhere VALUES (1);")
    connection = connect(tmp_path / "x.db")
    with pytest.raises(sqlite3.OperationalError):
        apply(connection, "books", folder)
    assert rows_of(connection, "SELECT name FROM sqlite_master WHERE name = 't'") == []
    folder_of(tmp_path / "m", n0001_first="CREATE TABLE t (n INTEGER);")
    assert apply(connection, "books", folder) == ["0001_first"]
    connection.close()


def test_two_processes_at_once_migrate_once(tmp_path: Path) -> None:
    scripts = {f"n{number:04}_step": f"CREATE TABLE t{number} (n INTEGER);" for number in range(1, 9)}
    folder = folder_of(tmp_path / "m", **scripts)
    connect(tmp_path / "x.db").close()

    def migrate(_: int) -> list[str]:
        connection = connect(tmp_path / "x.db")
        try:
            return apply(connection, "books", folder)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        applied = [name for names in pool.map(migrate, range(4)) for name in names]
    assert sorted(applied) == [f"{number:04}_step" for number in range(1, 9)]


def test_two_components_count_apart(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    assert apply(connection, "a", folder_of(tmp_path / "a", n0001_one="CREATE TABLE a (n INTEGER);"))
    assert apply(connection, "b", folder_of(tmp_path / "b", n0001_one="CREATE TABLE b (n INTEGER);"))
    connection.close()


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    connection = connect(tmp_path / "x.db")
    folder = folder_of(tmp_path / "m", n0001_one="CREATE TABLE a (n INTEGER);", n0002_two="CREATE TABLE b (n INTEGER);")
    apply(connection, "books", folder)
    (folder / "0002_two.sql").unlink()
    with pytest.raises(StoreError, match="newer"):
        apply(connection, "books", folder)
    connection.close()


@pytest.mark.parametrize("name", ["1_one.sql", "0001-one.sql", "first.sql"])
def test_a_misnamed_migration_is_refused(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / name).write_text("SELECT 1;", encoding="utf-8")
    connection = connect(tmp_path / "x.db")
    with pytest.raises(StoreError, match="named"):
        apply(connection, "books", folder)
    connection.close()


def test_what_members_carried_is_still_there_after_it_has_got_a_table_of_its_own(tmp_path: Path) -> None:
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "0001_books.sql").write_text((MIGRATIONS / "0001_books.sql").read_text(encoding="utf-8"))
    connection = connect(tmp_path / "books.db")
    apply(connection, "engine", folder)
    connection.executemany("INSERT INTO persons (id) VALUES (?)", [("nader",), ("babak",), ("sara",)])
    row = "INSERT INTO members VALUES (?, ?, NULL, NULL, NULL, 'base', 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, ?, ?)"
    connection.executemany(row, [("nader", 1, 5, 0), ("babak", 2, 0, 0), ("sara", 3, 0, -8)])
    SqliteStore.prepare(connection)
    assert rows_of(connection, "SELECT * FROM carried") == [(1, 5, 0), (3, 0, -8)]
    assert [member.available for member in SqliteStore(connection).members()] == [7, 7, 7]
    connection.close()


def paired_by(**pairing: object) -> Tables:
    return {**DIRECT, "plan": {"kind": "binary", "pairing": {"period": "day", **pairing}}}


def test_pairing_commissions_of_before_tell_by_what_they_were_paid(tmp_path: Path) -> None:
    """Each by the programme of its own day, also where that was changed the moment after its period closed."""
    with sqlite_store(tmp_path / "books.db", paired_by(rate="10%")) as store:
        for member, sponsor in (("nader", None), ("babak", "nader"), ("sara", "nader")):
            store.take(Join(member, sponsor), 1)
        for day in range(3):
            for buyer in ("babak", "sara"):
                store.take(Order(f"{buyer}-{day}", buyer, (Line("shoes", 900 + day),)), day * DAY_MS + 1)
            changed = ProgrammeChanged(paired_by(unit=100, bonus=7)) if day == 1 else Tick()
            store.take(changed, (day + 1) * DAY_MS)
        connection = store.connection
        traces = "SELECT trace FROM commissions WHERE kind = 'pairing' ORDER BY number"
        written = [json.loads(trace) for (trace,) in rows_of(connection, traces)]
        assert [each.get("rate", each.get("unit")) for each in written] == ["10%", "10%", 100]
        connection.execute(
            "UPDATE commissions SET trace = json_remove(trace, '$.rate', '$.unit', '$.bonus') WHERE kind = 'pairing'"
        )
        connection.execute("DELETE FROM migrations WHERE component = 'engine' AND number = 3")
        connection.execute("COMMIT")
        SqliteStore.prepare(connection)
        assert [json.loads(trace) for (trace,) in rows_of(connection, traces)] == written
        assert verify(connection).problems == ()
