"""What is wrong again and again: one line a minute, one message a day, and answers that take their time."""

from __future__ import annotations

import pytest

from bot.kit.failed_attempts import FailedAttempt
from bot.runtime.signals import Signal
from bot.web.failed_attempts import DELAYED_MAX, FREE_ATTEMPTS, LOG_EVERY_MS, TOLD_FROM, TOLD_WITHIN_MS, FailedAttempts

WRONG = FailedAttempt("woo", "wrong_signature", "203.0.113.5")


class Hand:
    """Time, held in the hand."""

    ticks = 0


def counter(hand: Hand, delay_s: float = 0) -> FailedAttempts:
    return FailedAttempts(lambda: hand.ticks, Signal(), delay_s=delay_s)


def test_each_address_has_some_free_and_then_one_in_six_seconds() -> None:
    hand = Hand()
    attempts = counter(hand)
    assert [attempts.note(WRONG) for _ in range(FREE_ATTEMPTS)] == [None] * FREE_ATTEMPTS
    slowed = attempts.note(WRONG)
    assert slowed is not None
    assert slowed.retry_after_s == 6
    assert attempts.note(FailedAttempt("woo", "wrong_signature", "203.0.113.6")) is None
    hand.ticks = 6_000
    assert attempts.note(WRONG) is None


def test_only_so_many_answers_are_held_back_together() -> None:
    hand = Hand()
    attempts = counter(hand, 0.5)
    slowed = [attempts.note(WRONG) for _ in range(FREE_ATTEMPTS + DELAYED_MAX + 1)]
    delays = [each.delay_s for each in slowed if each is not None]
    assert delays == [0.5] * DELAYED_MAX + [0]
    hand.ticks = 500
    again = attempts.note(WRONG)
    assert again is not None
    assert again.delay_s == 0.5


def test_the_log_counts_what_came_within_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    hand = Hand()
    attempts = counter(hand)
    for _ in range(100):
        attempts.note(WRONG)
    assert [each.args[2] for each in caplog.records if isinstance(each.args, tuple)] == [1]
    hand.ticks = LOG_EVERY_MS
    attempts.flush()
    assert [each.args[2] for each in caplog.records if isinstance(each.args, tuple)] == [1, 99]
    attempts.flush()
    hand.ticks = 2 * LOG_EVERY_MS
    attempts.flush()
    assert len(caplog.records) == 2


def test_admins_hear_of_the_third_within_a_day_and_then_once_a_day() -> None:
    hand = Hand()
    attempts = counter(hand)
    for _ in range(TOLD_FROM - 1):
        attempts.note(WRONG)
    assert attempts.untold() == []
    attempts.note(WRONG)
    assert attempts.untold() == [WRONG]
    for _ in range(50):
        attempts.note(WRONG)
    assert attempts.untold() == []
    hand.ticks = TOLD_WITHIN_MS
    for _ in range(TOLD_FROM):
        attempts.note(WRONG)
    assert attempts.untold() == [WRONG]


def test_one_a_month_and_requests_without_any_secret_are_told_to_nobody() -> None:
    hand = Hand()
    attempts = counter(hand)
    for month in range(12):
        hand.ticks = month * 30 * TOLD_WITHIN_MS
        attempts.note(WRONG)
        for _ in range(20):
            assert attempts.note(FailedAttempt("api", "no_secret", "203.0.113.9")) is None
    assert attempts.untold() == []
