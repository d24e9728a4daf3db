"""Rates as an accountant reads them: what a line pays, and which of several rules gives it."""

from __future__ import annotations

from itertools import permutations

import pytest

from engine.rates import (
    EXPECTED_PERCENT,
    EXPECTED_RATE,
    KINDS,
    MILLION,
    Rate,
    Rule,
    choose,
    is_rate,
    parse_percent,
    parse_rate,
)


@pytest.mark.parametrize(
    ("text", "millionths"),
    [
        ("0%", 0),
        ("1%", 10_000),
        ("20%", 200_000),
        ("12.5%", 125_000),
        ("33.33%", 333_300),
        ("0.07%", 700),
        ("0.0001%", 1),
        ("99.9999%", 999_999),
        ("100%", 1_000_000),
        ("100.0000%", 1_000_000),
        ("007%", 70_000),
    ],
)
def test_a_percentage_is_a_whole_number_of_millionths(text: str, millionths: int) -> None:
    assert parse_percent(text) == parse_rate(text) == Rate(text, millionths, 0)


@pytest.mark.parametrize(("text", "each"), [("0", 0), ("1", 1), ("5000", 5000), ("007", 7), ("9" * 15, 10**15 - 1)])
def test_a_fixed_rate_is_so_many_minor_units_for_each_unit(text: str, each: int) -> None:
    assert parse_rate(text) == Rate(text, 0, each)


NO_PERCENTAGES = [
    "100.0001%", "101%", "999%", "1000%", "12.34567%", "-1%", "+1%", "12,5%", ".5%", "5.%", "5 %", " 5%", "5%%", "%",
    "", "five", "۲۰%", "20٪", "5%\n",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_PERCENTAGES)
def test_what_is_no_percentage_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="percentage") as refused:
        parse_percent(text)
    assert str(refused.value) == EXPECTED_PERCENT


@pytest.mark.parametrize("text", [*NO_PERCENTAGES, "-5", "1.5", "1 000", "1_000", "1" * 16, "۵", "5\n"])
def test_what_is_no_rate_is_refused_with_what_was_expected(text: str) -> None:
    with pytest.raises(ValueError, match="minor units") as refused:
        parse_rate(text)
    assert str(refused.value) == EXPECTED_RATE
    assert not is_rate(text)


@pytest.mark.parametrize(
    ("rate", "amount", "quantity", "millionths"),
    [
        ("20%", 100_000, 1, 20_000 * MILLION),
        ("20%", 100_000, 7, 20_000 * MILLION),  # a percentage is of the line, however many units it has
        ("33.33%", 100, 1, 33_330_000),
        ("0.0001%", 1, 1, 1),
        ("5000", 100_000, 1, 5_000 * MILLION),
        ("5000", 100_000, 3, 15_000 * MILLION),
        ("5000", 1, 3, 15_000 * MILLION),  # a fixed rate does not ask what was paid; the order's total caps it
        ("0", 100, 2, 0),
    ],
)
def test_what_a_line_pays_before_anything_is_rounded(rate: str, amount: int, quantity: int, millionths: int) -> None:
    assert parse_rate(rate).millionths_of(amount, quantity) == millionths


@pytest.mark.parametrize(
    ("rate", "amount", "share"),
    [("15%", 20_000, 3000), ("12%", 20_000, 2400), ("33.33%", 100, 33), ("0.07%", 1428, 0), ("0.07%", 1429, 1),
     ("100%", 7, 7), ("50%", 1, 0), ("0%", 100, 0)],
)  # fmt: skip
def test_a_share_is_rounded_down(rate: str, amount: int, share: int) -> None:
    assert parse_percent(rate).of(amount) == share


def rule(kind: str, rate: str, name: str = "x") -> Rule:
    return Rule(kind, name, parse_rate(rate))


EVERY_KIND = [rule(kind, f"{number}%") for number, kind in enumerate(KINDS, start=1)]


def test_the_kinds_go_from_the_most_specific_to_the_rank() -> None:
    assert KINDS == ("link", "offer-product", "offer-category", "offer", "product", "category", "rank")


@pytest.mark.parametrize("first", range(len(KINDS)))
def test_the_most_specific_rule_wins_though_it_pays_least(first: int) -> None:
    there = EVERY_KIND[first:]
    assert choose(there[::-1], 1000, 1) == (there[0], there[1:])


@pytest.mark.parametrize("kind", KINDS)
def test_of_one_kind_the_rule_that_pays_most_for_the_line_wins(kind: str) -> None:
    low, high, fixed = rule(kind, "10%"), rule(kind, "30%"), rule(kind, "25")
    for order in permutations([low, high, fixed]):
        assert choose(list(order), 100, 1) == (high, [fixed, low])  # 30, 25, 10
        assert choose(list(order), 100, 2) == (fixed, [high, low])  # 50, 30, 10
        assert choose(list(order), 1000, 2) == (high, [low, fixed])  # 300, 100, 50


def test_of_rules_that_pay_the_same_the_name_decides() -> None:
    spring, winter = rule("offer", "20%", "spring"), rule("offer", "200", "winter")
    for order in permutations([spring, winter]):
        assert choose(list(order), 1000, 1) == (spring, [winter])
    assert choose([spring, winter], 1000, 2) == (winter, [spring])


def test_a_difference_below_a_minor_unit_decides_too() -> None:
    less, more = rule("product", "33.3333%"), rule("product", "33.3334%")
    assert choose([less, more], 1, 1) == (more, [less])
