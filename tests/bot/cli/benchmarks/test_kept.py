"""The figures of the last release, beside those of today."""

import json
from dataclasses import replace
from pathlib import Path

from bot.cli.benchmarks.figures import Comparison, Figure
from bot.cli.benchmarks.kept import FOLDER, Kept, keep, then_columns

CLOSE = Comparison(
    "a close", "random sponsors", "ms", "reading", ours=60.0, floor=10.0, ratio=6.0, lowest=1, highest=99
)
BALANCE = Figure("/balance answered", 16, 50, 700.0, 1_400.0, 0.5, 600.0, 800.0)


def test_each_figure_is_compared_with_that_of_the_newest_release(tmp_path: Path) -> None:
    keep("engine", [replace(CLOSE, ratio=99.0)], {}, "0.9.0", tmp_path)
    keep("engine", [replace(CLOSE, ratio=12.0)], {"rounds": 5}, "0.10.0", tmp_path)
    keep("chat", [BALANCE], {"rounds": 5}, "0.10.0", tmp_path)
    kept = Kept.newest(tmp_path)
    assert kept.version == "0.10.0"
    assert kept.beside("engine", [CLOSE]) == [replace(CLOSE, then=12.0)]
    assert kept.beside("chat", [replace(BALANCE, ratio=0.6)]) == [replace(BALANCE, ratio=0.6, then=0.5)]
    assert then_columns(replace(CLOSE, then=12.0)) == ("12.00", "0.50")


def test_what_the_release_did_not_measure_is_compared_with_nothing(tmp_path: Path) -> None:
    assert Kept.newest(tmp_path).beside("engine", [CLOSE]) == [CLOSE]
    keep("engine", [CLOSE], {}, "0.1.0", tmp_path)
    others = [replace(CLOSE, what="chain"), replace(CLOSE, unit="s")]
    assert Kept.newest(tmp_path).beside("engine", others) == others
    assert Kept.newest(tmp_path).beside("growth", [CLOSE]) == [CLOSE]
    assert then_columns(CLOSE) == ("–", "–")


def test_keeping_again_replaces_that_benchmark_alone(tmp_path: Path) -> None:
    keep("chat", [BALANCE], {}, "0.1.0", tmp_path)
    keep("engine", [replace(CLOSE, ratio=12.0)], {}, "0.1.0", tmp_path)
    file = keep("engine", [CLOSE], {"machine": {"cores": 2}}, "0.1.0", tmp_path)
    said = json.loads(file.read_text(encoding="utf-8"))["benchmarks"]
    assert said["engine"]["machine"] == {"cores": 2}
    assert [each["ratio"] for each in said["engine"]["figures"]] == [6.0]
    assert [each["ratio"] for each in said["chat"]["figures"]] == [0.5]


def test_figures_are_kept_where_the_documentation_is() -> None:
    assert (FOLDER.parent / "operations.md").exists()
