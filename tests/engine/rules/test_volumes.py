"""Legs that fill and periods that close: who is released by it, and what it leaves."""

from __future__ import annotations

from typing import Any

import pytest

from engine.events.codec import from_json
from engine.programme.model import DAY_MS, Programme
from engine.store.memory import MemoryStore


def opened(plan: dict[str, Any], **program: Any) -> MemoryStore:
    base = {"id": "base", "commission": "20%", "signup_bonus": 50}
    tables = {"program": {"currency": "IRT"} | program, "ranks": [base], "plan": {"kind": "binary"} | plan}
    return MemoryStore(Programme.from_tables(tables))


def join(store: MemoryStore, member: str, sponsor: str | None = None) -> None:
    event = {"type": "join", "member": member} | ({"sponsor": sponsor} if sponsor else {})
    assert store.take(from_json(event), store.last_at()).refusal is None


def buy(store: MemoryStore, buyer: str, amount: int = 1000, at: int = 0, **more: Any) -> None:
    lines = [{"product": "phone", "amount": amount}]
    event = {"type": "order", "order": f"of {buyer}", "buyer": buyer, "lines": lines} | more
    assert store.take(from_json(event), at).refusal is None


def states(store: MemoryStore) -> dict[str, str]:
    return {f"{each.member} {each.source}": each.state for each in store.all_commissions()}


def test_a_leg_filled_by_somebody_elses_recruit_releases_what_was_held() -> None:
    """Somebody sells under babak, whose right leg is empty until nader's fourth recruit spills into it."""
    store = opened({"levels": ["15%"], "requires": {"legs": 1}})
    for member in ("nader", "babak", "maryam", "karim"):
        join(store, member, "nader" if member != "nader" else None)
    store.take(from_json({"type": "attribute", "person": "sara", "referrer": "karim"}), 0)
    buy(store, "sara")
    assert states(store)["babak order:of sara"] == "held"
    join(store, "mohammad", "nader")
    assert store.all_members["mohammad"].parent == "babak"
    assert states(store)["babak order:of sara"] == "available"


def test_both_legs_must_have_enough() -> None:
    """Two in each: the right leg alone is not enough, and a leg with more than enough says nothing of the other."""
    store = opened({"requires": {"legs": 2}})
    join(store, "nader")
    join(store, "babak", "nader")
    join(store, "maryam", "nader")
    bonus = "nader join:maryam"
    for newcomer, sponsor in (("karim", "maryam"), ("mohammad", "maryam")):
        join(store, newcomer, sponsor)
        assert states(store)[bonus] == "held"
    assert store.tree().leg_counts("nader") == (1, 3)
    join(store, "ali", "babak")
    assert store.tree().leg_counts("nader") == (2, 3)
    assert states(store)[bonus] == "available"


def test_a_leg_fills_from_as_deep_as_people_join() -> None:
    store = opened({"requires": {"legs": 3}})
    for member, sponsor in (("nader", None), ("babak", "nader"), ("maryam", "nader"), ("karim", "babak"),
                            ("mohammad", "maryam"), ("sara", "mohammad"), ("ali", "karim")):  # fmt: skip
        assert states(store).get("nader join:babak", "held") == "held"
        join(store, member, sponsor)
    assert store.tree().leg_counts("nader") == (3, 3)
    assert states(store)["nader join:babak"] == "available"
    assert states(store)["babak join:karim"] == "held"


def test_the_newcomer_counts_towards_the_bonus_that_it_brings() -> None:
    store = opened({"requires": {"legs": 1}, "unqualified": "house"})
    for member in ("babak", "maryam", "karim"):
        if member == "babak":
            join(store, "nader")
        join(store, member, "nader")
    assert states(store) == {"nader join:maryam": "available", "nader join:karim": "available"}


PAIRING = {"period": "day", "measure": "members", "unit": 1, "bonus": 9, "carry": "none"}


def test_what_comes_after_several_closes_happens_at_its_own_time() -> None:
    """After the first day nothing is left to pair; the order is credited when it came all the same."""
    store = opened({"pairing": PAIRING}, maturity_days=1)
    for member in ("nader", "babak", "maryam"):
        join(store, member, "nader" if member != "nader" else None)
    store.take(from_json({"type": "attribute", "person": "sara", "referrer": "babak"}), 0)
    buy(store, "sara", at=5 * DAY_MS + 7)
    found = {each.source: (each.credited, each.state) for each in store.all_commissions() if each.kind != "signup"}
    assert found == {"period:1970-01-01": (DAY_MS, "available"), "order:of sara": (5 * DAY_MS + 7, "pending")}


def test_an_orders_own_maturity_holds_for_its_levels_too() -> None:
    store = opened({"levels": ["15%"]}, maturity_days=1)
    join(store, "nader")
    join(store, "babak", "nader")
    store.take(from_json({"type": "attribute", "person": "sara", "referrer": "babak"}), 0)
    buy(store, "sara", maturity_days=21)
    matures = {each.member: each.matures for each in store.all_commissions() if each.kind in ("direct", "level")}
    assert matures == {"babak": 21 * DAY_MS, "nader": 21 * DAY_MS}


@pytest.mark.parametrize(
    ("rule", "joins"),
    [
        ({"mode": "purchase", "products": ["phone"]}, True),
        ({"mode": "purchase", "products": ["starter", "phone"]}, True),
        ({"mode": "purchase", "products": ["starter"]}, False),
        ({"mode": "purchase"}, False),
        ({"mode": "open", "products": ["phone"]}, False),
        ({}, False),
    ],
)
def test_buying_a_joining_product_makes_a_member_where_that_is_how_one_joins(rule: dict[str, Any], joins: bool) -> None:
    store = opened({}, join=rule)
    join(store, "nader")
    store.take(from_json({"type": "attribute", "person": "sara", "referrer": "nader"}), 0)
    buy(store, "sara")
    assert ("sara" in store.all_members) is joins
    assert ("nader join:sara" in states(store)) is joins


def test_a_stranger_joins_by_purchase_at_the_root_of_a_tree_of_their_own() -> None:
    store = opened({}, join={"mode": "purchase", "products": ["phone"]})
    buy(store, "hamid")
    hamid = store.all_members["hamid"]
    assert (hamid.sponsor, hamid.parent, hamid.slot) == (None, None, None)
    assert states(store) == {}
