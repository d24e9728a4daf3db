"""A copy by VACUUM INTO, as the page for operators takes it, is a store that can be proved."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from books import open_engine
from shell import shell
from stores import DIRECT


async def test_a_copy_taken_while_the_store_is_written_can_be_proved_and_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "backup.db"
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        sara, _ = await engine.get_or_create_person("telegram", "1")
        await engine.join(sara, key="join:1")
        with closing(sqlite3.connect(tmp_path / "books.db")) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        hamid, _ = await engine.get_or_create_person("telegram", "2")
        await engine.join(hamid, key="join:2")
    assert shell("verify", "--store", f"sqlite:///{copy}", "--config", tmp_path / "none.toml") == 0
    assert "the books are right: 2 events, 0 transfers, 1 members replayed" in capsys.readouterr().out
    async with open_engine(copy, DIRECT) as engine:
        assert await engine.get_or_create_person("telegram", "1") == (sara, False)
        await engine.join((await engine.get_or_create_person("telegram", "3"))[0], key="join:3")
    assert shell("verify", "--store", f"sqlite:///{copy}", "--config", tmp_path / "none.toml") == 0
