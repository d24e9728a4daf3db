"""The worked cases through both stores, to the last unit."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from engine.plans import DEFAULT_PLAN, PLANS
from stores import replayed_in_memory, replayed_in_sqlite

VECTORS = Path(__file__).parent.parent / "vectors"


def tables_of(case: Path) -> dict[str, Any]:
    return tomllib.loads((case / "program.toml").read_text(encoding="utf-8"))


def events_of(case: Path) -> list[dict[str, Any]]:
    lines = (case / "events.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


KINDS_OF_CASES = {case: tables_of(case).get("plan", {}).get("kind", DEFAULT_PLAN) for case in sorted(VECTORS.iterdir())}
CASES = [case for case, kind in KINDS_OF_CASES.items() if kind in PLANS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_worked_case_comes_out_exactly_in_memory_and_in_a_file(case: Path, tmp_path: Path) -> None:
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert replayed_in_memory(tables_of(case), events_of(case)) == expected
    assert replayed_in_sqlite(tmp_path / "case.db", tables_of(case), events_of(case)) == expected
