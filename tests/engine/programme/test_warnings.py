"""What a programme may cost: the most that one order can pay, and income that needs no sale."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from engine.programme.model import Programme
from engine.programme.warnings import guard_rails, most_of_an_order, percent

Tables = dict[str, Any]


def programme(commission: str = "20%", **tables: Any) -> Programme:
    """A programme of one rank with more tables; `rank` and `program` add keys to those."""
    rank = {"id": "base", "commission": commission, **tables.pop("rank", {})}
    program = {"currency": "IRT", **tables.pop("program", {})}
    ranks = [rank, *tables.pop("more_ranks", [])]
    return Programme.from_tables({"program": program, "ranks": ranks, **tables})


def told(of: Programme) -> list[str]:
    return list(map(str, guard_rails(of)))


def keys(of: Programme) -> list[str]:
    return [caution.key for caution in guard_rails(of)]


BINARY: Tables = {"kind": "binary"}
PURCHASE: Tables = {"join": {"mode": "purchase", "products": ["starter"]}}


def silver(**values: Any) -> Tables:
    return {"id": "silver", "commission": "20%", **values}


def test_a_plain_programme_needs_no_caution() -> None:
    assert told(programme()) == []
    assert told(programme("100%")) == []
    assert told(programme(plan={"kind": "unilevel", "levels": ["50%", "50%"]})) == []


def test_levels_on_top_of_everything_are_told_in_one_sentence() -> None:
    over = programme("60%", plan={"kind": "unilevel", "levels": ["30%", "12.5%"], "base": "sale"})
    assert told(over) == [
        "program: one order can pay 102.5% of its total: 60% of direct commission, 42.5% for the levels"
    ]


def test_exactly_all_of_an_order_is_not_more_than_all() -> None:
    assert told(programme("60%", plan={"kind": "unilevel", "levels": ["40%"], "base": "sale"})) == []
    barely = programme("60%", plan={"kind": "unilevel", "levels": ["40%", "0.0001%"], "base": "sale"})
    assert "100.0001% of its total" in told(barely)[0]


LEVELS = ["50%", "30%"]


@pytest.mark.parametrize(
    ("plan", "levels"),
    [
        ({"kind": "unilevel", "levels": LEVELS}, Fraction(0)),
        ({"kind": "unilevel", "levels": LEVELS, "funding": "house"}, Fraction(16, 100)),
        ({"kind": "unilevel", "levels": LEVELS, "base": "sale"}, Fraction(80, 100)),
        ({"kind": "unilevel"}, Fraction(0)),
    ],
)
def test_levels_cost_what_their_funding_says(plan: Tables, levels: Fraction) -> None:
    payout = most_of_an_order(programme(plan=plan))
    assert (payout.direct, payout.levels) == (Fraction(20, 100), levels)


def test_a_fixed_rate_can_take_all_of_a_cheap_unit() -> None:
    assert most_of_an_order(programme("5000")).direct == 1
    on_top = programme("5000", plan={"kind": "unilevel", "levels": ["10%"], "funding": "house"})
    (sentence,) = told(on_top)
    assert sentence == (
        "program: one order can pay 110% of its total: 100% of direct commission where a unit costs no more than its"
        " fixed rate, 10% for the levels"
    )


OFFER = {"id": "o", "commission": "90%"}
EVERYTHING = {"id": "all", "commission": "10%"}
TIMES = {"starts": "2026-01-01T00:00:00Z", "ends": "2026-02-01T00:00:00Z"}

RATES: dict[str, tuple[Tables, int]] = {
    "the rank's alone": ({}, 20),
    "a better rank's": ({"more_ranks": [silver(commission="35%", requires={"sales": 1})]}, 35),
    "a product's": ({"rates": [{"product": "a", "commission": "70%"}]}, 70),
    "a category's": ({"rates": [{"category": "a", "commission": "70%"}]}, 70),
    "an offer's on a product": ({"offers": [{**OFFER, "products": ["a"]}]}, 90),
    "an offer's on a category": ({"offers": [{**OFFER, "categories": ["a"]}]}, 90),
    "an offer's for one member": ({"offers": [{**OFFER, "members": ["ali"]}]}, 90),
    "an offer's for a month": ({"offers": [{**OFFER, **TIMES}]}, 90),
    "an offer's that never holds": ({"offers": [{**OFFER, "starts": TIMES["ends"], "ends": TIMES["ends"]}]}, 20),
    "an offer's on nothing": ({"offers": [{**OFFER, "products": []}]}, 20),
    "an offer's that hides everything": ({"offers": [EVERYTHING]}, 10),
    "the best of offers on everything": ({"offers": [EVERYTHING, {**OFFER, "commission": "11%"}]}, 11),
    "the rank's, when the offer is over": ({"offers": [{**EVERYTHING, **TIMES}]}, 20),
    "the rank's, for whom the offer is not": ({"offers": [{**EVERYTHING, "members": ["ali"]}]}, 20),
    "an offer's beside one on everything": ({"offers": [EVERYTHING, {**OFFER, "products": ["a"]}]}, 90),
    "a product's that is hidden by its offer": (
        {"offers": [{**EVERYTHING, "products": ["a"]}], "rates": [{"product": "a", "commission": "70%"}]},
        20,
    ),
    "a category's that is hidden by its offer": (
        {"offers": [{**EVERYTHING, "categories": ["a"]}], "rates": [{"category": "a", "commission": "70%"}]},
        20,
    ),
    "a product's that is hidden by an offer on everything": (
        {"offers": [EVERYTHING], "rates": [{"product": "a", "commission": "70%"}]},
        10,
    ),
    "a product's beside another one's offer": (
        {"offers": [{**EVERYTHING, "products": ["b"]}], "rates": [{"product": "a", "commission": "70%"}]},
        70,
    ),
}


@pytest.mark.parametrize(("tables", "percentage"), RATES.values(), ids=RATES)
def test_the_dearest_rate_is_one_that_can_really_win(tables: Tables, percentage: int) -> None:
    assert most_of_an_order(programme(**tables)).direct == Fraction(percentage, 100)


def test_a_ranks_bonus_counts_against_the_order_that_reaches_the_rank_by_itself() -> None:
    by_sales = programme(more_ranks=[silver(bonus=500, requires={"sales": 1000})])
    by_earnings = programme(more_ranks=[silver(bonus=500, requires={"earnings": 1000})])
    by_both = programme(more_ranks=[silver(bonus=500, requires={"sales": 10_000, "earnings": 1000})])
    by_recruits = programme(more_ranks=[silver(bonus=500, requires={"recruits": 2})])
    assert most_of_an_order(by_sales).bonuses == Fraction(1, 2)
    assert most_of_an_order(by_earnings).bonuses == Fraction(1, 10)  # 5,000 at 20% earn 1,000
    assert most_of_an_order(by_both).bonuses == Fraction(1, 20)
    assert most_of_an_order(by_recruits).bonuses == 0


def test_ranks_that_are_passed_pay_too() -> None:
    gold = {**silver(bonus=600, requires={"sales": 1000}), "id": "gold"}
    passed = programme(more_ranks=[silver(bonus=400, requires={"recruits": 9}), gold])
    assert most_of_an_order(passed).bonuses == 1
    assert told(passed)[0] == (
        "program: one order can pay 120% of its total: 20% of direct commission, 100% of bonuses for ranks"
    )


def test_earnings_of_a_level_can_reach_a_rank_too() -> None:
    plan = {"kind": "unilevel", "levels": ["50%"], "funding": "house"}
    payout = most_of_an_order(programme(plan=plan, more_ranks=[silver(bonus=500, requires={"earnings": 1000})]))
    assert payout.bonuses == Fraction(1, 10) + Fraction(1, 20)
    by_sales = programme(plan=plan, more_ranks=[silver(bonus=500, requires={"sales": 1000})])
    assert most_of_an_order(by_sales).bonuses == Fraction(1, 2)


@pytest.mark.parametrize(
    ("pairing", "share"),
    [
        ({"rate": "10%"}, Fraction(1, 10)),
        ({"unit": 100_000, "bonus": 20_000}, Fraction(1, 5)),
        ({"unit": 100_000, "bonus": 20_000, "ratio": "2:1"}, Fraction(1, 5)),
        ({"unit": 1, "bonus": 20_000, "measure": "members"}, Fraction(0)),
    ],
)
def test_pairing_has_its_share_of_the_volume(pairing: Tables, share: Fraction) -> None:
    paired = programme(plan={**BINARY, "pairing": {"period": "week", **pairing}})
    assert most_of_an_order(paired).pairing == share


def test_pairing_pays_every_member_above_and_that_is_told() -> None:
    deep = programme(plan={**BINARY, "pairing": {"period": "week", "rate": "10%"}})
    (sentence,) = told(deep)
    assert sentence == (
        "plan.pairing: an order counts for every member above it, 10% for each who can match it:"
        " where 9 of them do, it pays more than its total"
    )
    dear = programme(plan={**BINARY, "pairing": {"period": "week", "unit": 1, "bonus": 2}})
    assert keys(dear) == ["program"]
    assert "220% of its total: 20% of direct commission, 200% of pairing for one member above" in told(dear)[0]


def test_income_from_recruiting_without_a_sale_is_told() -> None:
    assert keys(programme(rank={"signup_bonus": 5})) == ["ranks[0].signup_bonus"]
    members = programme(plan={**BINARY, "pairing": {"period": "day", "measure": "members", "unit": 1, "bonus": 5}})
    assert keys(members) == ["plan.pairing.measure"]
    bonus = programme(more_ranks=[silver(bonus=5, requires={"recruits": 3})])
    assert told(bonus) == ["ranks[1].bonus: members are paid for bringing members, without a single sale"]
    with_sales = programme(more_ranks=[silver(bonus=5, requires={"recruits": 3, "sales": 100_000})])
    assert keys(with_sales) == []


def test_paid_joining_together_with_pay_for_bringing_is_told() -> None:
    assert keys(programme(program=PURCHASE)) == []
    both = programme(program=PURCHASE, rank={"signup_bonus": 30_000})
    assert keys(both) == ["program.join.products", "ranks[0].signup_bonus", "program.join.mode"]
    assert told(both)[0] == (
        "program.join.products: a product that joins and costs less than 37500 minor units pays out more than it"
        " brings in"
    )
    assert "pyramid scheme" in told(both)[2]


def test_every_caution_is_one_plain_sentence() -> None:
    plan = {**BINARY, "levels": ["99%"], "base": "sale", "pairing": {"period": "day", "rate": "9%"}}
    for caution in guard_rails(programme(program=PURCHASE, rank={"signup_bonus": 5}, plan=plan)):
        assert caution.sentence
        assert "\n" not in caution.sentence
        assert ". " not in caution.sentence


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0%"),
        (Fraction(1, 8), "12.5%"),
        (Fraction(1, 3), "33.3334%"),
        (Fraction(1), "100%"),
        (Fraction(1_000_000_001, 1_000_000_000), "100.0001%"),
        (Fraction(20), "2000%"),
    ],
)
def test_shares_are_told_as_percentages_rounded_up(share: Fraction, text: str) -> None:
    assert percent(share) == text


def test_a_rate_without_its_percent_sign_is_asked_about_wherever_a_rate_may_stand() -> None:
    asked = programme(
        "20",
        more_ranks=[
            {**silver(requires={"sales": 1}), "commission": "99"},
            {"id": "gold", "commission": "101", "requires": {"sales": 2}},
        ],
        rates=[{"product": "case", "commission": "5"}, {"product": "phone", "commission": "5000"}],
        offers=[{**OFFER, "commission": "30"}],
    )
    assert told(asked) == [
        'ranks[0].commission: "20" is 20 IRT for each unit sold, whatever its price; was 20% meant? Then write "20%"',
        'ranks[1].commission: "99" is 99 IRT for each unit sold, whatever its price; was 99% meant? Then write "99%"',
        'rates[0].commission: "5" is 5 IRT for each unit sold, whatever its price; was 5% meant? Then write "5%"',
        'offers[0].commission: "30" is 30 IRT for each unit sold, whatever its price; was 30% meant? Then write "30%"',
    ]


def test_a_fixed_rate_that_is_no_percentage_is_not_asked_about() -> None:
    assert told(programme("5000")) == []
    assert told(programme("0")) == []
    assert '"20" is 0.20 USD for each unit sold' in told(programme("20", program={"currency": "USD"}))[0]
