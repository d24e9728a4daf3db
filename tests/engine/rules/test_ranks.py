"""Ranks: what each asks for, and which steps a member takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from engine.close_result import Standings
from engine.programme.model import Programme
from engine.records import Member
from engine.rules.ranks import lifetime_cap, may_rise, meets, steps_up

SILVER = {"sales": 1000, "recruits": 2}
GOLD = {"earnings": 500}
DIAMOND = {"sales": 9000, "earnings": 900, "recruits": 9}


def programme(*requirements: dict[str, int], **program: Any) -> Programme:
    names = ("silver", "gold", "diamond")
    first: dict[str, Any] = {"id": "base", "commission": "20%"}
    above = [
        {"id": name, "commission": "20%", "requires": asks} for name, asks in zip(names, requirements, strict=False)
    ]
    return Programme.from_tables({"program": {"currency": "IRT", **program}, "ranks": [first, *above]})


def member(rank: str = "base", sales: int = 0, earnings: int = 0, recruits: int = 0) -> Member:
    return Member("karim", 1, None, None, None, rank, 0, sales=sales, earnings=earnings, recruits=recruits)


def steps(who: Member, *requirements: dict[str, int]) -> list[str]:
    return [rank.id for rank in steps_up(who, programme(*requirements))]


@pytest.mark.parametrize(
    ("sales", "earnings", "recruits", "met"),
    [(9000, 900, 9, True), (9001, 901, 10, True), (8999, 900, 9, False), (9000, 899, 9, False), (9000, 900, 8, False),
     (0, 0, 0, False), (-1, 900, 9, False)],
)  # fmt: skip
def test_a_rank_is_earned_when_all_that_it_asks_for_holds(sales: int, earnings: int, recruits: int, met: bool) -> None:
    diamond = programme(SILVER, GOLD, DIAMOND).ranks[3]
    assert meets(member(sales=sales, earnings=earnings, recruits=recruits), diamond) is met


def test_the_first_rank_asks_for_nothing() -> None:
    assert meets(member(sales=-5, earnings=-5), programme(SILVER).ranks[0])


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (member(), []),
        (member(sales=1000, recruits=2), ["silver"]),
        (member(sales=1000, recruits=1), []),
        (member(earnings=500), ["silver", "gold"]),  # silver is passed, though it asks for more
        (member(earnings=499, sales=1000, recruits=2), ["silver"]),
        (member(sales=9000, earnings=900, recruits=9), ["silver", "gold", "diamond"]),
        (member("silver", earnings=500), ["gold"]),
        (member("silver", sales=9000, earnings=900, recruits=9), ["gold", "diamond"]),
        (member("gold", sales=9000, earnings=900, recruits=9), ["diamond"]),
        (member("gold"), []),  # nobody moves down
        (member("gold", sales=1000, recruits=2), []),
        (member("diamond", sales=9000, earnings=900, recruits=9), []),
    ],
)
def test_a_member_goes_up_to_the_highest_rank_whose_requirements_hold(who: Member, expected: list[str]) -> None:
    assert steps(who, SILVER, GOLD, DIAMOND) == expected


def test_where_there_is_one_rank_nobody_moves() -> None:
    assert steps(member(sales=10**9, earnings=10**9, recruits=100)) == []


@pytest.mark.parametrize(
    ("of_rank", "of_programme", "cap"), [(0, 0, 0), (0, 70, 70), (30, 70, 30), (90, 70, 90), (30, 0, 30)]
)
def test_the_ranks_own_lifetime_cap_goes_before_the_programmes(of_rank: int, of_programme: int, cap: int) -> None:
    tables = {
        "program": {"currency": "IRT", "max_earnings": of_programme},
        "ranks": [{"id": "base", "commission": "20%", "max_earnings": of_rank}],
    }
    loaded = Programme.from_tables(tables)
    assert lifetime_cap(loaded.ranks[0], loaded) == cap


@pytest.mark.parametrize("sales", [999, 1000, 1001])
@pytest.mark.parametrize("earnings", [499, 500, 501])
@pytest.mark.parametrize("recruits", [1, 2, 3])
def test_of_many_members_those_may_rise_who_take_a_step_by_themselves(sales: int, earnings: int, recruits: int) -> None:
    rules = programme(SILVER, GOLD, {"sales": 1000, "earnings": 500, "recruits": 2})
    names = ("base", "silver", "gold", "diamond")
    count = len(names)
    standings = Standings(
        np.arange(count), np.zeros(count), np.full(count, recruits), np.full(count, sales), np.full(count, earnings)
    )
    steps = [bool(steps_up(member(rank, sales, earnings, recruits), rules)) for rank in names]
    assert may_rise(standings, rules).tolist() == steps
