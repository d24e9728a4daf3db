"""`moaref programme`: what is in force, what it was, and a change that is shown, asked for and taken."""

from __future__ import annotations

import io
import json
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.events.model import Attribute, Join, ProgrammeChanged
from engine.programme.model import Programme
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.submission import Submission
from engine.verify.ledger import verify_file
from shell import shell

PROGRAMME = """
[store]
url = "sqlite:///books.db"
[program]
currency = "IRT"
maturity_days = 3
[[ranks]]
id = "base"
commission = "20%"
[plan]
kind = "binary"
levels = ["15%"]
"""

MARCH = 1_773_000_000_000
HISTORY: list[Join | Attribute] = [Join("ali"), Attribute("sara", "ali"), Join("sara")]


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A configuration, and a store in which its programme runs and somebody is placed."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(PROGRAMME)
    tables = tomllib.loads(PROGRAMME)
    del tables["store"]
    written(ProgrammeChanged(tables), *HISTORY)
    return path


def written(*events: ProgrammeChanged | Join | Attribute) -> None:
    connection = connect("books.db")
    SqliteStore.prepare(connection)
    connection.execute("BEGIN IMMEDIATE")
    store = SqliteStore(connection)
    for event in events:
        assert store.submit(Submission(event), MARCH).refusal is None
    connection.execute("COMMIT")
    connection.close()


def in_force() -> Programme:
    connection = connect("books.db")
    programme = SqliteStore(connection).programme
    connection.close()
    assert programme is not None
    return programme


def journal_rows() -> int:
    connection = connect("books.db")
    (rows,) = connection.execute("SELECT COUNT(*) FROM journal").fetchone()
    connection.close()
    return int(rows)


def change(path: Path, old: str, new: str) -> None:
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


Captured = pytest.CaptureFixture[str]


def test_the_programme_in_force_is_shown_as_toml_and_as_json(config: Path, capsys: Captured) -> None:
    assert shell("programme", "show") == 0
    shown = capsys.readouterr().out
    assert shown.startswith("# In force since 2026-03-08T20:00:00.000Z (row 1 of the journal).\n")
    tables = tomllib.loads(PROGRAMME)
    del tables["store"]
    assert tomllib.loads(shown) == tables
    change(config, "15%", "10%")
    assert shell("programme", "show", "--config", config, "--json") == 0
    assert json.loads(capsys.readouterr().out) == tables


def test_a_change_is_shown_key_by_key_and_taken(config: Path, capsys: Captured) -> None:
    change(config, "15%", "10%")
    change(config, "maturity_days = 3", 'timezone = "Asia/Tehran"')
    assert shell("programme", "apply", "--yes") == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        '  program.timezone: "UTC" -> "Asia/Tehran"',
        "  program.maturity_days: 3 -> 0",
        '  plan.levels: ["15%"] -> ["10%"]',
        "it is in force from now on",
    ]
    assert said.err == ""
    assert in_force().plan.levels[0].text == "10%"
    assert verify_file(Path("books.db")).holds


@pytest.mark.parametrize(("answer", "status", "levels"), [("y\n", 0, "10%"), ("n\n", 1, "15%"), ("", 1, "15%")])
def test_it_asks_before_it_changes_anything(
    answer: str, status: int, levels: str, config: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    change(config, "15%", "10%")
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    assert shell("programme", "apply") == status
    assert "Put this in force now? [y/N]" in capsys.readouterr().err
    assert in_force().plan.levels[0].text == levels


def test_a_dry_run_says_what_would_come_of_it_and_changes_nothing(config: Path, capsys: Captured) -> None:
    change(config, "15%", "10%")
    before = journal_rows()
    assert shell("programme", "apply", "--dry-run") == 0
    assert "it could be put in force; nothing was changed" in capsys.readouterr().out
    change(config, '"binary"', '"unilevel"')
    assert shell("programme", "apply", "--dry-run") == 1
    assert capsys.readouterr().err.startswith("moaref: plan.kind: ")
    assert journal_rows() == before


def test_the_same_programme_is_nothing_to_change(config: Path, capsys: Captured) -> None:
    change(config, "[plan]", "[plan]\nspill = 'left'\npairs = 1")
    before = journal_rows()
    assert shell("programme", "apply") == 0
    assert capsys.readouterr().out == "this programme is in force already; there is nothing to change\n"
    assert journal_rows() == before


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('"IRT"', '"USD"', "program.currency: the currency cannot change, as every balance is kept in it"),
        (
            '"binary"',
            '"unilevel"',
            "plan.kind: another kind of plan needs another network than the existing one",
        ),
        (
            '"binary"',
            '"binary"\npairs = 2',
            "plan.pairs: members are placed already, so the number of places under a member cannot change",
        ),
        ('id = "base"', 'id = "first"', "ranks: a removed rank is still held by a member"),
    ],
)
def test_what_the_standing_network_does_not_allow_is_refused_with_the_reason(
    old: str, new: str, reason: str, config: Path, capsys: Captured
) -> None:
    before = in_force()
    change(config, old, new)
    assert shell("programme", "apply", "--yes") == 1
    assert capsys.readouterr().err == f"moaref: {reason}\n"
    assert in_force() == before
    assert verify_file(Path("books.db")).holds


