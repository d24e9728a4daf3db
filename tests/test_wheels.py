"""The two distributions of this tree: what each holds, and what its commands say where the other is missing."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "packaging" / "demo"
OF_THE_DEMO = ("bot/playground/", "bot/cli/benchmarks/")
DATA = {".sql", ".json", ".ftl", ".ttf", ".py", ".html", ".css", ".js", ".svg", ".woff2", ".txt"}


class Wheels(NamedTuple):
    """Holds the files of moaref and of moaref-demo."""

    moaref: Path
    demo: Path


@pytest.fixture(scope="module")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Wheels:
    folder = str(tmp_path_factory.mktemp("wheels"))
    (moaref,) = WheelBuilder(str(ROOT)).build(directory=folder, versions=["standard"])
    (demo,) = WheelBuilder(str(DEMO)).build(directory=folder, versions=["standard"])
    return Wheels(Path(moaref), Path(demo))


def packed_in(wheel: Path) -> set[str]:
    return {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}


def project_of(folder: Path) -> dict[str, Any]:
    project: dict[str, Any] = tomllib.loads((folder / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return project


def test_the_wheels_hold_all_data_between_them_and_no_tests(wheels: Wheels) -> None:
    data = {
        path.relative_to(ROOT).as_posix()
        for folder in ("bot", "engine", "handlers", "locale")
        for path in (ROOT / folder).rglob("*")
        if path.suffix in DATA
    }
    of_the_demo = {name for name in data if name.startswith(OF_THE_DEMO)}
    assert {"bot/playground/data/botapi.json", "bot/playground/page/static/app.js"} <= of_the_demo
    assert {"bot/config/loading.py", "locale/fa.ftl", "bot/cli/demo.py", "bot/cli/bench.py"} <= data - of_the_demo
    assert packed_in(wheels.moaref) >= data - of_the_demo
    assert not [name for name in packed_in(wheels.moaref) if name.startswith((*OF_THE_DEMO, "tests/"))]
    assert packed_in(wheels.demo) >= of_the_demo
    assert not [name for name in packed_in(wheels.demo) if not name.startswith(OF_THE_DEMO) or "__pycache__" in name]


def test_the_extra_and_the_demo_ask_for_each_other_in_the_same_version() -> None:
    moaref, demo = project_of(ROOT), project_of(DEMO)
    assert demo["version"] == moaref["version"]
    assert moaref["optional-dependencies"]["demo"] == [f"moaref-demo=={moaref['version']}"]
    assert demo["dependencies"] == [f"moaref=={moaref['version']}"]


def test_an_installed_bot_says_how_to_get_the_demo_and_has_it_once_it_is_installed(
    wheels: Wheels, tmp_path: Path
) -> None:
    fresh = tmp_path / "venv"
    venv.create(fresh, with_pip=False, symlinks=True)
    (packages,) = (fresh / "lib").glob("python*/site-packages")
    # The libraries are those of this environment; the two wheels come first, and the checkout is not on the path.
    libraries = Path(pytest.__file__).parents[1]
    (packages / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    install(fresh, wheels.moaref)
    assert "referral programme" in said_by(fresh, tmp_path, "--help")
    assert "three phones" in said_by(fresh, tmp_path, "demo", "--help")
    for command in ("demo", "bench"):
        missing = run(fresh, tmp_path, command)
        assert missing.returncode == 1
        (line,) = missing.stderr.splitlines()
        assert f"moaref {command}" in line
        assert "moaref[demo]" in line
    install(fresh, wheels.demo)
    assert "events replayed" in said_by(fresh, tmp_path, "demo", "--script")


def install(fresh: Path, wheel: Path) -> None:
    pip = [sys.executable, "-m", "pip", "--python", str(fresh / "bin" / "python"), "install", "--quiet"]
    command = [*pip, "--disable-pip-version-check", "--no-deps", "--no-index", "--ignore-installed", str(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 0, done.stderr


def run(fresh: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    python = fresh / "bin" / "python"
    command = [str(python), "-I", "-c", "from bot.cli import main; main()", *arguments]
    environment = {**os.environ, "NO_COLOR": "1", "COLUMNS": "120"}
    return subprocess.run(
        command, capture_output=True, text=True, timeout=110, check=False, cwd=folder, env=environment
    )


def said_by(fresh: Path, folder: Path, *arguments: str) -> str:
    done = run(fresh, folder, *arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout
