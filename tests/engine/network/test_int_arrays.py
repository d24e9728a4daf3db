"""Whole numbers stay exact past 64 bits."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from engine.caps import NAMES, cut, cut_each
from engine.network.int_arrays import LARGEST, fitting, magnitude, plus, times, whole

ANY = st.one_of(st.integers(-9, 9), st.integers(-(2**63), 2**63 - 1), st.integers(-(2**80), 2**80))
CAP = st.sampled_from([0, 1, 40, 10**15])


@given(st.lists(ANY))
def test_an_array_holds_what_it_was_given(values: list[int]) -> None:
    assert whole(values).tolist() == values
    assert magnitude(whole(values)) == max(map(abs, values), default=0)


@given(st.lists(st.tuples(ANY, ANY)), ANY)
def test_sums_and_products_are_exact(pairs: list[tuple[int, int]], factor: int) -> None:
    left, right = (whole(each[side] for each in pairs) for side in (0, 1))
    assert plus(left, right).tolist() == [one + other for one, other in pairs]
    assert times(left, factor).tolist() == [one * factor for one, _ in pairs]
    sums = np.cumsum(fitting(left, right)) + right
    assert sums.tolist() == [sum(one for one, _ in pairs[: place + 1]) + pairs[place][1] for place in range(len(pairs))]


def test_a_factor_may_pass_64_bits_where_the_values_are_0() -> None:
    assert times(whole([0, 0]), 2**70).tolist() == [0, 0]


def test_64_bits_are_used_as_far_as_they_go() -> None:
    assert fitting(whole([LARGEST - 5]), whole([-5])).dtype == np.int64
    assert fitting(whole([LARGEST - 5]), whole([6])).dtype == object
    assert fitting(whole([LARGEST // 2, LARGEST // 2, 1])).dtype == np.int64
    assert fitting(whole([LARGEST // 2, LARGEST // 2, 2])).dtype == object


@given(st.lists(st.tuples(st.integers(1, 2**70), CAP, CAP, CAP, st.integers(0, 2000)), max_size=5))
def test_caps_cut_each_as_they_cut_one(claims: list[tuple[int, int, int, int, int]]) -> None:
    amount, single, lifetime, period, earnings = (whole(each[place] for each in claims) for place in range(5))
    found = cut_each(amount, single=single, lifetime=lifetime, period=period, earnings=earnings)
    named = zip(found.amount.tolist(), (NAMES[cap] for cap in found.cap.tolist()), found.limit.tolist(), strict=True)
    assert list(named) == [
        cut(paid, single=one, lifetime=ever, period=once, earnings=earned) for paid, one, ever, once, earned in claims
    ]
