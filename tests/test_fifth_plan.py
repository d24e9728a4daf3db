"""A plan or a spill that only its registry knows is played whole: joined, paid, shown, changed and offered."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import SecretStr

from bot.cli.new_config import Answers, render
from bot.cli.plan_choice import described, offered
from chat import open_chat, texts_of
from engine.errors import ProgrammeChange
from engine.events.model import Attribute, Event, Join, Line, Order, ProgrammeChanged
from engine.network.placement import SPILLS
from engine.network.shape import Shape
from engine.network.tree import Tree
from engine.plans import PLANS
from engine.plans.places import PlanWithPlaces
from engine.plans.team import LevelRow, TeamFacts, TeamRow
from engine.programme.diff import changes
from engine.programme.model import PlanTable, Programme, ProgrammeError
from engine.store.memory import MemoryStore
from plans import with_plan
from stores import DIRECT, sqlite_store

KIND = "twins"
PLAYED = {"kind": KIND, "levels": ["5%", "3%"], "requires": {"legs": 1}}


class Twins(PlanWithPlaces):
    """Gives each member two legs of one place, filled from the right."""

    kind = KIND
    own_keys = frozenset({"requires.legs"})
    template = 'kind = "twins"\nlevels = ["5%"]'
    default_spill = "outward"
    strength = "plan-binary-strength"
    drawback = "plan-binary-drawback"

    def shape(self, table: PlanTable) -> Shape:
        return Shape(2, 1, self.spill(table))

    def fixed_key(self, old: PlanTable, new: PlanTable) -> str | None:
        return "plan.spill" if self.spill(old) != self.spill(new) else None

    def team(self, table: PlanTable, facts: TeamFacts) -> list[TeamRow]:
        return [LevelRow(9, facts.recruits), *super().team(table, facts)]


class Outward:
    """Fills the last free place; if there is none, recurs into the member in the last place."""

    needs_legs: ClassVar[bool] = True

    def __init__(self, tree: Tree) -> None:
        self._tree = tree

    def place(self, sponsor: int) -> tuple[int, int]:
        below = list(self._tree.children(sponsor))
        if len(below) == self._tree.shape.places:
            return self.place(below[-1])
        return sponsor, self._tree.shape.places - 1 - len(below)

    def added(self, position: int) -> None:
        pass


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLANS, KIND, Twins())
    monkeypatch.setitem(SPILLS, "outward", Outward)


def tables(**plan: object) -> dict[str, object]:
    return {**DIRECT, "plan": {**PLAYED, **plan}}


HISTORY: tuple[Event, ...] = (
    Join("nader"),
    Join("babak", "nader"),
    Join("maryam", "nader"),
    Join("karim", "nader"),
    Attribute("ali", "karim"),
    Order("o1", "ali", (Line("phone", 100_000),)),
)


def test_members_join_and_are_paid_in_memory_and_in_a_file(tmp_path: Path) -> None:
    memory = MemoryStore(Programme.from_tables(tables()))
    with sqlite_store(tmp_path / "books.db", tables()) as file:
        for store in (memory, file):
            for at, event in enumerate(HISTORY, start=1):
                assert store.take(event, at).refusal is None
            assert {each.id: (each.parent, each.slot) for each in store.members()} == {
                "nader": (None, None),
                "babak": ("nader", 1),
                "maryam": ("nader", 0),
                "karim": ("babak", 1),
            }
            paid = {(each.member, each.kind, each.level): each.state for each in store.commissions_of_order("o1")}
            assert paid == {
                ("karim", "direct", 0): "available",
                ("babak", "level", 1): "held",  # nobody stands in the left leg
                ("nader", "level", 2): "available",
            }


async def test_the_team_card_has_the_rows_of_the_plan(tmp_path: Path) -> None:
    async with open_chat(tmp_path, with_plan(**PLAYED)) as chat:
        nader = await chat.member("Nader")
        for name in ("Babak", "Maryam", "Karim"):
            await chat.member(name, nader)
        told = texts_of(await chat.send(nader, "/team"))[0]
        for line in ("Level 9: 3 members", "Level 1: 2 members", "Level 2: 1 member", "Left leg: 1 member"):
            assert line in told


def test_its_defaults_are_among_the_changes_and_its_fixed_key_stays() -> None:
    old, new = Programme.from_tables(tables()), Programme.from_tables(tables(spill="left"))
    assert [(each.key, each.before, each.after) for each in changes(old, new)] == [("plan.spill", "outward", "left")]
    store = MemoryStore(old)
    store.take(Join("nader"), 1)
    assert store.take(ProgrammeChanged(tables(spill="left")), 2).refusal is None
    store.take(Join("babak", "nader"), 3)
    refusal = store.take(ProgrammeChanged(tables()), 4).refusal
    assert isinstance(refusal, ProgrammeChange)
    assert refusal.key == "plan.spill"


@pytest.mark.parametrize(
    ("plan", "told"),
    [
        (
            {"kind": KIND, "pairs": 1},
            f'plan.pairs: expected no such key with kind = "{KIND}"; it is for binary',
        ),
        (
            {"kind": "unilevel", "requires": {"legs": 1}},
            f'plan.requires.legs: expected no such key with kind = "unilevel"; it is for binary or {KIND}',
        ),
        ({"kind": "matrix", "spill": "outward"}, 'plan.spill: expected "breadth" or "left" with kind = "matrix"'),
        ({"kind": "four"}, f"plan.kind: expected 'direct', 'unilevel', 'matrix', 'binary' or '{KIND}'"),
        ({"kind": KIND, "spill": "up"}, "plan.spill: expected 'left', 'breadth', 'weaker' or 'outward'"),
    ],
)
def test_what_a_file_may_say_follows_from_the_registries(plan: dict[str, object], told: str) -> None:
    with pytest.raises(ProgrammeError) as caught:
        Programme.from_tables({**DIRECT, "plan": plan})
    assert str(caught.value) == told


def test_init_offers_it() -> None:
    assert offered()[-1] == KIND
    assert "E  level 1: 5% of F's" in described(KIND)
    written = render(Answers(SecretStr("1:a"), "https://api.telegram.org/bot", (), "USD", KIND, SecretStr("k")))
    assert written.endswith('[plan]\nkind = "twins"\nlevels = ["5%"]\n')
