"""The two rules that ask for a person's eyes, as tables."""

import pytest

from bot.kit.friends import Above, Reason, ReviewRules, reason_to_look

IDLE = Above("nader", orders=0, sales=0)
BUYS = Above("babak", orders=1, sales=0)
SELLS = Above("sara", orders=0, sales=50_000)
CAREFUL = ReviewRules(friends_an_hour=3, ring_length=3)


@pytest.mark.parametrize(
    ("lately", "chain", "caution", "reason"),
    [
        (0, [IDLE], CAREFUL, None),
        (2, [IDLE], CAREFUL, None),
        (3, [IDLE], CAREFUL, "burst"),
        (4, [SELLS], CAREFUL, "burst"),
        (1_000, [IDLE], ReviewRules(0, 3), None),
        (0, [IDLE, IDLE], CAREFUL, None),
        (0, [IDLE, IDLE, IDLE], CAREFUL, "ring"),
        (0, [BUYS, IDLE, IDLE], CAREFUL, None),
        (0, [IDLE, IDLE, SELLS], CAREFUL, None),
        (0, [IDLE, IDLE, IDLE], ReviewRules(3, 0), None),
        (0, [IDLE, IDLE, IDLE], ReviewRules(), None),
    ],
)
def test_who_is_looked_at(lately: int, chain: list[Above], caution: ReviewRules, reason: Reason | None) -> None:
    assert reason_to_look(lately, chain, caution) == reason


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ({"a"}, {"a"}, "one_account"),
        ({"a", "b"}, {"b"}, "one_account"),
        ({"a"}, {"b"}, None),
        ({"a"}, set(), None),
        (set(), set(), None),
    ],
)
def test_two_members_of_a_line_who_are_paid_at_one_account_are_looked_at(
    first: set[str], second: set[str], reason: Reason | None
) -> None:
    line = [Above("nader", 1, 100, frozenset(first)), Above("babak", 1, 100, frozenset(second))]
    assert reason_to_look(0, line, CAREFUL) == reason
    assert reason_to_look(0, line, ReviewRules(3, 0)) is None


def test_sales_that_were_all_refunded_are_none() -> None:
    refunded = Above("nader", orders=0, sales=0)
    assert reason_to_look(0, [refunded, IDLE, Above("sara", 0, -5)], CAREFUL) == "ring"
