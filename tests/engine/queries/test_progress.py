from typing import Any

import pytest

from engine.programme.model import Programme
from engine.queries.progress import (
    Need,
    exact_share,
    general_rate,
    next_close,
    next_rank,
    offers_for,
    plan_needs,
    rank_needs,
)
from engine.records import Member

TABLES: dict[str, Any] = {
    "program": {"currency": "IRT", "timezone": "Asia/Tehran", "calendar": "jalali", "week_start": "saturday"},
    "ranks": [
        {"id": "base", "commission": "20%"},
        {"id": "silver", "commission": "25%", "requires": {"sales": 100, "earnings": 50}},
    ],
}
NOON = 1_774_090_800_000  # 2026-03-21T11:00:00Z, 1 Farvardin 1405, a Saturday
DAY = 86_400_000


def member(**values: Any) -> Member:
    return Member("sara", 1, None, None, None, values.pop("rank", "base"), 0, **values)


def programme(**more: Any) -> Programme:
    return Programme.from_tables({**TABLES, **more})


def test_only_what_is_asked_is_a_need() -> None:
    asks = programme(plan={"kind": "binary", "requires": {"legs": 2, "sales": 10}}).plan.requires
    needs = plan_needs(member(sales=12), asks, (2, 1))
    assert needs == [Need("sales", 12, 10), Need("left", 2, 2), Need("right", 1, 2)]
    assert [need.met for need in needs] == [True, True, False]
    assert plan_needs(member(), None, (0, 0)) == []


def test_a_rank_asks_its_subset_and_the_first_asks_nothing() -> None:
    base, silver = programme().ranks
    assert rank_needs(member(sales=99, earnings=50), silver) == [Need("sales", 99, 100), Need("earnings", 50, 50)]
    assert rank_needs(member(), base) == []


def test_the_next_rank_is_the_one_above_and_none_at_the_top() -> None:
    following = next_rank(member(), programme())
    assert following is not None
    assert following.id == "silver"
    assert next_rank(member(rank="silver"), programme()) is None


@pytest.mark.parametrize(
    ("period", "closes"),
    [("day", "2026-03-21T20:30"), ("week", "2026-03-27T20:30"), ("month", "2026-04-20T20:30")],
)
def test_the_open_period_closes_at_the_next_boundary(period: str, closes: str) -> None:
    from engine.events.codec import iso_time

    plan = {"kind": "binary", "pairing": {"period": period, "rate": "10%"}}
    at = next_close(programme(plan=plan), NOON)
    assert at is not None
    assert iso_time(at).startswith(closes)
    assert next_close(programme(), NOON) is None


def test_an_offer_is_for_its_sellers_until_it_ends() -> None:
    offers = [
        {"id": "all", "commission": "30%"},
        {"id": "past", "commission": "30%", "ends": "2026-03-21T11:00:00Z"},
        {"id": "later", "commission": "30%", "starts": "2027-01-01T00:00:00Z"},
        {"id": "other", "commission": "30%", "members": ["ali"]},
        {"id": "mine", "commission": "30%", "members": ["sara"], "ends": "2026-03-21T11:00:01Z"},
    ]
    assert [each.id for each in offers_for("sara", programme(offers=offers), NOON)] == ["all", "later", "mine"]


@pytest.mark.parametrize(
    ("percent", "amount", "exact"), [("15%", 20_001, "3000.15"), ("12.5%", 8, None), ("0.0001%", 1, "0.000001")]
)
def test_a_share_is_told_exactly_where_it_is_no_whole_number(percent: str, amount: int, exact: str | None) -> None:
    assert exact_share(percent, amount) == exact


LATER, ENDS = "2026-03-22T00:00:00Z", "2026-03-23T00:00:00Z"


@pytest.mark.parametrize(
    ("offers", "rank", "rate"),
    [
        ([], "base", "20%"),
        ([], "silver", "25%"),
        (
            [{"id": "all", "commission": "5%", "ends": ENDS}],
            "silver",
            "5%",
        ),  # an offer goes before the rank, as in an order
        ([{"id": "a", "commission": "30%"}, {"id": "b", "commission": "40%"}], "base", "40%"),
        ([{"id": "a", "commission": "5000"}, {"id": "b", "commission": "30%"}], "base", "30%"),
        ([{"id": "soon", "commission": "30%", "starts": LATER}], "base", "20%"),
        ([{"id": "cases", "commission": "60%", "products": ["case"]}], "base", "20%"),
        ([{"id": "shoes", "commission": "60%", "categories": ["shoes"]}], "base", "20%"),
        ([{"id": "hers", "commission": "60%", "members": ["sara"]}], "base", "60%"),
        ([{"id": "his", "commission": "60%", "members": ["nader"]}], "base", "20%"),
    ],
)
def test_the_general_rate_is_what_an_order_of_nothing_special_pays(
    offers: list[dict[str, Any]], rank: str, rate: str
) -> None:
    assert general_rate(member().id, rank, programme(offers=offers), NOON).text == rate
