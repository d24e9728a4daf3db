"""The three caps, each alone and all together, in minor units."""

from __future__ import annotations

import pytest

from engine.caps import Cut, cut


def test_without_caps_nothing_is_cut() -> None:
    assert cut(5000, single=0, lifetime=0, earnings=10**9) == Cut(5000, None, 0)


@pytest.mark.parametrize(
    ("amount", "single", "left"),
    [(999, 1000, Cut(999, None, 0)), (1000, 1000, Cut(1000, None, 0)), (1001, 1000, Cut(1000, "single", 1000)),
     (5, 1, Cut(1, "single", 1))],
)  # fmt: skip
def test_one_commission_is_at_most_the_ranks_cap(amount: int, single: int, left: Cut) -> None:
    assert cut(amount, single=single, lifetime=0, earnings=0) == left


@pytest.mark.parametrize(
    ("amount", "earnings", "left"),
    [
        (400, 0, Cut(400, None, 0)),
        (400, 600, Cut(400, None, 0)),  # comes to the cap exactly
        (400, 601, Cut(399, "lifetime", 1000)),
        (400, 999, Cut(1, "lifetime", 1000)),
        (400, 1000, Cut(0, "lifetime", 1000)),
        (400, 1001, Cut(0, "lifetime", 1000)),  # a rank's lower cap may be passed already: nothing is taken back
        (400, 5000, Cut(0, "lifetime", 1000)),
    ],
)
def test_earnings_come_at_most_to_the_lifetime_cap(amount: int, earnings: int, left: Cut) -> None:
    assert cut(amount, single=0, lifetime=1000, earnings=earnings) == left


@pytest.mark.parametrize(
    ("amount", "period", "left"),
    [(300, 0, Cut(300, None, 0)), (300, 300, Cut(300, None, 0)), (301, 300, Cut(300, "period", 300)),
     (2, 1, Cut(1, "period", 1))],
)  # fmt: skip
def test_one_period_pays_at_most_its_cap(amount: int, period: int, left: Cut) -> None:
    assert cut(amount, single=0, lifetime=0, earnings=0, period=period) == left


@pytest.mark.parametrize(
    ("period", "single", "room", "left"),
    [
        (30, 20, 10, Cut(10, "lifetime", 1010)),
        (30, 10, 20, Cut(10, "single", 10)),
        (10, 20, 30, Cut(10, "period", 10)),
        (10, 30, 20, Cut(10, "period", 10)),
        (20, 20, 20, Cut(20, "period", 20)),  # what is no more than a cap is not cut by it
        (30, 20, 20, Cut(20, "single", 20)),
    ],
)
def test_of_several_caps_the_lowest_holds_and_the_last_that_cut_is_named(
    period: int, single: int, room: int, left: Cut
) -> None:
    assert cut(100, single=single, lifetime=1000 + room, earnings=1000, period=period) == left
