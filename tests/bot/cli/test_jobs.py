"""`moaref jobs`: what is listed, and a run by hand beside whatever else works on the store."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import tomlkit

from backroom import ADMINS, open_backroom
from chat import UNILEVEL
from shell import shell
from ticking import START


@pytest.fixture
def config(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """With a store in which Sara has earned something and Nader nothing."""

    async def prepare() -> None:
        async with open_backroom(tmp_path) as room:
            await room.at(START)
            sara = await room.member(101, "Sara")
            await room.member(102, "Nader")
            await room.sells(sara, 100_000, "A17")

    asyncio.run(prepare())
    file = tmp_path / "config.toml"
    own = {"telegram": {"admins": list(ADMINS)}, "notify": {"digest": "daily", "hour": 9}}
    file.write_text(tomlkit.dumps({**UNILEVEL, **own}), encoding="utf-8")
    assert shell("clock", "accept", "--config", file) == 0  # for whoever runs this years after the scene
    capsys.readouterr()
    return file


def written(config: Path) -> list[int]:
    """Whom there are messages for."""

    async def read() -> list[int]:
        async with open_backroom(config.parent) as room:
            return [letter.chat_id for letter in await room.letters()]

    return asyncio.run(read())


def test_the_jobs_are_listed_with_their_last_and_next_slots(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("jobs", "--config", config, "--json") == 0
    listed = {line["job"]: line for line in json.loads(capsys.readouterr().out)}
    english = listed["balance-digest daily 09 Asia/Tehran en"]
    assert (english["last"], english["done"], english["next"]) == ("2026-03-21", None, "2026-03-22")
    assert english["next_at"] == "2026-03-22T05:30:00.000Z"
    assert {"admin-summary", "withdrawal-reminder", "tidying"} <= set(listed)
    assert shell("jobs", "--config", config) == 0
    table = capsys.readouterr().out
    assert "balance-digest daily 09 Asia/Tehran fa" in table
    assert "2026-03-22T05:30:00.000Z" in table


def test_what_has_never_been_looked_at_has_its_next_slot_all_the_same(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(config.parent / "moaref.db")) as store, store:
        store.execute("DELETE FROM runs")
    assert shell("jobs", "--config", config, "--json") == 0
    listed = json.loads(capsys.readouterr().out)
    assert all(line["last"] is None and line["next"] and line["next_at"] for line in listed)


def test_a_digest_by_hand_is_for_whoever_has_news_and_with_force_for_everybody(
    config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell("jobs", "run", "balance-digest", "--config", config) == 0
    assert capsys.readouterr().out == "balance-digest: done, 1 messages for the bot to send\n"
    assert written(config) == [101]
    assert shell("jobs", "run", "balance-digest", "--config", config, "--json") == 0
    assert json.loads(capsys.readouterr().out)["messages"] == 0
    assert shell("jobs", "run", "balance-digest", "--config", config, "--force") == 0
    assert written(config) == [101, 101, 102]
    capsys.readouterr()
    shell("jobs", "--config", config, "--json")
    assert "balance-digest by hand" in capsys.readouterr().out


def test_a_job_that_does_not_exist_and_a_store_that_does_not_are_said_so(
    config: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell("jobs", "run", "balance", "--config", config) == 2
    assert "there is no job balance; there are period-close, balance-digest" in capsys.readouterr().err
    (tmp_path / "moaref.db").unlink()
    assert shell("jobs", "--config", config) == 2
    assert "there is no store yet" in capsys.readouterr().err
