"""How many withdrawals a member may request, and from when the next is possible."""

from __future__ import annotations

import pytest

from engine.errors import TooManyOpenRequests, TooManyRequests
from engine.withdrawal_limits import HOUR_MS, Requested, WithdrawalLimits


def test_as_many_may_be_open_as_the_limit_says() -> None:
    WithdrawalLimits().check([], 0)
    with pytest.raises(TooManyOpenRequests) as refused:
        WithdrawalLimits().check([Requested(0, is_open=True)], 30 * 24 * HOUR_MS)
    assert refused.value.count == 1
    WithdrawalLimits(open_requests=2).check([Requested(0, is_open=True)], 5)
    WithdrawalLimits(open_requests=0, requests_an_hour=0).check([Requested(0, is_open=True)] * 50, 5)


def test_the_next_is_possible_an_hour_after_the_first_of_the_last_three() -> None:
    closed = [Requested(at, is_open=False) for at in (30, 10, 20)]
    with pytest.raises(TooManyRequests) as refused:
        WithdrawalLimits().check(closed, 40)
    assert (refused.value.count, refused.value.at) == (3, 10 + HOUR_MS)
    with pytest.raises(TooManyRequests):
        WithdrawalLimits().check(closed, 9 + HOUR_MS)
    WithdrawalLimits().check(closed, 10 + HOUR_MS)
    WithdrawalLimits(requests_an_hour=4).check(closed, 40)


def test_a_clock_that_was_set_back_shuts_nobody_out() -> None:
    WithdrawalLimits().check([Requested(10 * HOUR_MS, is_open=False)] * 3, 0)
