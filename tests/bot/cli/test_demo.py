"""`moaref demo`: how soon the page is there, who may open it, and what it leaves behind."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot.cli.demo_page import has_display
from engine.verify.ledger import verify_file
from warm import moaref

PROMISED_SECONDS = 5  # and an idle machine needs about one
ANSWER_SECONDS_MAX = 60
"""Bounds a hang; the processor may be shared by many."""

COMMAND = (sys.executable, "-m", "bot", "demo", "--no-browser")


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the command's temporary files go."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


@contextmanager
def demo(temporary: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running demo and the address that it printed."""
    with subprocess.Popen(
        [*COMMAND, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(temporary)},
    ) as process:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        try:
            assert found is not None, process.stderr
            yield process, found[0]
        finally:
            process.kill()


def ended(process: subprocess.Popen[str], number: signal.Signals = signal.SIGINT) -> tuple[int, str]:
    """The exit status and the errors of a demo that is told to stop."""
    process.send_signal(number)
    _, errors = process.communicate(timeout=90)
    return process.returncode, errors


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=ANSWER_SECONDS_MAX) as answer:  # noqa: S310
            return int(answer.status)
    except urllib.error.HTTPError as refusal:
        return refusal.code


def seconds_of(process: subprocess.Popen[str]) -> float:
    """How long it has worked so far: what it waited for others on a busy machine is not its fault."""
    fields = Path(f"/proc/{process.pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def until_it_serves(url: str) -> None:
    while b'"busy":null' not in urllib.request.urlopen(f"{url}demo/state", timeout=ANSWER_SECONDS_MAX).read():  # noqa: S310
        time.sleep(0.05)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_page_is_soon_there_and_nothing_is_left_behind(temporary: Path, number: signal.Signals) -> None:
    with demo(temporary, "--port", "0") as (process, url):
        assert status(url) == 200
        assert seconds_of(process) < PROMISED_SECONDS
        until_it_serves(url)
        assert list(temporary.iterdir())
        assert ended(process, number) == (0, "")
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(("lang", "said"), [("en", "Ctrl-C ends it."), ("fa", "پایان با Ctrl-C.")])
def test_what_is_printed_is_in_its_language(temporary: Path, lang: str, said: str) -> None:
    with demo(temporary, "--port", "0", "--lang", lang) as (process, _):
        assert process.stdout is not None
        assert said in process.stdout.readline()


def test_stopping_at_once_is_as_clean(temporary: Path) -> None:
    with demo(temporary, "--port", "0") as (process, _):
        assert ended(process) == (0, "")
    assert list(temporary.iterdir()) == []


def test_a_store_that_is_kept_holds_proved_books(temporary: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with demo(temporary, "--port", "0", "--keep", str(kept)) as (process, url):
        until_it_serves(url)
        assert ended(process) == (0, "")
    beside = {"moaref-1.db.proven", "moaref-1.db.proven-new"}  # as far as the proof had come
    assert {path.name for path in kept.iterdir()} - beside == {"moaref-1.db"}
    assert verify_file(kept / "moaref-1.db").problems == ()


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "precious").touch()
    refused = moaref("demo", "--no-browser", "--keep", str(tmp_path))
    assert (refused.returncode, len(refused.stderr.splitlines())) == (1, 1)
    assert [path.name for path in tmp_path.iterdir()] == ["precious"]


def test_a_port_that_was_asked_for_and_is_taken_is_one_line() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        refused = moaref("demo", "--no-browser", "--port", port)
    assert refused.returncode == 1
    assert "in use" in refused.stderr
    assert len(refused.stderr.splitlines()) == 1


def test_two_demos_find_a_port_each(temporary: Path) -> None:
    with demo(temporary) as (_, one), demo(temporary) as (_, other):
        assert one != other
        assert (status(f"{one}demo/state"), status(f"{other}demo/state")) == (200, 200)


def test_beyond_the_loopback_the_printed_key_opens_and_nothing_else_does(temporary: Path) -> None:
    with demo(temporary, "--host", "0.0.0.0", "--port", "0") as (process, url):  # noqa: S104
        port, key = re.findall(r":(\d+)/\?key=(\S+)", url)[0]
        own = f"http://127.0.0.1:{port}/demo/state"
        assert (status(own), status(f"{own}?key=wrong"), status(f"{own}?key={key}")) == (403, 403, 200)
        assert ended(process) == (0, "")


@pytest.mark.parametrize(
    ("environ", "platform", "has"),
    [({}, "linux", False), ({"DISPLAY": ":0"}, "linux", True), ({}, "darwin", True), ({"DISPLAY": ""}, "linux", False)],
)
def test_a_browser_is_opened_where_there_is_a_window_for_it(
    environ: dict[str, str], platform: str, *, has: bool
) -> None:
    assert has_display(environ, platform) is has
