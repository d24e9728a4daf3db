from fractions import Fraction
from typing import Any

import pytest

from engine.programme.model import Programme
from engine.queries.example_order import example_order

NOON = 1_774_090_800_000
LEVELS = ["15%", "12%", "8%"]


def programme(plan: dict[str, Any], rate: str = "20%", **more: Any) -> Programme:
    return Programme.from_tables(
        {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": rate}], "plan": plan, **more}
    )


@pytest.mark.parametrize(
    ("plan", "shares"),
    [
        ({"kind": "direct"}, [("F", 0, 200)]),
        ({"kind": "unilevel", "levels": LEVELS}, [("F", 0, 130), ("E", 1, 30), ("B", 2, 24), ("A", 3, 16)]),
        ({"kind": "matrix", "levels": ["10%"], "base": "sale"}, [("F", 0, 200), ("E", 1, 100)]),
        ({"kind": "binary", "pairing": {"period": "week", "rate": "10%"}}, [("F", 0, 200)]),
    ],
)
def test_an_order_is_taken_by_the_rules_of_its_plan(plan: dict[str, Any], shares: list[tuple[str, int, int]]) -> None:
    order = example_order(programme(plan), 1000, NOON)
    assert [(each.member, each.level, each.amount) for each in order.shares] == shares
    assert order.part == Fraction(sum(amount for *_, amount in shares), 1000)


def test_an_offer_that_holds_then_counts_and_bonuses_for_joining_do_not() -> None:
    offers = [{"id": "spring", "commission": "50%", "ends": "2026-04-01T00:00:00Z"}]
    ranks = [{"id": "base", "commission": "20%", "signup_bonus": 5}]
    asked = programme({"kind": "direct"}, offers=offers, ranks=ranks)
    assert example_order(asked, 1000, NOON).paid == 500
    assert example_order(asked, 1000, NOON + 30 * 86_400_000).paid == 200
