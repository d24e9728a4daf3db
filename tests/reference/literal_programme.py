"""The programme file with every absent key filled in, and what a rate pays (section 2 of the rules)."""

from __future__ import annotations

from copy import deepcopy
from fractions import Fraction
from math import floor
from typing import Any

Tables = dict[str, Any]

PROGRAM: Tables = {
    "timezone": "UTC",
    "calendar": "gregorian",
    "week_start": "monday",
    "approval": "auto",
    "maturity_days": 0,
    "commission_window_days": 0,
    "first_purchase_only": False,
    "max_earnings": 0,
    "min_withdrawal": 0,
}
JOIN: Tables = {"mode": "open", "products": []}
RANK: Tables = {"signup_bonus": 0, "max_earnings": 0, "max_commission": 0, "pairing_cap": 0, "bonus": 0}
RANK_REQUIRES = {"sales": 0, "earnings": 0, "recruits": 0}
PLAN: Tables = {
    "kind": "direct",
    "width": 3,
    "pairs": 1,
    "levels": [],
    "base": "direct",
    "unqualified": "hold",
    "chain": False,
}
PLAN_REQUIRES = {"legs": 0, "recruits": 0, "sales": 0}
PAIRING: Tables = {"measure": "sales", "ratio": "1:1", "carry": "all", "carry_limit": 0, "cap": 0}


def filled_in(tables: Tables) -> Tables:
    """The valid tables of section 2 with every default in its place; an absent `plan.pairing` is None."""
    given = deepcopy(tables)
    program = PROGRAM | given["program"]
    program["join"] = JOIN | program.get("join", {})
    ranks = [RANK | rank | {"requires": RANK_REQUIRES | rank.get("requires", {})} for rank in given["ranks"]]
    return {
        "program": program,
        "ranks": ranks,
        "rates": given.get("rates", []),
        "offers": given.get("offers", []),
        "plan": filled_in_plan(given.get("plan", {})),
    }


def filled_in_plan(given: Tables) -> Tables:
    """The `[plan]` table with its defaults, some of which depend on its other keys."""
    plan = PLAN | given
    plan["requires"] = PLAN_REQUIRES | plan.get("requires", {})
    plan.setdefault("spill", "breadth" if plan["kind"] == "matrix" else "left")
    plan.setdefault("funding", "house" if plan["base"] == "sale" else "seller")
    pairing = plan.get("pairing")
    plan["pairing"] = None if pairing is None else PAIRING | pairing
    return plan


def is_percentage(rate: str) -> bool:
    """Whether the rate is a share of an amount ("20%"), not a fixed amount for each unit ("5000")."""
    return rate.endswith("%")


def share_of(percentage: str, amount: int) -> int:
    """A percentage of an amount in minor units, rounded down."""
    return floor(exact_share_of(percentage, amount))


def exact_share_of(percentage: str, amount: int) -> Fraction:
    """A percentage of an amount in minor units, before any rounding."""
    return Fraction(percentage.removesuffix("%")) * amount / 100


def pays_for_line(rate: str, line: Tables) -> Fraction:
    """What a rate pays for one line: a percentage of its amount, or a fixed amount for each unit."""
    if is_percentage(rate):
        return exact_share_of(rate, line["amount"])
    return Fraction(rate) * int(line["quantity"])


def places_under_a_member(plan: Tables) -> int | None:
    """How many places a member has, or None where the plan knows no places."""
    if plan["kind"] == "matrix":
        return int(plan["width"])
    if plan["kind"] == "binary":
        return 2 * int(plan["pairs"])
    return None


def rank_index(programme: Tables, rank: str) -> int:
    """The position of a rank in the programme, 0 for everybody's start."""
    return [each["id"] for each in programme["ranks"]].index(rank)
