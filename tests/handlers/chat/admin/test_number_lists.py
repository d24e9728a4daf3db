"""Several numbers at once, in every way that people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.chat.admin.number_lists import expanded, leading_numbers, merged


@pytest.mark.parametrize(
    ("written", "spans", "rest"),
    [
        ("1 2 5-9", [(1, 2), (5, 9)], ""),
        ("۱ ۲ ۵-۹", [(1, 2), (5, 9)], ""),
        ("۱، ۲ و ۵ تا ۹", [(1, 2), (5, 9)], ""),
        ("1,2,5–9", [(1, 2), (5, 9)], ""),
        ("#1 #2 and 5 to 9", [(1, 2), (5, 9)], ""),
        ("5TO9", [(5, 9)], ""),
        ("۵تا۹", [(5, 9)], ""),
        ("9-5", [(5, 9)], ""),
        ("5 - 9", [(5, 9)], ""),
        ("1..3", [(1, 3)], ""),
        ("1-999999999", [(1, 999_999_999)], ""),
        ("5-9 7-12 8", [(5, 12)], ""),
        ("1 1 1", [(1, 1)], ""),
        ("«۱۷».", [(17, 17)], ""),
        ("۱٬۲۳۴", [(1234, 1234)], ""),
        ("17 wrong account", [(17, 17)], "wrong account"),
        ("1 3-4 شمارهٔ شبا اشتباه است", [(1, 1), (3, 4)], "شمارهٔ شبا اشتباه است"),
        ("17 and more", [(17, 17)], "and more"),
        ("17a", [], "17a"),
        ("-3", [], "-3"),
        ("1-2-3", [], "1-2-3"),
        ("1234567890123456", [], "1234567890123456"),
        ("one", [], "one"),
        ("", [], ""),
        (" ، ", [], ""),
    ],
)
def test_numbers_and_ranges_are_read_and_the_rest_is_left(
    written: str, spans: list[tuple[int, int]], rest: str
) -> None:
    assert leading_numbers(written) == (spans, rest)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 9)), max_size=9))
def test_merged_ranges_hold_the_same_numbers_each_once(pairs: list[tuple[int, int]]) -> None:
    spans = [(low, low + width) for low, width in pairs]
    wanted = {number for low, high in spans for number in range(low, high + 1)}
    found = [number for low, high in merged(spans) for number in range(low, high + 1)]
    assert found == sorted(wanted)
    numbers, wide = expanded(merged(spans), 20)
    assert len(numbers) <= 20
    assert numbers | {number for low, high in wide for number in range(low, high + 1)} == wanted


def test_a_huge_range_is_not_written_out() -> None:
    assert expanded([(1, 3), (10, 10**15 - 1)], 200) == ({1, 2, 3}, [(10, 10**15 - 1)])
