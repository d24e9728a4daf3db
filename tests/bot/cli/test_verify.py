"""`moaref verify`: with the key of the configuration it finds what the rows alone do not show."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from pathlib import Path

import pytest

from books import open_engine
from engine.store.connection import connect
from engine.vault import new_key
from shell import shell
from stores import DIRECT

KEY = new_key()
CONFIG = f"""
[telegram]
token = "123456789:AAnobodyhaseverseenthistokenbefore00"
admins = [1]
[store]
url = "sqlite:///books.db"
key = "{KEY}"
[program]
currency = "IRT"
[[ranks]]
id = "base"
commission = "20%"
"""
BY_ADDRESS = ("--store", "sqlite:///books.db", "--config", "none.toml")


@pytest.fixture(autouse=True)
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    Path("config.toml").write_text(CONFIG)
    Path("config.toml").chmod(0o600)

    async def fill() -> None:
        async with open_engine(Path("books.db"), DIRECT, key=KEY) as engine:
            for number in (1, 2):
                person, _ = await engine.get_or_create_person("telegram", str(number))
                await engine.join(person, key=f"join:{number}")
                await engine.keep_destination(person, "card", f"603799100000000{number}")

    asyncio.run(fill())
    return tmp_path / "books.db"


def test_books_that_are_right_are_said_to_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("verify") == 0
    assert capsys.readouterr().out == "the books are right: 3 events, 0 transfers, 2 members replayed\n"


def test_at_full_speed_it_says_the_same_and_leaves_nothing_either(
    store: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell("verify", "--fast") == 0
    assert capsys.readouterr().out.startswith("the books are right: 3 events")
    assert shell("verify") == 0
    assert sorted(path.name for path in store.parent.iterdir()) == ["books.db", "config.toml"]


def test_without_the_key_it_says_what_it_has_not_looked_at(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("verify", *BY_ADDRESS) == 0
    said = capsys.readouterr()
    assert said.out.startswith("the books are right")
    assert "signatures were not checked" in said.err


def test_what_was_changed_is_a_line_each_and_status_one(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(connect(store)) as connection:
        connection.execute("UPDATE identities SET person = 'CODE002' WHERE external_id = '1'")
    assert shell("verify", "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["holds"], said["problems"]) == (False, ["identities telegram 1: its seal does not match its content"])
    assert shell("verify", "--seal") == 0  # somebody has looked, and says that it is right
    assert shell("verify") == 0


def test_a_file_that_is_damaged_is_no_traceback(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(connect(store)) as connection:
        connection.execute("UPDATE members SET rank = CAST(x'62ff' AS TEXT) WHERE number = 1")
    assert shell("verify") == 1
    assert "members: verification did not finish: OperationalError" in capsys.readouterr().out
