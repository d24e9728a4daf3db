"""When the computer's clock is believed."""

from __future__ import annotations

import pytest

from bot.runtime.trusted_time import (
    ABSENCE_MAX_MS,
    DAY_MS,
    HOUR_MS,
    RELEASED_AT,
    STEP_MAX_MS,
    Anchor,
    ClockDoubt,
    Evidence,
    Remembered,
    first_anchor,
)

NOW = 1_774_090_800_000  # 2026-03-21T11:00:00Z
YEAR = 365 * DAY_MS
BOOT, OTHER_BOOT = "this start", "another start"


@pytest.mark.parametrize("step", [0, 1, -1, 1_000, -30_000, STEP_MAX_MS, -STEP_MAX_MS])
def test_small_corrections_pass(step: int) -> None:
    assert Anchor(NOW, 500).agrees(NOW + DAY_MS + step, 500 + DAY_MS)


@pytest.mark.parametrize("step", [STEP_MAX_MS + 1, -STEP_MAX_MS - 1, DAY_MS, -DAY_MS, 10 * YEAR, -56 * YEAR])
def test_a_jump_does_not(step: int) -> None:
    assert not Anchor(NOW, 500).agrees(NOW + DAY_MS + step, 500 + DAY_MS)


def believed(evidence: Evidence, wall: int, *, boot: str | None = BOOT, ticks: int = 7_000) -> bool:
    return first_anchor(evidence, boot, wall, ticks).agrees(wall, ticks)


@pytest.mark.parametrize("away", [0, HOUR_MS, 21 * DAY_MS, ABSENCE_MAX_MS])
def test_a_bot_that_was_off_for_weeks_starts_without_a_word(away: int) -> None:
    for evidence in (
        Evidence(Remembered(NOW, OTHER_BOOT, 99), journal_at=NOW - DAY_MS, seen_at=NOW - DAY_MS),
        Evidence(journal_at=NOW - YEAR, seen_at=NOW),
        Evidence(journal_at=NOW, seen_at=NOW - YEAR),
        Evidence(Remembered(NOW, None, 99)),
    ):
        assert believed(evidence, NOW + away)
        assert believed(evidence, NOW + away, boot=None)


@pytest.mark.parametrize("wrong", [10 * YEAR, 2 * YEAR, ABSENCE_MAX_MS + DAY_MS, -2 * HOUR_MS, -56 * YEAR])
def test_a_clock_far_from_what_the_store_knows_is_doubted_at_the_start(wrong: int) -> None:
    for evidence in (
        Evidence(Remembered(NOW, OTHER_BOOT, 99), journal_at=NOW, seen_at=NOW),
        Evidence(journal_at=NOW, seen_at=NOW),
    ):
        assert not believed(evidence, NOW + wrong)


@pytest.mark.parametrize("wrong", [2 * HOUR_MS, 21 * DAY_MS, 10 * YEAR, -2 * HOUR_MS])
def test_while_the_computer_runs_its_ticks_tell_how_long_the_bot_was_off(wrong: int) -> None:
    away = 3 * DAY_MS
    evidence = Evidence(Remembered(NOW, BOOT, 1_000), journal_at=NOW, seen_at=NOW)
    assert believed(evidence, NOW + away, ticks=1_000 + away)
    assert not believed(evidence, NOW + away + wrong, ticks=1_000 + away)


def test_ticks_of_another_start_tell_nothing() -> None:
    assert believed(Evidence(Remembered(NOW, OTHER_BOOT, 1_000)), NOW + DAY_MS, ticks=2_000)
    assert believed(Evidence(Remembered(NOW, BOOT, 9_000)), NOW + DAY_MS, ticks=2_000), "ticks never go back"


def test_a_store_that_no_bot_has_served_takes_the_clock_as_it_is_however_old_its_history() -> None:
    assert believed(Evidence(), NOW)
    assert believed(Evidence(journal_at=NOW - 5 * YEAR), NOW)
    assert not believed(Evidence(journal_at=NOW + 5 * YEAR), NOW)


def test_a_computer_without_a_battery_begins_in_1970_and_is_believed_once_it_has_the_time() -> None:
    first = first_anchor(Evidence(), BOOT, 1_000, 1_000)
    assert not first.agrees(1_000, 1_000)
    assert first.expected(1_000) == RELEASED_AT
    assert first.agrees(NOW, 9_000)
    later = first_anchor(Evidence(Remembered(NOW, OTHER_BOOT, 1)), BOOT, 1_000, 1_000)
    assert not later.agrees(1_000, 1_000)
    assert later.expected(5_000) == NOW + 4_000
    assert later.agrees(NOW + 3 * DAY_MS, 9_000), "it was off for three days"


def test_a_journal_that_is_ahead_already_goes_on_from_its_own_end() -> None:
    ahead = NOW + 10 * YEAR
    for evidence in (
        Evidence(journal_at=ahead, seen_at=NOW),
        Evidence(Remembered(NOW, BOOT, 1_000), journal_at=ahead, seen_at=NOW),
        Evidence(Remembered(NOW, OTHER_BOOT, 1_000), journal_at=ahead, seen_at=NOW),
    ):
        anchor = first_anchor(evidence, BOOT, NOW, 2_000)
        assert not anchor.agrees(NOW, 2_000)
        assert anchor.expected(5_000) == ahead + 3_000


def test_a_doubt_says_both_times_and_what_to_do() -> None:
    said = str(ClockDoubt(NOW + 10 * YEAR, NOW))
    assert "2036-03-18" in said
    assert "2026-03-21" in said
    assert "3650 days and 0 hours ahead of" in said
    assert "moaref clock accept" in said
    assert "2 hours behind" in str(ClockDoubt(NOW - 2 * HOUR_MS, NOW))
    assert str(ClockDoubt(10**18, NOW))
