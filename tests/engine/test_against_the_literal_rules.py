"""The engine against a second implementation that was written from the rules alone, on generated histories."""

from __future__ import annotations

import pytest

from batches import BATCHES, EXAMPLES, compare
from engine.plans import PLANS
from histories import ALL_KINDS

BATCHES_IN_A_FILE, CASES_IN_A_FILE = 4, 25


@pytest.mark.timeout(600)  # a difference takes a while to be made small
@pytest.mark.parametrize("number", range(BATCHES))
def test_the_engine_says_what_the_literal_rules_say(number: int) -> None:
    assert compare(number, EXAMPLES, in_file=False) >= EXAMPLES


@pytest.mark.timeout(600)
@pytest.mark.parametrize("number", range(BATCHES_IN_A_FILE))
def test_a_file_says_what_the_literal_rules_say(number: int) -> None:
    assert compare(number, CASES_IN_A_FILE, in_file=True) >= CASES_IN_A_FILE


def test_the_generated_histories_know_every_plan() -> None:
    assert set(ALL_KINDS) == set(PLANS)
