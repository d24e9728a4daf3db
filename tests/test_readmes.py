"""The two READMEs say the same, and what they tell one to type is there."""

from __future__ import annotations

import re
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
