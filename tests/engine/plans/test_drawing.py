"""What a plan's drawing shows: an example network grown by the plan's own rules, and who pays whom in it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import StoreError
from engine.plans import PLANS
from engine.plans.drawing import DrawnMember, DrawnPayment, ExampleNetwork
from engine.programme.model import PlanTable

WEEKLY = {"period": "week", "rate": "8%"}
LEVELS = ["15%", "12%", "8%", "5%"]


def drawing(**plan: Any) -> Any:
    table = PlanTable.model_validate(plan)
    return table.rules.drawing(table)


def places(drawn: Any) -> dict[str, tuple[str | None, int | None]]:
    return {each.name: (each.parent, each.slot) for each in drawn.members}


@pytest.mark.parametrize("kind", ["direct", "unilevel"])
def test_without_places_everyone_is_below_who_brought_them(kind: str) -> None:
    drawn = drawing(kind=kind)
    assert drawn.members[0] == DrawnMember("A", None, None, None)
    assert {each.name: (each.sponsor, each.parent, each.slot) for each in drawn.members[1:]} == {
        "B": ("A", "A", None),
        "C": ("A", "A", None),
        "D": ("A", "A", None),
        "E": ("B", "B", None),
        "F": ("E", "E", None),
    }
    assert drawn.seller == "F"


def test_with_places_whom_somebody_brings_may_be_placed_further_down() -> None:
    assert places(drawing(kind="binary")) == {
        "A": (None, None),
        "B": ("A", 0),
        "C": ("A", 1),
        "D": ("B", 0),
        "E": ("B", 1),
        "F": ("E", 0),
    }
    assert places(drawing(kind="matrix"))["D"] == ("A", 2)
    assert places(drawing(kind="matrix", width=1))["F"] == ("E", 0)


def test_direct_pays_the_seller_alone() -> None:
    assert drawing(kind="direct").payments == (DrawnPayment(None, "F", "direct"),)


def test_levels_are_paid_to_those_above_as_far_as_there_are_any_by_the_seller() -> None:
    assert drawing(kind="unilevel", levels=LEVELS).payments == (
        DrawnPayment(None, "F", "direct", 0, None),
        DrawnPayment("F", "E", "level", 1, "15%"),
        DrawnPayment("F", "B", "level", 2, "12%"),
        DrawnPayment("F", "A", "level", 3, "8%"),
    )


def test_as_many_levels_are_drawn_as_the_plan_pays() -> None:
    drawn = drawing(kind="unilevel", levels=LEVELS[:2])
    assert [each.payee for each in drawn.payments] == ["F", "E", "B"]


def test_the_shop_pays_the_levels_that_it_funds() -> None:
    drawn = drawing(kind="matrix", levels=LEVELS[:1], base="sale")
    assert drawn.paid_to("E") == [DrawnPayment(None, "E", "level", 1, "15%")]


def test_pairing_is_paid_to_those_above_who_have_somebody_in_both_legs() -> None:
    pairing = [each for each in drawing(kind="binary", pairing=WEEKLY).payments if each.kind == "pairing"]
    assert pairing == [DrawnPayment(None, "B", "pairing"), DrawnPayment(None, "A", "pairing")]  # E has a left leg alone


@pytest.mark.parametrize("kind", PLANS)
def test_who_is_below_whom_is_told_by_place(kind: str) -> None:
    drawn = drawing(kind=kind)
    assert [each.name for each in drawn.below(None)] == ["A"]
    found = ["A"]
    for name in found:
        found += [each.name for each in drawn.below(name)]
    assert sorted(found) == ["A", "B", "C", "D", "E", "F"]


def test_those_below_stand_in_the_order_of_their_places_and_not_of_joining() -> None:
    drawn = drawing(kind="binary", pairs=2, spill="weaker")  # the places are taken 0, 2, 1
    assert [each.name for each in drawn.members if each.parent == "A"] == ["B", "C", "D"]
    assert [each.name for each in drawn.below("A")] == ["B", "D", "C"]


def test_the_example_of_a_plan_without_places_has_no_tree() -> None:
    with pytest.raises(StoreError, match="the plan has no places"):
        ExampleNetwork(None).tree()
