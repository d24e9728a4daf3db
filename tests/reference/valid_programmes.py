"""Hypothesis strategies for the tables of the programme file: always valid ones, of every kind of plan.

Numbers are small, so that caps, ranks and requirements come into play in short histories.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

Tables = dict[str, Any]

ALL_KINDS = ("direct", "unilevel", "matrix", "binary")
SPONSOR_TREE_KINDS = ("direct", "unilevel")
CAST = ("nader", "babak", "maryam", "karim", "mohammad", "sara", "ali", "hamid")
PRODUCTS = ("phone", "case", "starter")
CATEGORIES = ("phones", "books")
ZONES = ("UTC", "Asia/Tehran", "America/New_York", "Africa/Cairo")
FUNDINGS: tuple[Tables, ...] = (
    {},
    {"base": "direct", "funding": "seller"},
    {"funding": "house"},
    {"base": "sale"},
)

flags = st.booleans()
mostly = st.sampled_from((True, True, True, True, False))
percentages = st.sampled_from(("20%", "30%", "12.5%", "33.33%", "50%", "8%", "0.07%", "100%"))
fixed_amounts = st.sampled_from(("1", "25", "250", "3000"))
rates = st.one_of(percentages, percentages, fixed_amounts)
small_caps = st.sampled_from((0, 0, 0, 40, 150, 600, 2500))
bonuses = st.sampled_from((0, 7, 50, 400))


def dictionaries(required: dict[str, Any], optional: dict[str, Any]) -> SearchStrategy[Tables]:
    """Tables of which the optional keys may be absent."""
    return st.fixed_dictionaries(required, optional=optional)


def program_tables() -> SearchStrategy[Tables]:
    """`[program]`, a third of the time one that can only be joined through a purchase."""
    purchase = st.just({"mode": "purchase", "products": ["starter"]})
    return dictionaries(
        {"currency": st.sampled_from(("IRT", "IRT", "IRT", "USD"))},
        {
            "timezone": st.sampled_from(ZONES),
            "calendar": st.sampled_from(("gregorian", "jalali")),
            "week_start": st.sampled_from(("monday", "saturday", "sunday")),
            "approval": st.sampled_from(("auto", "auto", "manual")),
            "maturity_days": st.sampled_from((0, 1, 3, 14)),
            "commission_window_days": st.sampled_from((0, 0, 2, 30)),
            "first_purchase_only": st.sampled_from((False, False, False, True)),
            "max_earnings": st.sampled_from((0, 0, 100, 2000)),
            "min_withdrawal": st.sampled_from((0, 0, 20)),
            "join": st.one_of(st.just({"mode": "open"}), purchase, purchase),
        },
    )


@st.composite
def rank_tables(draw: DrawFn) -> list[Tables]:
    """One to three ranks, each but the first with at least one requirement."""
    values = {
        "signup_bonus": bonuses, "max_earnings": small_caps, "max_commission": small_caps,
        "pairing_cap": small_caps, "bonus": bonuses,
    }  # fmt: skip
    ids = draw(st.sampled_from((["base"], ["base", "silver"], ["base", "silver", "gold"], ["base", "gold"])))
    ranks = [draw(dictionaries({"id": st.just(each), "commission": rates}, values)) for each in ids]
    limits = {
        "sales": st.sampled_from((0, 500, 2000)), "earnings": st.sampled_from((0, 30, 300)),
        "recruits": st.sampled_from((0, 1, 2, 3)),
    }  # fmt: skip
    for rank in ranks[1:]:
        wanted = draw(dictionaries({}, limits))
        rank["requires"] = wanted if any(wanted.values()) else {"recruits": 2}
    return ranks


def rate_tables() -> SearchStrategy[list[Tables]]:
    """`[[rates]]` of a product or of a category, several of which may speak of the same one."""
    of_product = st.fixed_dictionaries({"product": st.sampled_from(PRODUCTS), "commission": rates})
    of_category = st.fixed_dictionaries({"category": st.sampled_from(CATEGORIES), "commission": rates})
    return st.lists(st.one_of(of_product, of_category), max_size=3)


@st.composite
def offer_tables(draw: DrawFn) -> list[Tables]:
    """`[[offers]]` of products, of categories or of everything, perhaps for a time, perhaps for some."""
    some = {
        "members": st.lists(st.sampled_from(CAST), min_size=1, max_size=4, unique=True),
        "starts": st.sampled_from(("2026-01-02T00:00:00Z", "2026-03-21T00:00:00+03:30")),
        "ends": st.sampled_from(("2026-03-22T00:00:00Z", "2026-05-01T00:00:00+02:00")),
    }
    offers = draw(st.lists(dictionaries({"commission": rates}, some), max_size=2))
    for number, offer in enumerate(offers, start=1):
        offer["id"] = f"offer-{number}"
        scope = draw(st.sampled_from(("everything", "products", "categories")))
        if scope != "everything":
            named = PRODUCTS if scope == "products" else CATEGORIES
            offer[scope] = draw(st.lists(st.sampled_from(named), min_size=1, max_size=2, unique=True))
    return offers


@st.composite
def level_rates(draw: DrawFn, at_most_whole: bool) -> list[str]:
    """Percentages of one to five levels; at most 100% in all where the seller pays for them."""
    levels = draw(st.lists(percentages, min_size=1, max_size=5))
    while at_most_whole and sum(Decimal(level.removesuffix("%")) for level in levels) > 100:
        levels.pop()
    return levels


@st.composite
def plan_tables(draw: DrawFn, kinds: Sequence[str]) -> Tables:
    """`[plan]` of one of the kinds, without the contradictions that loading refuses."""
    kind = draw(st.sampled_from((*kinds, kinds[-1], kinds[-1])))
    plan: Tables = {"kind": kind}
    house_pays = False
    if kind != "direct":
        plan |= draw(st.sampled_from(FUNDINGS))
        house_pays = plan.get("funding") == "house" or plan.get("base") == "sale"
        if draw(mostly):
            plan["levels"] = draw(level_rates(at_most_whole=not house_pays))
    delivery_statuses = ("hold", "house", "compress") if house_pays else ("hold", "house", "compress", "seller")
    plan |= draw(dictionaries({}, {"unqualified": st.sampled_from(("hold", "hold", *delivery_statuses))}))
    if plan.get("unqualified", "hold") in ("hold", "house"):
        plan |= draw(dictionaries({}, {"chain": flags}))
    if kind == "matrix":
        spills = st.sampled_from(("breadth", "left"))
        plan |= draw(dictionaries({}, {"width": st.sampled_from((1, 2, 3)), "spill": spills}))
    if kind == "binary":
        spills = st.sampled_from(("left", "breadth", "weaker"))
        plan |= draw(dictionaries({}, {"pairs": st.sampled_from((1, 1, 2)), "spill": spills}))
        plan |= {"pairing": draw(pairing_tables())} if draw(mostly) else {}
    return plan | ({"requires": draw(requirements(kind))} if draw(mostly) else {})


def requirements(kind: str) -> SearchStrategy[Tables]:
    """`[plan.requires]`, mostly one requirement that can be met, sometimes several."""
    legs = {"legs": st.sampled_from((1, 1, 2))} if kind == "binary" else {}
    every = {"recruits": st.sampled_from((1, 1, 2)), "sales": st.sampled_from((100, 1500)), **legs}
    one_alone = [st.fixed_dictionaries({key: limit}) for key, limit in every.items()]
    return st.one_of(*one_alone, dictionaries({}, every))


@st.composite
def pairing_tables(draw: DrawFn) -> Tables:
    """`[plan.pairing]`, by rate of the matched volume or by whole pairs."""
    measure = draw(st.sampled_from(("sales", "sales", "members")))
    pairing = draw(dictionaries(
        {"period": st.sampled_from(("week", "day", "day", "month")), "measure": st.just(measure)},
        {"carry": st.sampled_from(("all", "all", "none")), "cap": small_caps},
    ))  # fmt: skip
    if draw(st.sampled_from((False, False, True))):
        pairing |= {"carry": "limited", "carry_limit": draw(st.sampled_from((0, 300, 2000)))}
    if draw(flags):
        return pairing | {"rate": draw(percentages)}
    unit = st.sampled_from((1, 2) if measure == "members" else (1, 100, 250))
    return pairing | draw(dictionaries({"unit": unit, "bonus": st.sampled_from((1, 60))},
                                       {"ratio": st.sampled_from(("1:1", "2:1", "1:2"))}))  # fmt: skip


def programmes(kinds: Sequence[str] = ALL_KINDS) -> SearchStrategy[Tables]:
    """Valid tables of the programme file with a plan of one of the kinds."""
    return dictionaries(
        {"program": program_tables(), "ranks": rank_tables()},
        {"rates": rate_tables(), "offers": offer_tables()},
    ).flatmap(lambda tables: plan_tables(kinds).map(lambda plan: tables | {"plan": plan}))
