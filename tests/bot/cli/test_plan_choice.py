"""How the plans that `moaref init` offers are described: for, against, and who pays whom."""

import tomllib

from bot.cli.plan_choice import described, drawing_text, offered
from engine.plans import DEFAULT_PLAN, PLANS
from engine.programme.model import PlanTable


def test_every_plan_is_offered_with_a_table_that_works() -> None:
    assert offered() == ("direct", "unilevel", "matrix", "binary")
    assert offered()[0] == DEFAULT_PLAN
    for kind in offered():
        assert PlanTable.model_validate(tomllib.loads(PLANS[kind].template or "")).kind == kind


def test_a_plan_is_described_by_a_sentence_for_it_one_against_it_and_its_drawing() -> None:
    kind, strength, drawback, *drawing = described("unilevel").split("\n")
    assert kind == "unilevel"
    assert strength.startswith("  + Those above a seller share")
    assert drawback.startswith("  - The levels either cut")
    assert drawing == [
        "  A  level 3: 8% of F's",
        "  ├── B  level 2: 12% of F's",
        "  │   └── E  level 1: 15% of F's",
        "  │       └── F  sells, and gets the commission",
        "  ├── C",
        "  └── D",
        "",
    ]


def test_a_member_who_is_paid_twice_has_both_payments_in_one_line() -> None:
    plan = {"kind": "binary", "levels": ["5%", "3%"], "base": "sale", "pairing": {"period": "week", "rate": "8%"}}
    table = PlanTable.model_validate(plan)
    assert drawing_text(table.rules.drawing(table)).splitlines() == [
        "  A  pairing",
        "  ├── B  level 2: 3%  pairing",
        "  │   ├── D",
        "  │   └── E  level 1: 5%",
        "  │       └── F  sells, and gets the commission",
        "  └── C",
    ]