def test_a_title_is_nothing_to_apply(config: Path, capsys: Captured) -> None:
    change(config, 'commission = "20%"', 'commission = "20%"\ntitle = { en = "Gold", fa = "طلایی" }')
    rows = journal_rows()
    assert shell("programme", "apply", "--yes") == 0
    assert "this programme is in force already" in capsys.readouterr().out
    assert journal_rows() == rows


def test_the_history_tells_every_change_refused_ones_too(config: Path, capsys: Captured) -> None:
    change(config, "15%", "10%")
    assert shell("programme", "apply", "--yes") == 0
    change(config, '"IRT"', '"USD"')
    assert shell("programme", "apply", "--yes") == 1
    capsys.readouterr()
    assert shell("programme", "history") == 0
    first, second, levels, third, currency = capsys.readouterr().out.splitlines()
    assert first == "2026-03-08T20:00:00.000Z  the first programme"
    assert second.endswith("  applied")
    assert levels == '  plan.levels: ["15%"] -> ["10%"]'
    assert third.endswith("  refused (programme_change)")
    assert currency == '  program.currency: "IRT" -> "USD"'
    assert shell("programme", "history", "--store", "sqlite:///books.db", "--json") == 0
    told = json.loads(capsys.readouterr().out)
    assert [row["refused"] for row in told] == [None, None, "programme_change"]
    assert told[1]["changes"] == [{"key": "plan.levels", "before": ["15%"], "after": ["10%"]}]


@pytest.mark.parametrize(
    ("change_of_the_file", "problem"),
    [
        (lambda text: text.replace("15%", "101%"), "plan.levels[0]: expected a percentage"),
        (lambda text: text.replace("levels", "level"), "plan.level: expected no such key"),
        (lambda text: text + "[", "config.toml: expected TOML"),
    ],
)
def test_a_file_that_is_no_programme_is_status_two(
    change_of_the_file: Callable[[str], str], problem: str, config: Path, capsys: Captured
) -> None:
    config.write_text(change_of_the_file(PROGRAMME))
    before = journal_rows()
    assert shell("programme", "apply", "--yes") == 2
    assert capsys.readouterr().err.startswith(f"moaref: {problem}")
    assert journal_rows() == before


def test_without_a_store_there_is_nothing_to_show_or_change(config: Path, capsys: Captured) -> None:
    change(config, "books.db", "other.db")
    for command in ("show", "history", "apply"):
        assert shell("programme", command) == 2
        assert "there is no store yet" in capsys.readouterr().err
    assert not Path("other.db").exists()


def test_a_store_without_a_programme_says_so(config: Path, capsys: Captured) -> None:
    connection = connect("other.db")
    SqliteStore.prepare(connection)
    connection.close()
    for command in ("show", "apply"):
        assert shell("programme", command, "--config", config, "--store", "sqlite:///other.db") == 2
        assert "holds no programme yet" in capsys.readouterr().err


def test_a_dear_programme_is_told_of_before_it_is_asked_for(config: Path, capsys: Captured) -> None:
    change(config, "[plan]", '[plan]\nbase = "sale"')
    change(config, "15%", "90%")
    assert shell("programme", "apply", "--dry-run") == 0
    assert "warning: program: one order can pay 110% of its total" in capsys.readouterr().err


def test_a_change_that_was_made_while_somebody_looked_is_not_lost(
    config: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    change(config, "15%", "10%")

    def somebody_else(*_args: object, **_options: object) -> bool:
        tables = tomllib.loads(PROGRAMME.replace("15%", "12%"))
        del tables["store"]
        written(ProgrammeChanged(tables))
        return True

    monkeypatch.setattr("typer.confirm", somebody_else)
    assert shell("programme", "apply") == 1
    assert "the programme was changed meanwhile" in capsys.readouterr().err
    assert in_force().plan.levels[0].text == "12%"
