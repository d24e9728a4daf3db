"""`moaref replay`: the result, what stops it, and that what is stopped leaves nothing behind."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from engine.rates import EXPECTED_PERCENT, EXPECTED_RATE
from engine.verify.ledger import verify_file
from shell import shell

VECTORS = Path(__file__).parents[2] / "vectors"
CASE = VECTORS / "rates-product-category-offer"
PROGRAM = 'currency = "IRT"'
DIRECT = f"""
[telegram]
token = "passed over"
[program]
{PROGRAM}
[[ranks]]
id = "base"
commission = "20%"
"""
AT = "2026-01-01T00:00:00Z"


def event(kind: str, **values: Any) -> str:
    return json.dumps({"at": AT, "type": kind, **values}) + "\n"


SALE = [
    event("join", member="ali"),
    event("attribute", person="sara", referrer="ali"),
    event("order", order="o1", buyer="sara", lines=[{"product": "p", "amount": 1000}]),
]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme file, named from the folder it is in."""
    monkeypatch.chdir(tmp_path)
    Path("PROGRAM.toml").write_text(DIRECT)
    Path("EVENTS.jsonl").write_text("".join(SALE))
    return Path("PROGRAM.toml")


EVENTS = Path("EVENTS.jsonl")


@pytest.mark.parametrize("store", ["memory", "sqlite:///books.db"])
def test_a_worked_case_is_printed_as_one_object_from_each_store(
    store: str, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell("replay", CASE / "program.toml", CASE / "events.jsonl", "--store", store) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == json.loads((CASE / "expected.json").read_text(encoding="utf-8"))
    assert said.err == ""
    assert program.parent.joinpath("books.db").exists() == (store != "memory")


def test_the_file_that_a_replay_makes_holds_books_that_are_right(program: Path) -> None:
    assert shell("replay", program, EVENTS, "--store", "sqlite:///books.db") == 0
    assert verify_file(Path("books.db")).holds
    assert sorted(path.name for path in Path().iterdir()) == ["EVENTS.jsonl", "PROGRAM.toml", "books.db"]


def test_a_file_that_is_there_is_not_touched(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("books.db").write_text("mine")
    assert shell("replay", program, EVENTS, "--store", "sqlite:///books.db") == 2
    assert Path("books.db").read_text() == "mine"
    assert "does not exist yet" in capsys.readouterr().err


STOPPED = {
    "no JSON": ("{\n", "expected one JSON object in UTF-8"),
    "a field too few": (event("join"), "member: expected, but it is not there"),
    "a field too many": (event("tick", x=1), "x: not a field of this event; expected none"),
    "a wrong type": (event("join", member=5), "member: expected a text that is not empty"),
    "no lines": (event("order", order="o", buyer="b", lines=[]), "lines: expected at least one line"),
    "an amount of 0": (
        event("withdraw", id="w", member="ali", amount=0),
        "amount: expected a whole number above 0, at most 1000000000000000",
    ),
    "a time before the line above": (
        event("tick", at="2025-12-31T00:00:00Z"),
        "at: expected a time not before that of the line above",
    ),
    "a programme that is none": (
        event("programme", tables={"program": {"currency": "IRT"}}),
        "tables.ranks: expected a value; it is required",
    ),
}


@pytest.mark.parametrize("store", ["memory", "sqlite:///books.db"])
@pytest.mark.parametrize(("line", "expected"), STOPPED.values(), ids=STOPPED)
def test_a_bad_line_stops_the_run_and_leaves_nothing_behind(
    line: str, expected: str, store: str, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    EVENTS.write_text("".join([*SALE[:2], "\n", line, *SALE[2:]]))
    assert shell("replay", program, EVENTS, "--store", store) == 2
    assert capsys.readouterr() == ("", f"EVENTS.jsonl:4: {expected}\n")
    assert sorted(path.name for path in Path().iterdir()) == ["EVENTS.jsonl", "PROGRAM.toml"]


def test_a_line_in_another_encoding_is_told_by_its_number(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    EVENTS.write_bytes(SALE[0].encode() + '{"type": "سارا"}\n'.encode("cp1256"))
    assert shell("replay", program, EVENTS) == 2
    assert capsys.readouterr().err == "EVENTS.jsonl:2: expected one JSON object in UTF-8\n"


REFUSED = {
    "an unknown key": ("[plan]\nlevel = 5", "plan.level: expected no such key; it is not one that the programme knows"),
    "an unknown table": ("[plans]", "plans: expected no such key; did you mean plan?"),
    "an empty list of ranks": ("", "ranks: expected at least 1"),
    "a percentage over 100": (
        '[[rates]]\nproduct = "a"\ncommission = "101%"',
        f"rates[0].commission: expected {EXPECTED_RATE}",
    ),
    "five decimals": (
        '[plan]\nkind = "unilevel"\nlevels = ["1.00001%"]',
        f"plan.levels[0]: expected {EXPECTED_PERCENT}",
    ),
    "a duplicate id": (
        '[[ranks]]\nid = "base"\ncommission = "1%"\nrequires = { sales = 1 }',
        'ranks[1].id: expected an id of its own; "base" is there twice',
    ),
    "a wrong type": ('[plan]\nchain = "no"', "plan.chain: expected true or false"),
    "a contradiction": (
        '[plan]\nkind = "direct"\nlevels = ["1%"]',
        'plan.levels: expected none with kind = "direct"',
    ),
}


@pytest.mark.parametrize(("more", "problem"), REFUSED.values(), ids=REFUSED)
def test_a_programme_file_that_is_refused_is_status_two_with_its_full_key(
    more: str, problem: str, program: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    program.write_text(f"{DIRECT}{more}\n" if more else f"ranks = []\n[program]\n{PROGRAM}")
    assert shell("replay", program, EVENTS, "--store", "sqlite:///books.db") == 2
    assert capsys.readouterr() == ("", f"PROGRAM.toml: {problem}\n")
    assert not Path("books.db").exists()


def test_files_that_cannot_be_read_are_status_two(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("replay", "none.toml", EVENTS) == 2
    assert shell("replay", program, "none.jsonl") == 2
    assert shell("replay", program, EVENTS, "--store", "sqlite:///no/such/folder/books.db") == 2
    program.write_text("[program")
    assert shell("replay", program, EVENTS) == 2
    first, second, third, fourth = capsys.readouterr().err.splitlines()
    assert first == "none.toml: No such file or directory"
    assert second == "none.jsonl: No such file or directory"
    assert "no/such/folder" in third
    assert fourth.startswith("PROGRAM.toml: ")


@pytest.mark.parametrize("store", ["memory", "sqlite:///books.db"])
def test_a_source_is_explained_from_each_store(store: str, program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("replay", program, EVENTS, "--store", store, "--explain", "order:o1") == 0
    assert capsys.readouterr().out.splitlines() == [
        "order:o1 of 2026-01-01T00:00:00.000Z: bought by sara, total 1000",
        "  credited to ali, of the rank base when it arrived",
        "  line p, 1000: 20% by the seller's rank base = 200",
        "  direct commission before caps: 200",
        "direct to ali: 200, available",
        "  the direct commission of 200",
    ]


def test_a_source_that_is_not_there_is_status_one(program: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("replay", program, EVENTS, "--explain", "order:o2") == 1
    assert capsys.readouterr() == ("", "moaref: order:o2: nothing in this history has this source\n")


def run_with_a_terminal(*arguments: str) -> tuple[bytes, bytes]:
    """Standard output through a pipe, and what a terminal got of standard error."""
    master, slave = pty.openpty()
    command = [sys.executable, "-m", "bot", *arguments]
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[3])}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=slave, env=environment)
    os.close(slave)
    seen = b""
    while True:
        try:
            part = os.read(master, 65_536)
        except OSError:  # the other end is closed
            break
        seen += part
    out, _ = process.communicate(timeout=60)
    os.close(master)
    return out, seen


def test_long_input_shows_how_far_it_is_on_a_terminal_and_nowhere_else(
    program: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert shell("replay", program, EVENTS) == 0
    short = capfd.readouterr().out.encode()
    long = Path("LONG.jsonl")
    long.write_text("".join(SALE) + event("tick") * 3000)

    assert shell("replay", program, long) == 0
    assert capfd.readouterr() == (short.decode(), "")
    out, seen = run_with_a_terminal("replay", str(program), str(long))
    assert out == short
    assert b"replaying" in seen
    assert run_with_a_terminal("replay", str(program), str(EVENTS)) == (short, b"")
