"""Tables written as TOML are read back as they were."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.toml_text import toml_of
from valid_programmes import Tables, programmes

VECTORS = Path(__file__).parents[2] / "vectors"


@pytest.mark.parametrize("case", sorted(case.name for case in VECTORS.iterdir()))
def test_the_programme_of_a_worked_case_comes_back(case: str) -> None:
    tables = tomllib.loads((VECTORS / case / "program.toml").read_text(encoding="utf-8"))
    assert tomllib.loads(toml_of(tables)) == tables


@settings(max_examples=50, deadline=None)
@given(programmes())
def test_any_programme_comes_back(tables: Tables) -> None:
    assert tomllib.loads(toml_of(tables)) == tables


texts = st.text(st.characters(exclude_categories=["Cs"]))


@settings(deadline=None)
@given(st.dictionaries(texts, texts | st.integers(-(2**60), 2**60) | st.booleans() | st.lists(texts)))
def test_any_text_comes_back(table: Tables) -> None:
    assert tomllib.loads(toml_of(table)) == table
    assert tomllib.loads(toml_of({"a": table, "b": [table, table]})) == {"a": table, "b": [table, table]}
