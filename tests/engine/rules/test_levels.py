"""Section 5's worked case: an order of 100,000 at 20%, levels 15%, 12% and 8%, in every way the rules allow."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from engine.events.codec import from_json
from engine.programme.model import Programme
from engine.store.memory import MemoryStore

CHAIN = ("nader", "babak", "maryam", "karim")  # level 3, 2 and 1 above karim, who sells to sara
LEVELS = ["15%", "12%", "8%"]
RECRUITS = {"recruits": 2}

Paid = dict[str, tuple[int, str]]


def programme(rank: dict[str, Any] | None = None, **plan: Any) -> Programme:
    return Programme.from_tables(
        {
            "program": {"currency": "IRT"},
            "ranks": [{"id": "base", "commission": "20%"} | (rank or {})],
            "plan": {"kind": "unilevel", "levels": LEVELS} | plan,
        }
    )


def sold(rules: Programme, *with_two_recruits: str, suspended: tuple[str, ...] = ()) -> MemoryStore:
    """Everybody in the chain has recruited the next one; these have recruited somebody else besides."""
    store = MemoryStore(rules)
    tell(store, {"type": "join", "member": "nader"})
    for sponsor, member in itertools.pairwise(CHAIN):
        tell(store, {"type": "join", "member": member, "sponsor": sponsor})
    for member in with_two_recruits:
        tell(store, {"type": "join", "member": f"friend of {member}", "sponsor": member})
    for member in suspended:
        tell(store, {"type": "suspend", "member": member})
    tell(store, {"type": "attribute", "person": "sara", "referrer": "karim"})
    tell(store, {"type": "order", "order": "o1", "buyer": "sara", "lines": [{"product": "phone", "amount": 100_000}]})
    return store


def tell(store: MemoryStore, event: dict[str, Any]) -> None:
    assert store.take(from_json(event), store.last_at() + 1).refusal is None


def paid(store: MemoryStore) -> Paid:
    return {each.member: (each.amount, each.state) for each in store.all_commissions() if each.order == "o1"}


def free(**amounts: int) -> Paid:
    return {member: (amount, "available") for member, amount in amounts.items()}


def held(**amounts: int) -> Paid:
    return {member: (amount, "held") for member, amount in amounts.items()}


def test_the_seller_keeps_what_the_levels_leave() -> None:
    assert paid(sold(programme())) == free(karim=13_000, maryam=3000, babak=2400, nader=1600)


@pytest.mark.parametrize("base_and_funding", [{"funding": "house"}, {"base": "direct", "funding": "house"}])
def test_the_house_pays_the_levels_on_top(base_and_funding: dict[str, Any]) -> None:
    assert paid(sold(programme(**base_and_funding))) == free(karim=20_000, maryam=3000, babak=2400, nader=1600)


def test_of_the_sale_a_level_is_a_share_of_the_orders_total() -> None:
    assert paid(sold(programme(base="sale"))) == free(karim=20_000, maryam=15_000, babak=12_000, nader=8000)


def test_the_base_is_the_direct_commission_before_any_cap() -> None:
    capped = programme({"max_commission": 2500})
    assert paid(sold(capped)) == free(karim=2500, maryam=2500, babak=2400, nader=1600)
    assert sold(capped).over_cap() == 10_500 + 500


def test_shares_end_where_the_upline_ends() -> None:
    short = programme(levels=["15%", "12%", "8%", "50%"])
    assert paid(sold(short)) == free(karim=13_000, maryam=3000, babak=2400, nader=1600)


def test_a_share_of_nothing_is_no_commission() -> None:
    assert paid(sold(programme(levels=["0%", "12%"]))) == free(karim=17_600, babak=2400)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({"unqualified": "hold"}, free(karim=13_000, maryam=3000, nader=1600) | held(babak=2400)),
        ({"unqualified": "hold", "chain": True}, free(karim=13_000, maryam=3000) | held(babak=2400, nader=1600)),
        ({"unqualified": "house"}, free(karim=13_000, maryam=3000, nader=1600)),
        ({"unqualified": "house", "chain": True}, free(karim=13_000, maryam=3000)),
        ({"unqualified": "seller"}, free(karim=15_400, maryam=3000, nader=1600)),
        ({"unqualified": "compress"}, free(karim=14_600, maryam=3000, nader=2400)),
        ({"unqualified": "hold", "funding": "house"}, free(karim=20_000, maryam=3000, nader=1600) | held(babak=2400)),
        ({"unqualified": "house", "funding": "house"}, free(karim=20_000, maryam=3000, nader=1600)),
        ({"unqualified": "compress", "funding": "house"}, free(karim=20_000, maryam=3000, nader=2400)),
        ({"unqualified": "compress", "base": "sale"}, free(karim=20_000, maryam=15_000, nader=12_000)),
    ],
)
def test_where_level_2_is_not_qualified(plan: dict[str, Any], expected: Paid) -> None:
    assert paid(sold(programme(requires=RECRUITS, **plan), "nader", "maryam")) == expected


def test_a_held_chain_is_released_when_its_blocker_is_qualified() -> None:
    store = sold(programme(requires=RECRUITS, chain=True), "nader", "maryam")
    tell(store, {"type": "join", "member": "ali", "sponsor": "babak"})
    assert paid(store) == free(karim=13_000, maryam=3000, babak=2400, nader=1600)


def test_a_held_chain_waits_for_the_next_blocker() -> None:
    store = sold(programme(requires=RECRUITS, chain=True), "nader")
    blockers = {each.member: each.blocker for each in store.all_commissions()}
    assert blockers == {"karim": None, "maryam": "maryam", "babak": "babak", "nader": "maryam"}
    tell(store, {"type": "join", "member": "ali", "sponsor": "maryam"})
    assert paid(store) == free(karim=13_000, maryam=3000) | held(babak=2400, nader=1600)
    assert {each.member: each.blocker for each in store.all_commissions()}["nader"] == "babak"
    tell(store, {"type": "join", "member": "hamid", "sponsor": "babak"})
    assert paid(store) == free(karim=13_000, maryam=3000, babak=2400, nader=1600)


def test_a_suspended_member_is_never_qualified() -> None:
    store = sold(programme(), suspended=("babak",))
    assert paid(store) == free(karim=13_000, maryam=3000, nader=1600) | held(babak=2400)
    tell(store, {"type": "reinstate", "member": "babak"})
    assert paid(store) == free(karim=13_000, maryam=3000, babak=2400, nader=1600)
