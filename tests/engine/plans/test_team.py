"""Which rows a plan makes of what is counted below a member."""

from __future__ import annotations

from typing import Any

import pytest

from engine.plans.team import CloseRow, LegRow, LevelRow, NobodyRow, RecruitsRow, TeamFacts
from engine.programme.model import PlanTable

WEEKLY = {"period": "week", "rate": "8%"}


def rows(facts: TeamFacts, **plan: Any) -> Any:
    table = PlanTable.model_validate(plan)
    return table.rules.team(table, facts)


def counted(**given: Any) -> TeamFacts:
    return TeamFacts(**{"levels": (2, 1), "recruits": 3, "legs": (), "closes": None, **given})


def test_paid_levels_have_a_row_each() -> None:
    assert rows(counted(), kind="unilevel", levels=["5%", "3%"]) == [LevelRow(1, 2), LevelRow(2, 1)]


@pytest.mark.parametrize("kind", ["direct", "unilevel", "matrix"])
def test_without_paid_levels_those_who_were_brought_are_counted(kind: str) -> None:
    assert rows(counted(), kind=kind) == [RecruitsRow(3)]


@pytest.mark.parametrize("plan", [{"kind": "direct"}, {"kind": "unilevel", "levels": ["5%"]}])
def test_an_empty_team_is_said_to_be_empty(plan: dict[str, Any]) -> None:
    assert rows(counted(levels=(), recruits=0), **plan) == [NobodyRow()]


def test_legs_have_their_volume_and_the_close_where_pairing_pays_for_them() -> None:
    facts = counted(legs=((4, 100), (1, 0)), closes=7)
    assert rows(facts, kind="binary", pairing=WEEKLY) == [
        RecruitsRow(3),
        LegRow("left", 4, 100),
        LegRow("right", 1, 0),
        CloseRow(7),
    ]


def test_legs_without_pairing_have_members_alone() -> None:
    facts = counted(legs=((4, 0), (1, 0)))
    assert rows(facts, kind="binary")[1:] == [LegRow("left", 4, None), LegRow("right", 1, None)]


def test_a_period_without_an_end_in_sight_has_no_row() -> None:
    facts = counted(legs=((4, 100), (1, 0)))
    assert rows(facts, kind="binary", pairing=WEEKLY)[-1] == LegRow("right", 1, 0)


@pytest.mark.parametrize(
    ("plan", "legs", "depth"),
    [
        ({"kind": "direct"}, 0, 0),
        ({"kind": "unilevel", "levels": ["5%"]}, 0, 1),
        ({"kind": "matrix", "width": 1, "levels": ["5%", "3%"]}, 0, 2),
        ({"kind": "matrix", "width": 2}, 0, 0),
        ({"kind": "binary", "pairs": 2, "levels": ["5%"]}, 2, 1),
    ],
)
def test_a_plan_has_two_legs_or_none_and_as_many_levels_as_it_pays(plan: Any, legs: int, depth: int) -> None:
    table = PlanTable.model_validate(plan)
    assert (table.legs, table.depth) == (legs, depth)
