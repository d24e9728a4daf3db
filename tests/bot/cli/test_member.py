"""`moaref member`: shown, suspended, reinstated on the shell, told by the running bot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.events.model import Attribute, Join, Order, ProgrammeChanged
from engine.events.model import Line as OrderLine
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.submission import Submission
from engine.verify.ledger import verify_file
from shell import shell

TABLES = {
    "program": {"currency": "IRT"},
    "ranks": [{"id": "base", "commission": "20%"}],
    "plan": {"kind": "unilevel", "levels": ["15%"]},
}
CONFIG = """
[store]
url = "sqlite:///books.db"
[program]
currency = "IRT"
[[ranks]]
id = "base"
commission = "20%"
[plan]
kind = "unilevel"
levels = ["15%"]
"""
MARCH = 1_773_000_000_000


@pytest.fixture
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Karim has joined, and Sara, who came through him, bought for 100,000."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    connection = connect("books.db")
    SqliteStore.prepare(connection)
    connection.execute("BEGIN IMMEDIATE")
    store = SqliteStore(connection)
    bought = Order("o1", "SARA222", (OrderLine("shoes", 100_000),))
    for event in (ProgrammeChanged(TABLES), Join("KARM222"), Attribute("SARA222", "KARM222"), bought):
        assert store.submit(Submission(event), MARCH).refusal is None
    connection.execute("COMMIT")
    connection.close()
    return path


def journal() -> list[tuple[str, str | None, str]]:
    connection = connect("books.db")
    rows = connection.execute(
        "SELECT type, actor, details FROM journal WHERE type IN ('suspend', 'reinstate')"
    ).fetchall()
    connection.close()
    return [tuple(row) for row in rows]


def test_a_member_is_shown_suspended_and_goes_on(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("member", "show", "karm222", "--json", "--config", config) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["code"], shown["suspended"], shown["available"]) == ("KARM222", False, 20_000)
    assert shell("member", "suspend", "KARM222", "two accounts", "--yes", "--config", config) == 0
    told = capsys.readouterr().out
    assert "What their friends buy pays nobody" in told
    assert "20,000 toman available" in told
    assert shell("member", "show", "KARM222", "--config", config) == 0
    assert "suspended" in capsys.readouterr().out
    assert shell("member", "reinstate", "KARM222", "--yes", "--config", config) == 0
    rows = journal()
    assert [row[0] for row in rows] == ["suspend", "reinstate"]
    assert all(str(row[1]).startswith("shell:") for row in rows)
    assert json.loads(rows[0][2]) == {"reason": "two accounts"}
    assert verify_file(Path("books.db")).holds


def test_without_a_yes_nothing_is_changed(
    config: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("typer.confirm", lambda *_, **__: False)
    assert shell("member", "suspend", "KARM222", "two accounts", "--config", config) == 1
    assert "nothing was changed" in capsys.readouterr().err
    assert journal() == []


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("suspend", "NOBODY", "why", "--yes"), "no member matches"),
        (("suspend", "SARA222", "why", "--yes"), "no member matches"),
        (("reinstate", "KARM222", "--yes"), "is not suspended"),
        (("suspend", "KARM222", " ", "--yes"), "the reason"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    config: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], problem: str
) -> None:
    assert shell("member", *arguments, "--config", config) == 1
    assert problem in capsys.readouterr().err
    assert journal() == []


def test_a_store_that_is_not_there_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "config.toml").write_text(CONFIG)
    assert shell("member", "show", "KARM222") == 2
