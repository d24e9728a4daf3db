"""Where each plan places a newcomer: the rules' own examples, in the order of joining."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.events.model import Join, Suspend
from engine.plans import PLANS
from engine.programme.model import Programme
from engine.store.memory import MemoryStore
from stores import DIRECT, sqlite_store

Place = tuple[str | None, int | None]

SEVEN = ("babak", "maryam", "karim", "mohammad", "sara", "ali", "hamid")


def tables(**plan: Any) -> dict[str, Any]:
    return {**DIRECT, "plan": plan}


def joined(plan: dict[str, Any], *joins: tuple[str, str | None]) -> MemoryStore:
    store = MemoryStore(Programme.from_tables(tables(**plan)))
    for at, (member, sponsor) in enumerate(joins, start=1):
        store.take(Join(member, sponsor), at)
    return store


def places(store: MemoryStore) -> dict[str, Place]:
    return {member.id: (member.parent, member.slot) for member in store.members()}


def under_nader(plan: dict[str, Any], how_many: int) -> list[Place]:
    """The places of so many whom one member recruits, in order."""
    store = joined(plan, ("nader", None), *((name, "nader") for name in SEVEN[:how_many]))
    return list(places(store).values())[1:]


def test_each_plan_is_in_its_own_file_and_registered_by_its_kind() -> None:
    assert {kind: type(plan).__module__ for kind, plan in PLANS.items()} == {
        kind: f"engine.plans.{kind}" for kind in PLANS
    }
    assert list(PLANS)[:4] == ["direct", "unilevel", "matrix", "binary"]


@pytest.mark.parametrize("kind", ["direct", "unilevel"])
def test_without_places_the_parent_is_the_sponsor(kind: str) -> None:
    store = joined({"kind": kind}, ("nader", None), ("babak", "nader"), ("maryam", "babak"), ("karim", "nader"))
    assert places(store) == {
        "nader": (None, None),
        "babak": ("nader", None),
        "maryam": ("babak", None),
        "karim": ("nader", None),
    }
    assert PLANS[kind].place("babak", store) == ("babak", None)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        (  # breadth is what a matrix does when nothing is said, and 3 is its width
            {"kind": "matrix"},
            [("nader", 0), ("nader", 1), ("nader", 2), ("babak", 0), ("babak", 1), ("babak", 2), ("maryam", 0)],
        ),
        (
            {"kind": "matrix", "width": 2, "spill": "breadth"},
            [("nader", 0), ("nader", 1), ("babak", 0), ("babak", 1), ("maryam", 0), ("maryam", 1), ("karim", 0)],
        ),
        (
            {"kind": "matrix", "width": 2, "spill": "left"},
            [("nader", 0), ("nader", 1), ("babak", 0), ("babak", 1), ("karim", 0), ("karim", 1), ("sara", 0)],
        ),
        (
            {"kind": "matrix", "width": 1},
            [("nader", 0), ("babak", 0), ("maryam", 0), ("karim", 0), ("mohammad", 0), ("sara", 0), ("ali", 0)],
        ),
        (  # left is what a binary does when nothing is said: the third recruit lands under the left one
            {"kind": "binary"},
            [("nader", 0), ("nader", 1), ("babak", 0), ("babak", 1), ("karim", 0), ("karim", 1), ("sara", 0)],
        ),
        (
            {"kind": "binary", "spill": "breadth"},
            [("nader", 0), ("nader", 1), ("babak", 0), ("babak", 1), ("maryam", 0), ("maryam", 1), ("karim", 0)],
        ),
        (  # the two pairs are filled before anybody goes down
            {"kind": "binary", "pairs": 2},
            [("nader", 0), ("nader", 1), ("nader", 2), ("nader", 3), ("babak", 0), ("babak", 1), ("babak", 2)],
        ),
        (
            {"kind": "binary", "spill": "weaker"},
            [("nader", 0), ("nader", 1), ("babak", 0), ("maryam", 0), ("babak", 1), ("maryam", 1), ("karim", 0)],
        ),
        (  # the legs take turns: 0, 2, 1, 3, and then the smallest below each
            {"kind": "binary", "pairs": 2, "spill": "weaker"},
            [("nader", 0), ("nader", 2), ("nader", 1), ("nader", 3), ("babak", 0), ("maryam", 0), ("karim", 0)],
        ),
    ],
)
def test_one_members_recruits_are_placed_in_order(plan: dict[str, Any], expected: list[Place]) -> None:
    assert under_nader(plan, len(expected)) == expected


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"kind": "binary", "spill": "left"}, ("karim", 0)),
        ({"kind": "binary", "spill": "breadth"}, ("maryam", 0)),
        ({"kind": "binary", "spill": "weaker"}, ("maryam", 0)),
        ({"kind": "matrix", "width": 2, "spill": "left"}, ("karim", 0)),
    ],
)
def test_the_spill_goes_down_from_the_sponsor(plan: dict[str, Any], expected: Place) -> None:
    """Nader has babak and maryam, and babak has recruited two of his own."""
    store = joined(
        plan, ("nader", None), ("babak", "nader"), ("maryam", "nader"), ("karim", "babak"), ("ali", "babak"),
        ("hamid", "nader"),
    )  # fmt: skip
    assert places(store)["hamid"] == expected
    assert places(store)["karim"] == ("babak", 0)


def test_the_weaker_leg_is_the_left_one_on_a_tie_and_counts_all_below() -> None:
    store = joined(
        {"kind": "binary", "spill": "weaker"},
        ("nader", None), ("babak", "nader"), ("maryam", "nader"), ("karim", "maryam"), ("sara", "nader"),
        ("ali", "nader"), ("hamid", "nader"),
    )  # fmt: skip
    assert places(store) == {
        "nader": (None, None),
        "babak": ("nader", 0),
        "maryam": ("nader", 1),
        "karim": ("maryam", 0),
        "sara": ("babak", 0),  # one against two: left
        "ali": ("babak", 1),  # two against two: left on a tie
        "hamid": ("maryam", 1),  # three against two: right
    }


def test_a_member_without_a_sponsor_begins_a_tree_of_their_own() -> None:
    store = joined({"kind": "binary"}, ("nader", None), ("babak", None), ("maryam", "babak"), ("karim", "nader"))
    assert places(store) == {
        "nader": (None, None),
        "babak": (None, None),
        "maryam": ("babak", 0),
        "karim": ("nader", 0),
    }


def test_a_suspended_member_keeps_the_place_and_is_spilled_over(tmp_path: Path) -> None:
    memory = MemoryStore(Programme.from_tables(tables(kind="binary")))
    with sqlite_store(tmp_path / "books.db", tables(kind="binary")) as file:
        for store in (memory, file):
            for at, member in enumerate(("babak", "maryam", "karim"), start=2):
                if at == 2:
                    store.take(Join("nader"), 1)
                store.take(Join(member, "nader"), at)
                store.take(Suspend(member), at)
            assert [(one.parent, one.slot) for one in store.members()] == [
                (None, None), ("nader", 0), ("nader", 1), ("babak", 0),
            ]  # fmt: skip
