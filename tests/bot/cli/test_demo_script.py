"""`moaref demo --script`: the whole story from the shell, what it says of a mistake, and what it leaves behind."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import aiohttp
import pytest

from bot.cli import main
from bot.playground import story
from bot.playground.story import Stage
from engine.verify.ledger import verify_file

PROMISED_SECONDS = 20
COMMAND = (sys.executable, "-m", "bot", "demo", "--script")
Step = Callable[[Stage], Awaitable[None]]


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the command's temporary files go, in this process and in others."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


def seconds_of_ended_processes() -> float:
    """How long they have worked: what they waited for others on a busy machine is not their fault."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def shell(*arguments: str) -> int:
    """The exit status of a command line."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.mark.parametrize(
    ("language", "first", "last"),
    [("en", "1. Nader asks for his link", "moaref init writes"), ("fa", "۱. نادر لینک دعوت می‌خواهد", "نوبت شماست")],
)
def test_the_story_comes_right_and_leaves_nothing_behind(temporary: Path, language: str, first: str, last: str) -> None:
    before = seconds_of_ended_processes()
    ended = subprocess.run([*COMMAND, "--lang", language], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert seconds_of_ended_processes() - before < PROMISED_SECONDS
    assert first in ended.stdout
    assert last in ended.stdout.splitlines()[-1]
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("temporary")
def test_no_invisible_mark_of_direction_reaches_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("demo", "--script", "--lang", "fa") == 0
    assert not set("\u2066\u2067\u2068\u2069\u200e\u200f") & set(capsys.readouterr().out)


def test_a_store_that_is_kept_holds_proved_books(tmp_path: Path, temporary: Path) -> None:
    kept = tmp_path / "kept.db"
    assert shell("demo", "--script", "--keep", str(kept)) == 0
    assert verify_file(kept).problems == ()
    beside = {path.name for path in tmp_path.iterdir() if path != temporary}
    assert beside - {"kept.db.proven"} == {"kept.db"}  # the proof's state, if one was made
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT COUNT(*) FROM orders").fetchone() == (1,)


def test_a_store_is_never_played_over(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "kept.db"
    kept.write_bytes(b"precious")
    assert shell("demo", "--script", "--keep", str(kept)) == 1
    assert "exists already" in capsys.readouterr().err
    assert kept.read_bytes() == b"precious"


def test_a_store_that_cannot_be_made_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("demo", "--script", "--keep", str(tmp_path / "no such folder" / "kept.db")) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def plays(monkeypatch: pytest.MonkeyPatch, steps: Mapping[str, Step]) -> None:
    """The demo plays these steps in place of the story's."""
    whole = story.play

    async def play(stage: Stage, narrator: story.Narrator) -> None:
        await whole(stage, narrator, steps)

    monkeypatch.setattr(story, "play", play)


def test_a_step_that_goes_wrong_is_named_and_the_conversation_shown(
    temporary: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def the_platform_fails(stage: Stage) -> None:
        await stage.playground.fault("500", "sendMessage", count=1000)
        nader = await stage.enter("nader")
        await nader.writes("/start")
        await nader.phone.receives("Nader's Shoes", timeout=0.5)

    plays(monkeypatch, {"step-first-link": the_platform_fails})
    assert shell("demo", "--script") == 1
    said = capsys.readouterr().err
    assert "this step went wrong: Nader asks for his link" in said
    assert "nader> /start" in said
    assert list(temporary.iterdir()) == []


@pytest.mark.usefixtures("temporary")
def test_a_call_that_breaks_the_contract_is_a_failure(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def somebody_calls_wrongly(stage: Stage) -> None:
        address = f"{stage.playground.base_url}{stage.playground.token}/sendMessage"
        async with aiohttp.ClientSession() as session, session.post(address, json={"chat_id": 101}):
            pass

    plays(monkeypatch, {"step-first-link": somebody_calls_wrongly})
    assert shell("demo", "--script") == 1
    assert "sendMessage" in capsys.readouterr().err


ENDLESS = """
import asyncio, signal, sys
from bot.cli import main
from bot.playground import story

async def play(stage, narrator):
    print("1.", flush=True)
    await asyncio.Event().wait()

signal.signal(signal.SIGINT, signal.default_int_handler)  # who runs us behind their back may have had it ignored
story.play = play
sys.argv = ["moaref", "demo", "--script"]
main()
"""
"""The demo with a story that lasts until it is interrupted, however slow the machine is."""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_demo_that_is_interrupted_leaves_nothing_behind(temporary: Path, number: signal.Signals) -> None:
    command = [sys.executable, "-c", ENDLESS]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    ) as process:
        assert process.stdout is not None
        while "1." not in process.stdout.readline():
            pass
        assert [path.name for path in temporary.iterdir()]
        process.send_signal(number)
        _, said = process.communicate(timeout=90)
    assert (process.returncode, said) == (1, "moaref: stopped\n")
    assert list(temporary.iterdir()) == []
