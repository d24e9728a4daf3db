"""What a commission remembers of how it came about, to the last word: /why and --explain are told from it."""

from __future__ import annotations

from typing import Any

import pytest

from engine.errors import Conflict, OverRefund, UnknownOrder
from engine.events.codec import from_json
from engine.facts import Decision
from engine.ledger import Transfer
from engine.notices import kind_of, values_of
from engine.programme.model import DAY_MS, Programme
from engine.records import Commission
from engine.store.memory import MemoryStore

PHONE = {"product": "phone", "amount": 99_999, "category": "gadgets", "quantity": 2}


def opened(**tables: Any) -> MemoryStore:
    """nader, babak under him, and sara who has come through babak's link, all at moment 0."""
    base = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
    store = MemoryStore(Programme.from_tables(base | tables))
    take(store, {"type": "join", "member": "nader"})
    take(store, {"type": "join", "member": "babak", "sponsor": "nader"})
    take(store, {"type": "attribute", "person": "sara", "referrer": "babak"})
    return store


def take(store: MemoryStore, event: dict[str, Any], at: int = 0) -> Decision:
    return store.take(from_json(event), at)


def buy(store: MemoryStore, *lines: dict[str, Any], order: str = "o1", at: int = 0) -> Decision:
    return take(store, {"type": "order", "order": order, "buyer": "sara", "lines": list(lines) or [PHONE]}, at)


def the(store: MemoryStore, source: str, member: str) -> Commission:
    found = store.commission(source, member)
    assert found is not None
    return found


def notices(decision: Decision) -> list[tuple[str, str | None, dict[str, Any]]]:
    return [(kind_of(type(notice)), person, values_of(notice)) for person, notice in decision.notices]


def test_a_sale_remembers_its_levels_and_each_level_its_base() -> None:
    plan = {"kind": "unilevel", "levels": ["15%", "12%"], "requires": {"recruits": 2}}
    store = opened(plan=plan)
    buy(store)
    assert the(store, "order:o1", "babak").trace == {"direct": 19_999, "levels": [[1, "nader", 2999]]}
    assert the(store, "order:o1", "nader").trace == {
        "level": 1, "rate": "15%", "base": ["direct", 19_999], "seller": "babak", "blocker": "nader",
    }  # fmt: skip


def test_where_the_house_pays_the_levels_the_seller_gives_nothing_up() -> None:
    store = opened(plan={"kind": "unilevel", "levels": ["15%"], "base": "sale"})
    buy(store)
    assert the(store, "order:o1", "babak").trace == {"direct": 19_999}
    assert the(store, "order:o1", "nader").trace["base"] == ["sale", 99_999]


def test_an_order_remembers_the_rule_of_each_line_and_those_that_lost() -> None:
    store = opened(
        rates=[{"product": "phone", "commission": "11%"}, {"category": "gadgets", "commission": "12%"}],
        offers=[
            {"id": "all", "commission": "13%"},
            {"id": "phones", "products": ["phone"], "commission": "6%"},
            {"id": "things", "categories": ["gadgets"], "commission": "7%"},
        ],
    )
    take(store, {"type": "attribute", "person": "ali", "referrer": "babak", "commission": "5%"})
    lines = [PHONE, {"product": "case", "amount": 100}]
    take(store, {"type": "order", "order": "o1", "buyer": "ali", "lines": lines})
    assert store.orders["o1"].trace == {
        "rank": "base",
        "lines": [
            {
                "product": "phone", "category": "gadgets", "amount": 99_999, "quantity": 2,
                "rule": ["link", "", "5%"],
                "lost": [
                    ["offer-product", "phones", "6%"], ["offer-category", "things", "7%"], ["offer", "all", "13%"],
                    ["product", "phone", "11%"], ["category", "gadgets", "12%"], ["rank", "base", "20%"],
                ],
            },
            {
                "product": "case", "category": None, "amount": 100, "quantity": 1,
                "rule": ["link", "", "5%"],
                "lost": [["offer", "all", "13%"], ["rank", "base", "20%"]],
            },
        ],
        "direct": 5004,
        "rounded_from": "5004.95",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("rate", "amount", "told"),
    [
        ("20%", 100, {"direct": 20}),
        ("20%", 101, {"direct": 20, "rounded_from": "20.2"}),
        ("33.3333%", 1, {"direct": 0, "rounded_from": "0.333333"}),
        ("0.0001%", 1, {"direct": 0, "rounded_from": "0.000001"}),
        ("100", 100, {"direct": 100}),
        ("101", 100, {"direct": 100, "over_total": 101}),
    ],
)
def test_rounding_and_what_went_over_the_total_are_remembered(rate: str, amount: int, told: dict[str, Any]) -> None:
    store = opened(ranks=[{"id": "base", "commission": rate}])
    buy(store, {"product": "phone", "amount": amount})
    trace = store.orders["o1"].trace
    assert {key: value for key, value in trace.items() if key not in ("rank", "lines")} == told


def test_an_order_that_pays_nobody_remembers_why() -> None:
    store = opened(program={"currency": "IRT", "commission_window_days": 2, "first_purchase_only": True})
    take(store, {"type": "order", "order": "o0", "buyer": "hamid", "lines": [PHONE]})
    take(store, {"type": "suspend", "member": "babak"})
    buy(store, order="o1")
    take(store, {"type": "reinstate", "member": "babak"})
    buy(store, order="o2")
    buy(store, order="o3", at=2 * DAY_MS + 1)
    assert [store.orders[each].trace for each in ("o0", "o1", "o2", "o3")] == [
        {"no_seller": "no_sponsor"},
        {"no_seller": "suspended", "sponsor": "babak"},
        {"no_seller": "not_first", "sponsor": "babak"},
        {"no_seller": "window", "sponsor": "babak", "days": 2},
    ]
    assert store.persons["sara"].orders == 3


