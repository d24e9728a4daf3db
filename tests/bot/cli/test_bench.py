"""The shape of what `moaref bench` says; how fast anything is, no test can know."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shell import shell

Bench = Callable[..., str]
SPONSORS = ("all under one", "random sponsors", "chain")


@pytest.fixture
def bench(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Bench:
    """Returns what measures parts on the disk of `tmp_path`, and says what was printed."""

    def measured(*arguments: str) -> str:
        status = shell("bench", "--quick", "--rounds", "1", "--folder", tmp_path, *arguments)
        said = capsys.readouterr()
        assert status == 0, said.err
        return said.out

    return measured


def test_every_figure_is_there_with_its_floor(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("--json"))
    assert said["rounds"] == 1
    assert said["machine"]["cores"] >= 1
    measured = [(each["what"], each["at_once"], each["delay_ms"]) for each in said["figures"]]
    by_chat = [
        (what, at_once, delay_ms)
        for delay_ms in (0, 50)
        for at_once in (1, 16)
        for what in ("/balance answered", "/purchase, everybody told")
    ]
    assert measured == [*by_chat, ("engine.purchase", 1, 0), ("engine.purchase", 16, 0)]
    costs = [(each["what"], each["at_once"]) for each in said["costs"]]
    assert costs == [(what, at_once) for what, at_once, delay_ms in by_chat if delay_ms == 0]
    for each in said["costs"]:
        assert min(each[name] for name in ("cpu_ms", "commits", "statements", "reads", "bytes")) > 0
    for each in said["figures"]:
        assert each["per_second"] > 0
        assert each["slowest"] <= each["per_second"] <= each["fastest"]
        assert abs(each["ratio"] - each["per_second"] / each["floor_per_second"]) < 0.01
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_the_shop_is_there_with_its_floor(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("shop", "--json"))
    measured = [(each["what"], each["at_once"]) for each in said["figures"]]
    assert measured == [("shop order recorded", 1), ("shop order recorded", 32), ("shop order of a file", 1)]
    assert all(each["per_second"] > 0 and each["floor_per_second"] > 0 for each in said["figures"])
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_the_engine_is_there_with_its_floor(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("engine", "--json"))
    assert said["rounds"] == 1
    assert said["sizes"]["network"] == 2_000
    assert said["peak_memory"] > 1_000_000  # bytes: no interpreter holds less
    spills = ("matrix left", "matrix breadth", "binary left", "binary breadth", "binary weaker")
    networks = [f"{spill}, {sponsors}" for spill in spills for sponsors in SPONSORS]
    closed = ["random sponsors", "a fifth of them a chain"]
    measured: dict[str, list[str]] = {}
    for each in said["figures"]:
        measured.setdefault(each["part"], []).append(each["what"])
        assert each["lowest"] <= each["ours"] <= each["highest"]
        if each["what"] != "what placing adds":  # a difference: so little may come to less than nothing
            assert each["ours"] > 0
            assert each["ratio"] > 0
    assert measured == {
        "computing the close of 500 members and orders": closed,
        "the whole close of 500 members and orders": closed,
        "replay": ["memory store, three levels"],
        "recorded orders": ["1 waiting", "32 waiting", "200 waiting"],
        "stored joins among 300": ["without places", "binary weaker", "what placing adds"],
        "placement": networks,
        "leg volumes": [network for network in networks if network.startswith("binary")],
    }
    assert list(tmp_path.iterdir()) == []


def test_the_engines_tables_say_what_each_floor_is(bench: Bench) -> None:
    said = bench("engine")
    assert said.count("floor: ") == 7
    assert "Peak memory" in said
    assert "SQLite" in said


def test_every_figure_of_the_outbox_is_there_with_the_platforms_pace(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("outbox", "--json"))
    assert said["sizes"] == {"rounds": 1, "people": 3_000, "letters": 300}
    assert [each["what"] for each in said["figures"]] == [
        "gathered",
        "claimed and marked, 500 at once",
        "by the sender, instant answers",
    ]
    for each in said["figures"]:
        assert each["floor"] == 30
        assert each["ours"] > 0
    assert "Meanwhile the process grew by" in bench("outbox")
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_the_transport_is_there_with_that_of_the_library(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("transport", "--json"))
    assert [(each["part"], each["what"], each["unit"]) for each in said["figures"]] == [
        ("30 messages a second", "CPU time", "ms a message"),
        ("30 messages a second", "latency, p50", "ms a message"),
        ("30 messages a second", "latency, p99", "ms a message"),
        ("unpaced", "1 at once", "messages a second"),
        ("unpaced", "16 at once", "messages a second"),
    ]
    assert all(each["ours"] > 0 and each["floor"] > 0 for each in said["figures"])
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_growth_is_there_with_its_floor(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("growth", "--members", "30", "--json"))
    assert said["sizes"]["members"] == [30]
    measured: dict[str, list[str]] = {}
    for each in said["figures"]:
        measured.setdefault(each["part"], []).append(each["what"])
        assert each["ours"] > 0
        assert each["floor"] > 0
    asked = ["/balance", "/team", "/history", "/rank", "/qr", "/balance beside a proof", "/balance beside a broadcast"]
    assert measured["start among 30 members"] == ["until it polls", "until the first answer"]
    assert measured["answers among 30 members"] == [f"{each}, {name}" for each in asked for name in ("p50", "p99")]
    assert list(tmp_path.iterdir()) == []


def test_a_check_that_it_works_is_not_kept_as_a_releases_figures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert shell("bench", "--quick", "--keep", "--folder", tmp_path) == 1
    assert "--keep" in capsys.readouterr().err


def test_the_proof_is_measured_in_full_and_since_its_seal(bench: Bench, tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench("proof", "--json"))
    assert [(each["what"], each["events"]) for each in said["figures"]] == [
        ("in full", 301),
        ("since the last seal, 300 new events", 601),
    ]
    for each in said["figures"]:
        assert each["seconds"] > 0
        assert each["peak"] > 1_000_000  # bytes
    assert "peak memory" in bench("proof")
    assert list(tmp_path.iterdir()) == []


def test_nothing_else_is_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert shell("bench", "weather", "--folder", tmp_path) == 2
    said = capsys.readouterr().err
    assert "chat" in said
    assert "engine" in said
