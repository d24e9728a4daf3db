"""What two volumes come to at the close of a period, in minor units or members."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.network.int_arrays import whole
from engine.network.preorder import LegValues
from engine.programme.model import Pairing
from engine.rules.pairing import carried, units_of_a_pair
from engine.rules.pairing import pair as pair_each


def pairing(**keys: Any) -> Pairing:
    return Pairing.model_validate({"period": "day", **keys})


class Paired(NamedTuple):
    """One member's."""

    payment: int
    left: int
    right: int
    matched: int


def pair(left: int, right: int, how: Pairing) -> Paired:
    """Of one member, as the arrays of many have it."""
    found = pair_each(LegValues(whole([left]), whole([right])), how)
    return Paired(*(int(each[0]) for each in (found.payment, *found.left_over, found.matched)))


TEN_PERCENT = pairing(rate="10%")
ONE_TO_ONE = pairing(unit=100, bonus=20)
TWO_TO_ONE = pairing(unit=100, bonus=20, ratio="2:1")


@pytest.mark.parametrize(
    ("left", "right", "paid", "left_over"),
    [
        (1000, 1000, 100, (0, 0)),
        (1000, 400, 40, (600, 0)),
        (400, 1000, 40, (0, 600)),
        (19, 1000, 1, (0, 981)),  # 1.9, rounded down; all that was matched is used
        (9, 9, 0, (0, 0)),
        (0, 1000, 0, (0, 1000)),
        (-50, 1000, 0, (-50, 1000)),
        (1000, -50, 0, (1000, -50)),
        (-10, -50, 0, (-10, -50)),
        (1, 1, 0, (0, 0)),
        (12_345_678, 20_000_000, 1_234_567, (0, 7_654_322)),
        (2**63 - 1, 2**63 - 1, (2**63 - 1) // 10, (0, 0)),
    ],
)
def test_a_rate_pays_a_share_of_the_weaker_leg(left: int, right: int, paid: int, left_over: tuple[int, int]) -> None:
    matched = max(0, min(left, right))
    assert pair(left, right, TEN_PERCENT) == Paired(paid, *left_over, matched)


@pytest.mark.parametrize(
    ("left", "right", "pairs", "left_over"),
    [
        (100, 100, 1, (0, 0)),
        (99, 500, 0, (99, 500)),
        (199, 500, 1, (99, 400)),
        (750, 340, 3, (450, 40)),
        (340, 750, 3, (40, 450)),
        (0, 0, 0, (0, 0)),
        (-100, 300, 0, (-100, 300)),
        (300, -100, 0, (300, -100)),
        (-100, -300, 0, (-100, -300)),
    ],
)
def test_pairs_are_whole_units_of_both_legs(left: int, right: int, pairs: int, left_over: tuple[int, int]) -> None:
    assert pair(left, right, ONE_TO_ONE) == Paired(20 * pairs, *left_over, pairs)
    assert pair(left, right, pairing(unit=100, bonus=20, ratio="1:1")) == pair(left, right, ONE_TO_ONE)


@pytest.mark.parametrize(
    ("left", "right", "pairs", "left_over"),
    [
        (200, 100, 1, (0, 0)),
        (100, 200, 1, (0, 0)),
        (700, 200, 2, (300, 0)),  # the right one has no third unit
        (200, 700, 2, (0, 300)),
        (500, 400, 2, (100, 200)),  # the larger leg gives 2 units a pair: 500 are enough for two
        (400, 500, 2, (200, 100)),
        (200, 200, 1, (0, 100)),  # on a tie the left one gives two
        (300, 300, 1, (100, 200)),
        (199, 100, 0, (199, 100)),
        (1000, 99, 0, (1000, 99)),
        (-5, 400, 0, (-5, 400)),
        (400, -5, 0, (400, -5)),
    ],
)
@pytest.mark.parametrize("ratio", ["2:1", "1:2"])
def test_two_to_one_takes_two_units_of_the_larger_leg(
    left: int, right: int, pairs: int, left_over: tuple[int, int], ratio: str
) -> None:
    assert pair(left, right, pairing(unit=100, bonus=20, ratio=ratio)) == Paired(20 * pairs, *left_over, pairs)


@pytest.mark.parametrize(
    ("ratio", "left", "right", "units"),
    [
        (None, 9, 1, (1, 1)),
        ("1:1", 1, 9, (1, 1)),
        ("2:1", 9, 1, (2, 1)),
        ("2:1", 1, 9, (1, 2)),
        ("2:1", 5, 5, (2, 1)),
        ("1:2", 9, 1, (2, 1)),
        ("1:2", 1, 9, (1, 2)),
    ],
)
def test_the_ratio_says_how_many_units_each_leg_gives(
    ratio: str | None, left: int, right: int, units: tuple[int, int]
) -> None:
    assert units_of_a_pair(left, right, pairing(unit=1, bonus=1, ratio=ratio)) == units


def test_members_are_paired_one_by_one() -> None:
    assert pair(3, 2, pairing(measure="members", unit=1, bonus=50)) == Paired(100, 1, 0, 2)


@pytest.mark.parametrize("ratio", ["1:1", "2:1"])
def test_a_unit_may_be_larger_than_any_volume(ratio: str) -> None:
    assert pair(2**63 - 1, 2**63 - 1, pairing(unit=2**64, bonus=1, ratio=ratio)) == Paired(0, 2**63 - 1, 2**63 - 1, 0)


def test_two_units_may_pass_64_bits_where_one_does_not() -> None:
    most, unit = 2**63 - 1, 2**62 + 1
    assert pair(most, most, pairing(unit=unit, bonus=1, ratio="2:1")) == Paired(0, most, most, 0)


def test_a_bonus_of_nothing_uses_the_volume_all_the_same() -> None:
    assert pair(250, 150, pairing(unit=100, bonus=0)) == Paired(0, 150, 50, 1)


VOLUMES = st.integers(-10_000, 10_000)


@given(VOLUMES, VOLUMES, st.sampled_from([TEN_PERCENT, ONE_TO_ONE, TWO_TO_ONE]))
def test_nothing_is_used_that_was_not_there(left: int, right: int, how: Pairing) -> None:
    paired = pair(left, right, how)
    assert min(left, 0) <= paired.left <= left
    assert min(right, 0) <= paired.right <= right
    assert (paired.payment > 0) <= (paired.left < left and paired.right < right)


@pytest.mark.parametrize(
    ("keys", "kept"),
    [
        ({}, {700: 700, 0: 0, -30: -30}),
        ({"carry": "all"}, {700: 700, 0: 0, -30: -30}),
        ({"carry": "none"}, {700: 0, 0: 0, -30: 0}),
        ({"carry": "limited", "carry_limit": 500}, {700: 500, 500: 500, 499: 499, 0: 0, -30: -30}),
        ({"carry": "limited"}, {700: 0, 0: 0, -30: -30}),
    ],
)
def test_what_is_left_goes_on_as_the_plan_says(keys: dict[str, Any], kept: dict[int, int]) -> None:
    how = pairing(rate="10%", **keys)
    assert carried(np.array(list(kept)), how).tolist() == list(kept.values())
