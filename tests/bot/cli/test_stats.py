"""`moaref stats`: the same figures as in the chat, for a script."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
import tomlkit

from backroom import ADMINS, open_backroom
from bot.runtime.clock import SystemClock
from chat import UNILEVEL
from shell import shell


@pytest.fixture
def config(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """With a store in which Sara has sold something just now."""

    async def prepare() -> None:
        async with open_backroom(tmp_path) as room:
            room.clock.time = SystemClock().now()
            sara = await room.member(101, "Sara")
            await room.sells(sara, 100_000, "woo:17")

    asyncio.run(prepare())
    file = tmp_path / "config.toml"
    file.write_text(tomlkit.dumps({**UNILEVEL, "telegram": {"admins": list(ADMINS)}}), encoding="utf-8")
    capsys.readouterr()
    return file


def test_the_figures_are_printed_as_json(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("stats", "month", "--json", "--config", config) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["span"], found["orders"], found["sold"], found["credited"]) == ("month", 1, 100_000, 20_000)
    assert (found["currency"], found["cost_percent"]) == ("IRT", "20.0")
    assert [each["earned"] for each in found["top"]] == [20_000]
    assert [(each["shop"], each["sold"]) for each in found["shops"]] == [("", 100_000)]
    assert found["waiting"]["requests"] == 0


def test_without_a_span_it_is_today_in_lines(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("stats", "--config", config) == 0
    lines = capsys.readouterr().out.splitlines()
    assert {"span: today", "orders: 1", "sold: 100000", "came: 1", "joined: 1"} <= set(lines)
    assert lines[-1] == "waiting: requests 0  undecided 0  amount 0  commissions 0"


def test_an_unknown_span_and_a_missing_store_are_told(config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("stats", "year", "--config", config) == 2
    (config.parent / "moaref.db").unlink()
    capsys.readouterr()
    assert shell("stats", "--config", config) == 2
    assert "there is no store yet" in capsys.readouterr().err
