"""Who may import whom: pyproject's contracts, and the arithmetic on the standard library alone."""

import ast
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parents[1]
PURE = ("money", "rates", "caps", "ledger", "qualification", "errors", "rules/ranks", "rules/pairing")
PURE_FILES = [
    *(ROOT / "engine" / f"{name}.py" for name in PURE),
    *sorted((ROOT / "engine" / "plans").glob("*.py")),
]
CLOCKS_AND_INPUT = {
    "asyncio",
    "os",
    "pathlib",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "threading",
    "time",
}
LIBRARIES = {"numpy", "msgspec"}  # where a whole network is passed over; rows and events


def test_imports_go_one_way(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    status = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    assert status == 0, capsys.readouterr().out


@pytest.mark.parametrize("file", PURE_FILES, ids=lambda file: file.stem)
def test_the_arithmetic_needs_no_library_no_clock_and_no_input(file: Path) -> None:
    allowed = (sys.stdlib_module_names | {"engine"} | LIBRARIES) - CLOCKS_AND_INPUT
    assert imported_by(file.read_text(encoding="utf-8")) <= allowed


@pytest.mark.parametrize("line", ["import pydantic", "from time import time", "def f():\n    import sqlite3"])
def test_an_import_that_is_not_allowed_would_be_seen(line: str) -> None:
    assert imported_by(line) - ((sys.stdlib_module_names | {"engine"} | LIBRARIES) - CLOCKS_AND_INPUT)


def imported_by(source: str) -> set[str]:
    """The top-level packages that a source imports anywhere."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add((node.module or "").partition(".")[0])
    return names