def test_a_cut_commission_remembers_the_cap_and_what_it_was() -> None:
    store = opened(ranks=[{"id": "base", "commission": "20%", "max_earnings": 25_000}])
    buy(store)
    buy(store, order="o2")
    assert the(store, "order:o2", "babak").trace == {
        "direct": 19_999,
        "cap": {"cap": "lifetime", "limit": 25_000, "before": 19_999},
    }
    third = buy(store, order="o3")
    told = {"source": "order:o3", "cut": 19_999, "cap": "lifetime", "limit": 25_000}
    assert ("cap_reached", "babak", told) in notices(third)
    assert third.transfers == [Transfer(0, None, "programme", "over_cap", 19_999)]


def test_money_comes_from_the_programme_and_its_rows_name_the_commission() -> None:
    store = opened(program={"currency": "IRT", "maturity_days": 1})
    rows = [
        *buy(store).transfers,
        *take(store, {"type": "tick"}, DAY_MS).transfers,
        *take(store, {"type": "refund", "order": "o1", "amount": 50_000}, DAY_MS).transfers,
    ]
    assert rows == [
        Transfer(0, "babak", "programme", "pending:babak", 19_999, 1),
        Transfer(0, "babak", "pending:babak", "available:babak", 19_999, 1),
        Transfer(0, "babak", "available:babak", "programme", 10_000, 1),
    ]


def test_a_reversal_is_told_with_what_is_left() -> None:
    store = opened()
    buy(store)
    told = {"number": 1, "order": "o1", "source": "order:o1"}
    part = take(store, {"type": "refund", "order": "o1", "amount": 50_000})
    assert notices(part) == [("reversed", "babak", told | {"amount": 10_000, "left": 9_999})]
    rest = take(store, {"type": "refund", "order": "o1"})
    assert notices(rest) == [("reversed", "babak", told | {"amount": 9_999, "left": 0})]
    assert store.all_members["babak"].sales == 0


def test_a_part_that_takes_nothing_more_back_is_not_told() -> None:
    store = opened()
    buy(store, {"product": "phone", "amount": 100}, {"product": "case", "amount": 1})
    take(store, {"type": "refund", "order": "o1", "amount": 1})
    assert store.all_members["babak"].sales == 100
    assert notices(take(store, {"type": "refund", "order": "o1", "amount": 1})) == []
    assert store.all_members["babak"].sales == 99


def test_a_reversed_commission_is_held_by_nobody_any_more() -> None:
    store = opened(plan={"kind": "unilevel", "levels": ["15%"], "requires": {"recruits": 2}})
    buy(store)
    assert [each.number for each in store.held_by("nader")] == [2]
    take(store, {"type": "refund", "order": "o1"})
    assert (the(store, "order:o1", "nader").state, the(store, "order:o1", "nader").blocker) == ("reversed", None)
    assert store.held_by("nader") == []


def test_a_released_commission_is_held_by_nobody_any_more() -> None:
    store = opened(plan={"kind": "unilevel", "levels": ["15%"], "requires": {"recruits": 2}})
    buy(store)
    take(store, {"type": "join", "member": "ali", "sponsor": "nader"})
    assert the(store, "order:o1", "nader").blocker is None
    assert store.all_held() == []


@pytest.mark.parametrize("amount", [100_000, 10**9])
def test_what_cannot_be_refunded_says_how_much_is_left(amount: int) -> None:
    store = opened()
    buy(store)
    too_much = take(store, {"type": "refund", "order": "o1", "amount": amount}).refusal
    assert isinstance(too_much, OverRefund)
    assert (too_much.order, too_much.left) == ("o1", 99_999)
    take(store, {"type": "refund", "order": "o1"})
    again = take(store, {"type": "refund", "order": "o1"}).refusal
    assert isinstance(again, OverRefund)
    assert again.left == 0


def test_a_refusal_names_the_order() -> None:
    store = opened()
    unknown = take(store, {"type": "refund", "order": "o9"}).refusal
    assert isinstance(unknown, UnknownOrder)
    assert unknown.order == "o9"
    buy(store)
    other = buy(store, {"product": "phone", "amount": 1}).refusal
    assert isinstance(other, Conflict)
    assert other.id == "o1"


def test_a_pairing_remembers_its_legs_and_what_was_left_over() -> None:
    pairing = {"period": "day", "unit": 100, "bonus": 7, "cap": 10}
    store = opened(plan={"kind": "binary", "pairing": pairing})
    take(store, {"type": "join", "member": "maryam", "sponsor": "nader"})
    for buyer, amount in (("babak", 450), ("maryam", 220)):
        lines = [{"product": "phone", "amount": amount}]
        take(store, {"type": "order", "order": buyer, "buyer": buyer, "lines": lines})
    take(store, {"type": "tick"}, DAY_MS)
    assert the(store, "period:1970-01-01", "nader").trace == {
        "rule": "pairing",
        "legs": [450, 220],
        "matched": 2,
        "left_over": [250, 20],
        "unit": 100,
        "bonus": 7,
        "cap": {"cap": "period", "limit": 10, "before": 14},
    }
    assert store.tree().leg_volumes("nader") == (250, 20)


def test_one_leg_is_carried_on_though_the_other_is_empty() -> None:
    """Two days pass, so that what the first close leaves must reach the second."""
    store = opened(plan={"kind": "binary", "pairing": {"period": "day", "rate": "10%"}})
    take(store, {"type": "order", "order": "o1", "buyer": "babak", "lines": [{"product": "phone", "amount": 450}]})
    take(store, {"type": "tick"}, 2 * DAY_MS)
    assert store.tree().leg_volumes("nader") == (450, 0)
