"""The shape of what `moaref bench` says; how fast anything is, no test can know."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any


def bench(folder: Path, *options: str) -> str:
    command = [sys.executable, "-m", "bot", "bench", "--quick", "--rounds", "1", "--folder", str(folder), *options]
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
        for what in ("/balance answered", "/purchase recorded")
    ]
    assert measured == [*by_chat, ("engine.purchase", 1, 0), ("engine.purchase", 16, 0)]
    for each in said["figures"]:
        assert each["per_second"] > 0
        assert each["slowest"] <= each["per_second"] <= each["fastest"]
        assert abs(each["ratio"] - each["per_second"] / each["floor_per_second"]) < 0.01
    assert list(tmp_path.iterdir()) == []
