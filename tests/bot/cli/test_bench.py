"""The shape of what `moaref bench` says; how fast anything is, no test can know."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

SPONSORS = ("all under one", "random sponsors", "chain")


def bench(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "bot", "bench", "--quick", "--rounds", "1", "--folder", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_figure_is_there_with_its_floor(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "--json"))
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


def test_every_figure_of_the_shop_is_there_with_its_floor(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "shop", "--json"))
    measured = [(each["what"], each["at_once"]) for each in said["figures"]]
    assert measured == [("shop order recorded", 1), ("shop order recorded", 32), ("shop order of a file", 1)]
    assert all(each["per_second"] > 0 and each["floor_per_second"] > 0 for each in said["figures"])
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_the_engine_is_there_with_its_floor(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "engine", "--json"))
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


def test_the_engines_tables_say_what_each_floor_is(tmp_path: Path) -> None:
    said = bench(tmp_path, "engine")
    assert said.count("floor: ") == 7
    assert "Peak memory" in said
    assert "SQLite" in said


def test_every_figure_of_the_outbox_is_there_with_the_platforms_pace(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "outbox", "--json"))
    assert said["sizes"] == {"rounds": 1, "people": 3_000, "letters": 300}
    assert [each["what"] for each in said["figures"]] == [
        "gathered",
        "claimed and marked, 500 at once",
        "by the sender, instant answers",
    ]
    for each in said["figures"]:
        assert each["floor"] == 30
        assert each["ours"] > 0
    assert "Meanwhile the process grew by" in bench(tmp_path, "outbox")
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_the_transport_is_there_with_that_of_the_library(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "transport", "--json"))
    assert [(each["part"], each["what"], each["unit"]) for each in said["figures"]] == [
        ("30 messages a second", "CPU time", "ms a message"),
        ("30 messages a second", "latency, p50", "ms a message"),
        ("30 messages a second", "latency, p99", "ms a message"),
        ("unpaced", "1 at once", "messages a second"),
        ("unpaced", "16 at once", "messages a second"),
    ]
    assert all(each["ours"] > 0 and each["floor"] > 0 for each in said["figures"])
    assert list(tmp_path.iterdir()) == []


def test_every_figure_of_growth_is_there_with_its_floor(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "growth", "--members", "30", "--json"))
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


def test_a_check_that_it_works_is_not_kept_as_a_releases_figures(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "bench", "--quick", "--keep", "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 1
    assert "--keep" in done.stderr


def test_the_proof_is_measured_in_full_and_since_its_seal(tmp_path: Path) -> None:
    said: dict[str, Any] = json.loads(bench(tmp_path, "proof", "--json"))
    assert [(each["what"], each["events"]) for each in said["figures"]] == [
        ("in full", 301),
        ("since the last seal, 300 new events", 601),
    ]
    for each in said["figures"]:
        assert each["seconds"] > 0
        assert each["peak"] > 1_000_000  # bytes
    assert "peak memory" in bench(tmp_path, "proof")
    assert list(tmp_path.iterdir()) == []


def test_nothing_else_is_measured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bot", "bench", "weather", "--folder", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 2
    assert "chat" in done.stderr
    assert "engine" in done.stderr
