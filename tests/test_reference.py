"""The literal implementation of the rules gives every worked case exactly."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from literal import replay
from literal_periods import first_moment

CASES = sorted((Path(__file__).parent / "vectors").iterdir())


def events_of(case: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (case / "events.jsonl").read_text(encoding="utf-8").splitlines()]


def test_there_are_thirty_worked_cases() -> None:
    assert len(CASES) == 30


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_worked_case_comes_out_exactly(case: Path) -> None:
    tables = tomllib.loads((case / "program.toml").read_text(encoding="utf-8"))
    expected = json.loads((case / "expected.json").read_text(encoding="utf-8"))
    assert replay(tables, events_of(case)) == expected


@pytest.mark.parametrize(
    ("day", "zone", "expected"),
    [
        (date(2026, 3, 21), "Asia/Tehran", "2026-03-20T20:30:00+00:00"),
        (date(2026, 3, 9), "America/New_York", "2026-03-09T04:00:00+00:00"),
        (
            date(2026, 4, 24),
            "Africa/Cairo",
            "2026-04-23T22:00:00+00:00",
        ),  # 00:00 is skipped: it begins at 01:00
        (
            date(2026, 11, 1),
            "America/Havana",
            "2026-11-01T04:00:00+00:00",
        ),  # 00:00 comes twice: the first one
    ],
)
def test_a_local_date_begins_at_its_first_moment(day: date, zone: str, expected: str) -> None:
    assert first_moment(day, zone).isoformat() == expected
