"""The engine against a second implementation that was written from the rules alone, on generated histories."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from engine.plans import PLACES
from histories import cases
from literal import replay
from stores import replayed_in_memory, replayed_in_sqlite

Case = tuple[dict[str, Any], list[dict[str, Any]]]

BUILT = tuple(PLACES)
NO_DEADLINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@given(case=cases(kinds=BUILT))
@settings(NO_DEADLINE, max_examples=60)
def test_the_engine_says_what_the_literal_rules_say(case: Case) -> None:
    tables, events = case
    assert replayed_in_memory(tables, events) == replay(tables, events)


@given(case=cases(kinds=BUILT))
@settings(NO_DEADLINE, max_examples=25)
def test_a_file_says_what_memory_says(case: Case) -> None:
    tables, events = case
    with tempfile.TemporaryDirectory() as folder:
        assert replayed_in_sqlite(Path(folder) / "case.db", tables, events) == replayed_in_memory(tables, events)
