"""The two READMEs say the same, and what they tell one to type is there."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from bot.cli import build_app

ROOT = Path(__file__).parents[1]
READMES = ("README.md", "README.fa.md")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def targets() -> set[str]:
    """The targets of make."""
    return set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("name", READMES)
def test_what_is_to_be_typed_is_there(name: str) -> None:
    content = text(name)
    assert set(re.findall(r"^ {4}make ([a-z]+)", content, re.MULTILINE)) <= targets()
    commands = set(re.findall(r"moaref ([a-z]+)", content))
    assert commands <= set(typer.main.get_command(build_app()).commands)  # type: ignore[attr-defined]  # it is a group
    assert {"demo", "run", "init"} <= commands


def asked_of_pip(target: str, folder: Path) -> set[str]:
    """The files of libraries that a target installs from, in a folder."""
    said = subprocess.run(["make", "-n", target], cwd=folder, capture_output=True, text=True, check=True).stdout
    return set(re.findall(r"-r (\S+)", said))


def test_the_demo_installs_what_the_bot_runs_on_and_a_test_the_tools_too(tmp_path: Path) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path)
    assert asked_of_pip("demo", tmp_path) == {"requirements.txt"}
    assert asked_of_pip("test", tmp_path) == {"requirements.txt", "requirements-dev.txt"}
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/.runs").touch()
    assert asked_of_pip("demo", tmp_path) == set(), "the second time it starts at once"


@pytest.mark.parametrize("name", READMES)
def test_what_it_shows_and_leads_to_is_there(name: str) -> None:
    for target in re.findall(r"\]\(([^):]+)\)", text(name)):
        assert (ROOT / target).is_file(), target


def test_both_have_the_same_parts() -> None:
    english, persian = map(text, READMES)
    for pattern in (r"^## ", r"^\| ", r"^- \*\*", r"^\d\. ", r"^ {4}make [a-z]+$"):
        found = [len(re.findall(pattern, each, re.MULTILINE)) for each in (english, persian)]
        assert found[0] == found[1] > 0, pattern


def test_the_persian_one_has_no_arabic_letters_for_persian_ones() -> None:
    assert not set("يك") & set(text("README.fa.md"))
