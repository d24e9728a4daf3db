"""Gifts, splits, and who gets nothing: pure rules as tables."""

from dataclasses import replace

import pytest

from bot.kit.rewards import DAY_MS, Gift, SharedBudget, Split, State, Withheld, code_key, why_withheld
from engine.rates import parse_percent

CAME = 1_774_090_800_000
GIFT = Gift(1, "sara", "welcome", "code", "ABCD", "10%", 0, CAME, CAME + DAY_MS, None, None, None, ready=True)


@pytest.mark.parametrize(
    ("gift", "now", "state"),
    [
        (GIFT, CAME, "given"),
        (GIFT, CAME + DAY_MS - 1, "given"),
        (GIFT, CAME + DAY_MS, "expired"),
        (replace(GIFT, expires=None), CAME + 1_000 * DAY_MS, "given"),
        (replace(GIFT, used=CAME + 5, order="main:1"), CAME + 2 * DAY_MS, "used"),
        (replace(GIFT, code=None, ready=False), CAME, "waiting"),
        (replace(GIFT, code=None, ready=False, withheld="known"), CAME, "withheld"),
    ],
)
def test_where_a_gift_stands(gift: Gift, now: int, state: State) -> None:
    assert gift.state(now) == state


@pytest.mark.parametrize(
    ("same_account", "met", "bought_before", "withheld"),
    [
        (False, CAME, False, None),
        (False, None, False, None),
        (False, CAME - DAY_MS, False, None),
        (False, CAME - DAY_MS - 1, False, "known"),
        (False, 0, False, "known"),
        (False, CAME, True, "known"),
        (True, CAME, False, "same_account"),
        (True, 0, True, "same_account"),
    ],
)
def test_who_gets_nothing(
    *, same_account: bool, met: int | None, bought_before: bool, withheld: Withheld | None
) -> None:
    assert why_withheld(same_account=same_account, came=CAME, met=met, bought_before=bought_before) == withheld


@pytest.mark.parametrize(
    ("budget", "step", "splits"),
    [
        ("14%", "7%", [("0%", "14%"), ("7%", "7%"), ("14%", "0%")]),
        ("5%", "2%", [("0%", "5%"), ("2%", "3%"), ("4%", "1%")]),
        ("1%", "0.25%", [("0%", "1%"), ("0.25%", "0.75%"), ("0.5%", "0.5%"), ("0.75%", "0.25%"), ("1%", "0%")]),
        ("100%", "100%", [("0%", "100%"), ("100%", "0%")]),
        ("0.0003%", "0.0001%", [("0%", "0.0003%"), ("0.0001%", "0.0002%"), ("0.0002%", "0.0001%"), ("0.0003%", "0%")]),
    ],
)
def test_a_budget_is_split_in_steps_and_never_grows(budget: str, step: str, splits: list[tuple[str, str]]) -> None:
    share = SharedBudget(parse_percent(budget), parse_percent(step))
    assert share.splits() == tuple(Split(*each) for each in splits)


def test_codes_are_compared_in_capitals_for_shops_send_small_letters() -> None:
    assert code_key(" moaref-a2b3 ") == "MOAREF-A2B3"
