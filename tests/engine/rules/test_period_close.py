"""A whole network closes at once as the rule says it would member by member; what a close does to an event."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from engine.close_result import Standings
from engine.events.codec import from_json
from engine.events.model import Approve, Join, Line, Order, Refund, Reject, Tick
from engine.facts import Decision
from engine.network.int_arrays import whole
from engine.network.preorder import LegValues, laid_out
from engine.network.shape import Shape
from engine.network.tree import Tree
from engine.notices import CapReached, CommissionCredited, kind_of, values_of
from engine.programme.model import DAY_MS, Programme
from engine.replay import result
from engine.rules.period_close import close, qualified_of, with_both
from engine.store.memory import MemoryStore
from engine.store.sqlite import SqliteStore
from examples import examples
from stores import sqlite_store

SMALL, HUGE = st.integers(-300, 900), st.integers(-(2**70), 2**70)


@dataclass(frozen=True)
class Somebody:
    """A member as the literal close sees them; volumes are what came in at them, and what each leg brought along."""

    above: int | None
    leg: int
    came: int
    carried: tuple[int, int]
    rank: int
    suspended: bool
    recruits: int
    sales: int
    earnings: int


@st.composite
def networks(draw: DrawFn) -> list[Somebody]:
    """Some are chains, some have volumes that pass 64 bits."""
    size = draw(st.integers(1, 40))
    amounts = HUGE if draw(st.sampled_from([False, False, True])) else SMALL
    chain = draw(st.sampled_from([False, True, True]))
    people, free = [], [(0, leg) for leg in (0, 1)]
    for number in range(size):
        above, leg = (None, 0) if number == 0 else free.pop(0 if chain else draw(st.integers(0, len(free) - 1)))
        if number:
            free[:0] = [(number, 0), (number, 1)]
        carried = draw(amounts), draw(amounts)
        counts = (draw(st.integers(0, 3)) for _ in range(3))
        rank, suspended = draw(st.integers(0, 1)), draw(st.integers(0, 5)) == 5
        people.append(Somebody(above, leg, draw(amounts), carried, rank, suspended, *counts))
    return people


@st.composite
def programmes(draw: DrawFn) -> Programme:
    large = st.sampled_from([0, 3, 60, 10**15])
    unit = draw(st.sampled_from([1, 7, 100, 10**15, 2**64]))
    paid: dict[str, Any] = {"rate": draw(st.sampled_from(["10%", "33.3333%", "100%", "0%"]))}
    if draw(st.booleans()):
        paid = {"unit": unit, "bonus": draw(large), "ratio": draw(st.sampled_from(["1:1", "2:1"]))}
    carry = {"carry": draw(st.sampled_from(["all", "none", "limited"])), "carry_limit": draw(large)}
    ranks = [
        {"id": f"r{number}", "commission": "1%", **{cap: draw(large) for cap in ("max_earnings", "max_commission")}}
        for number in range(2)
    ]
    ranks[0]["pairing_cap"], ranks[1]["requires"] = draw(large), {"sales": 1}
    requires = {key: draw(st.integers(0, 2)) for key in ("legs", "recruits", "sales")}
    pairing = {"period": "day", "cap": draw(large), **paid, **carry}
    plan = {"kind": "binary", "requires": requires, "pairing": pairing}
    program = {"currency": "IRT", "max_earnings": draw(large)}
    return Programme.from_tables({"program": program, "ranks": ranks, "plan": plan})


def stand_below(people: Sequence[Somebody], above: int, leg: int) -> list[int]:
    """Everybody in a leg, found by walking."""
    found = [number for number, one in enumerate(people) if (one.above, one.leg) == (above, leg)]
    for number in found:
        found += [other for other, one in enumerate(people) if one.above == number]
    return found


def literally(people: Sequence[Somebody], programme: Programme) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
    """Who is paid what, before and after caps, of which volumes; and what everybody carries on."""
    claims, going_on = [], []
    for number, one in enumerate(people):
        legs = [stand_below(people, number, leg) for leg in (0, 1)]
        volume = [one.carried[leg] + sum(people[each].came for each in legs[leg]) for leg in (0, 1)]
        payment, left = literal_pair(volume, programme)
        if not literally_qualified(one, [len(leg) for leg in legs], programme):
            payment, left = 0, volume
        if payment:
            claims.append((number, payment, literally_cut(payment, one, programme), *volume, *left))
        kept = programme.plan.pairing
        assert kept is not None
        by_carry = {"all": left, "none": [0, 0], "limited": [min(each, kept.carry_limit) for each in left]}
        going_on.append((by_carry[kept.carry][0], by_carry[kept.carry][1]))
    return claims, going_on


def literally_qualified(one: Somebody, counts: list[int], programme: Programme) -> bool:
    asks = programme.plan.requires
    assert asks is not None
    enough = one.recruits >= asks.recruits and one.sales >= asks.sales
    return enough and min(counts) >= asks.legs and not one.suspended


def literal_pair(volume: list[int], programme: Programme) -> tuple[int, list[int]]:
    pairing = programme.plan.pairing
    assert pairing is not None
    if pairing.rate is not None:
        matched = max(0, min(volume))
        return matched * pairing.rate.millionths // 1_000_000, [each - matched for each in volume]
    assert pairing.unit is not None
    units = [pairing.unit, pairing.unit]
    if pairing.ratio == "2:1":
        units[0 if volume[0] >= volume[1] else 1] *= 2
    pairs = max(0, min(volume[leg] // units[leg] for leg in (0, 1)))
    return pairs * (pairing.bonus or 0), [volume[leg] - pairs * units[leg] for leg in (0, 1)]


def literally_cut(payment: int, one: Somebody, programme: Programme) -> int:
    rank, pairing = programme.ranks[one.rank], programme.plan.pairing
    assert pairing is not None
    lifetime = rank.max_earnings or programme.program.max_earnings
    room = max(0, lifetime - one.earnings) if lifetime else None
    caps = (rank.pairing_cap or pairing.cap or None, rank.max_commission or None, room)
    return min([payment, *(cap for cap in caps if cap is not None)])


def at_once(people: Sequence[Somebody], programme: Programme) -> tuple[list[tuple[int, ...]], list[tuple[int, int]]]:
    """As `literally`, by the engine's arrays."""
    parents = array("i", [-1 if one.above is None else one.above for one in people])
    layout = laid_out(parents, array("i", [one.leg for one in people]), 1)
    carried = LegValues(*(whole(one.carried[leg] for one in people) for leg in (0, 1))).at(layout.position)
    volumes = layout.volumes(whole(one.came for one in people)[layout.position], carried)
    standings = Standings(*(whole(getattr(one, name) for one in people) for name in Standings._fields))
    positions = with_both(volumes, layout)
    payees = qualified_of(positions, standings.at(positions), layout, programme)
    assert programme.plan.pairing is not None
    found, going_on = close(volumes, payees, programme.plan.pairing, programme)
    wanted = ("position", "payment", "amount", "left", "right", "left_over_left", "left_over_right")
    claims = list(zip(*(getattr(found, name).tolist() for name in wanted), strict=True))
    return claims, list(zip(*(leg.tolist() for leg in going_on.at(layout.place)), strict=True))


@given(people=networks(), programme=programmes())
@settings(max_examples=examples(200), deadline=None)
def test_a_network_closes_at_once_as_it_would_member_by_member(people: list[Somebody], programme: Programme) -> None:
    assert at_once(people, programme) == literally(people, programme)


def test_a_deep_chain_is_summed_at_once() -> None:
    """Everybody in a chain of 100,000 has somebody on the right too; to add each order upwards would take forever."""
    size = 100_000
    tree = Tree(Shape(2, 1, "left"))
    tree.extend((f"m{number}", f"m{number - 1}" if number else None, 0 if number else None) for number in range(size))
    tree.extend((f"right-{number}", f"m{number}", 1) for number in range(size))
    for id in tree.ids:
        tree.add_volume(id, 10)
    volumes = tree.volumes().at(tree.layout().place)
    below = np.arange(size - 1, -1, -1)
    assert (volumes.left[:size] == 20 * below).all()
    assert (volumes.right[:size] == 10).all()
    assert not volumes.left[size:].any()


RANKS: list[dict[str, Any]] = [
    {"id": "base", "commission": "0%", "max_commission": 150},
    {"id": "silver", "commission": "0%", "bonus": 70, "requires": {"earnings": 200}},
    {"id": "gold", "commission": "0%", "bonus": 900, "max_earnings": 450, "requires": {"earnings": 300}},
]
UNITS = {"period": "day", "unit": 100, "bonus": 90, "ratio": "2:1", "carry": "limited", "carry_limit": 250}


def tables(maturity_days: int = 0, approval: str = "auto") -> dict[str, Any]:
    program = {"currency": "IRT", "maturity_days": maturity_days, "approval": approval}
    return {"program": program, "ranks": RANKS, "plan": {"kind": "binary", "pairing": UNITS}}


def sold(store: MemoryStore | SqliteStore) -> None:
    """Nader has 700 and 500 to pair, which a second day goes on with; babak 300 and 200."""
    for member, sponsor in (("nader", None), ("babak", "nader"), ("maryam", "nader"), ("karim", "babak"),
                            ("sara", "babak")):  # fmt: skip
        store.take(from_json({"type": "join", "member": member} | ({"sponsor": sponsor} if sponsor else {})), 1)
    for buyer, amount in (("babak", 200), ("maryam", 500), ("karim", 300), ("sara", 200)):
        lines = [{"product": "phone", "amount": amount}]
        store.take(from_json({"type": "order", "order": buyer, "buyer": buyer, "lines": lines}), 2)


def told(decision: Decision) -> list[tuple[str, str | None, Any]]:
    values = [(person, kind_of(type(notice)), values_of(notice)) for person, notice in decision.notices]
    return [(kind, person, each.get("number", each.get("rank"))) for person, kind, each in values]


@pytest.mark.parametrize("maturity_days", [0, 1, 40])
def test_three_days_that_nobody_saw_close_one_after_the_other(maturity_days: int, tmp_path: Path) -> None:
    """Each close is cut by the rank and the earnings that the ones before it have left."""
    memory = MemoryStore(Programme.from_tables(tables(maturity_days)))
    with sqlite_store(tmp_path / "books.db", tables(maturity_days)) as file:
        decisions = []
        for store in (memory, file):
            sold(store)
            decisions.append(store.take(Tick(), 4 * DAY_MS))
        assert result(memory, []) == result(file, [])
        assert list(memory.members()) == list(file.members())
        assert list(memory.all_commissions()) == list(file.all_commissions())
    for decided in decisions:
        transfers = list(decided.all_transfers())
        assert [each.leg for each in transfers] == list(range(len(transfers)))
        assert told(decided) == [("rank_reached", "nader", "silver"), ("rank_reached", "nader", "gold")]
        numbers = [each.number for _, each in decided.all_notices() if isinstance(each, CommissionCredited)]
        assert numbers == list(range(1, len(numbers) + 1))
    found = [(each.member, each.source, each.amount) for each in memory.all_commissions()]
    assert found == [
        ("nader", "period:1970-01-01", 150),  # of 270: what one commission of the first rank may be
        ("babak", "period:1970-01-01", 90),
        ("nader", "period:1970-01-02", 90),
        ("nader", "rank:silver", 70),
        ("nader", "rank:gold", 140),  # of 900: what is left to the lifetime cap
    ]
    assert memory.all_members["nader"].earnings == 450
    assert memory.over_cap() == 120 + 760
    states = [each.state for each in memory.all_commissions()]
    assert states == {0: ["available"] * 5, 1: ["available"] * 5, 40: ["pending"] * 5}[maturity_days]


def test_what_a_late_event_finds_closed_it_may_approve_and_reject_at_once(tmp_path: Path) -> None:
    """Periods close before the event: the commission is there by then, though the store has not seen it yet."""
    memory = MemoryStore(Programme.from_tables(tables(40, "manual")))
    with sqlite_store(tmp_path / "books.db", tables(40, "manual")) as file:
        for store in (memory, file):
            sold(store)
            assert store.take(Approve("period:1970-01-01", "nader"), DAY_MS).refusal is None
            reject = Reject("period:1970-01-01", "babak")
            assert store.take(reject, DAY_MS).refusal is None
            assert store.take(reject, DAY_MS).refusal is not None
        assert result(memory, []) == result(file, [])
    by_member = {each.member: each for each in memory.all_commissions()}
    assert by_member["nader"].approved
    assert by_member["babak"].state == "rejected"
    assert memory.all_members["babak"].earnings == memory.all_members["babak"].pending == 0


def test_a_commission_is_rejected_by_the_very_event_that_finds_its_period_closed(tmp_path: Path) -> None:
    memory = MemoryStore(Programme.from_tables(tables(40)))
    with sqlite_store(tmp_path / "books.db", tables(40)) as file:
        for store in (memory, file):
            sold(store)
            decided = store.take(Reject("period:1970-01-01", "babak"), DAY_MS)
            assert decided.refusal is None
            assert [(each.leg, each.amount) for each in decided.all_transfers()] == [
                (0, 120),
                (1, 150),
                (2, 90),
                (3, 90),
            ]
        assert result(memory, []) == result(file, [])
        assert list(memory.all_commissions()) == list(file.all_commissions())
    assert {each.member: each.state for each in memory.all_commissions()} == {"nader": "pending", "babak": "rejected"}
    assert memory.all_members["babak"].pending == 0


def test_a_period_closes_at_its_boundary_and_once() -> None:
    store = MemoryStore(Programme.from_tables(tables()))
    sold(store)
    days = (DAY_MS - 1, DAY_MS, DAY_MS, DAY_MS + 1)
    assert [len(store.take(Tick(), at).closes) for at in days] == [0, 1, 0, 0]


def test_a_network_without_volume_closes_without_a_trace() -> None:
    store = MemoryStore(Programme.from_tables(tables()))
    store.take(Join("nader"), 1)
    assert not store.take(Tick(), 4 * DAY_MS).closed


def test_what_goes_on_is_each_members_own_whatever_their_place_in_the_row() -> None:
    store = MemoryStore(Programme.from_tables(tables()))
    sold(store)
    store.take(Join("ali", "maryam"), 3)
    store.take(Order("last", "ali", (Line("phone", 50),)), 3)
    store.take(Tick(), DAY_MS)
    legs = {id: store.tree().leg_volumes(id) for id in store.all_members}
    going_on = {"nader": (100, 250), "babak": (100, 100), "maryam": (50, 0)}
    assert legs == going_on | dict.fromkeys(("karim", "sara", "ali"), (0, 0))


def test_the_smallest_amount_is_paid() -> None:
    smallest = {"kind": "binary", "pairing": {"period": "day", "rate": "1%"}}
    store = MemoryStore(Programme.from_tables({**tables(), "plan": smallest}))
    sold(store)
    store.take(Order("more", "maryam", (Line("phone", 500),)), 3)
    store.take(Refund("sara", 80), 3)
    store.take(Tick(), DAY_MS)
    assert {each.member: each.amount for each in store.all_commissions()} == {"nader": 6, "babak": 1}


def test_whom_a_cap_leaves_nothing_is_told() -> None:
    capped = [{"id": "base", "commission": "0%", "max_earnings": 90}]
    store = MemoryStore(Programme.from_tables({**tables(), "ranks": capped}))
    sold(store)
    first, second = (store.take(Tick(), day * DAY_MS) for day in (1, 2))
    assert first.notices == []
    assert second.notices == [("nader", CapReached("period:1970-01-02", cut=90, cap="lifetime", limit=90))]


def test_the_second_of_two_ranks_is_reached_by_a_close() -> None:
    store = MemoryStore(Programme.from_tables({**tables(), "ranks": RANKS[:2]}))
    sold(store)
    store.take(Tick(), 2 * DAY_MS)
    assert store.all_members["nader"].rank == "silver"


def test_the_next_close_of_the_same_event_knows_the_new_rank_and_its_bonus() -> None:
    silver = {"id": "silver", "commission": "0%", "bonus": 70, "max_commission": 50, "max_earnings": 230}
    ranks = [RANKS[0], silver | {"requires": {"earnings": 100}}]
    store = MemoryStore(Programme.from_tables({**tables(), "ranks": ranks}))
    sold(store)
    store.take(Tick(), 2 * DAY_MS)
    paid = [(each.source, each.amount) for each in store.all_commissions() if each.member == "nader"]
    assert sorted(paid) == [("period:1970-01-01", 150), ("period:1970-01-02", 30), ("rank:silver", 50)]


def test_what_is_ripe_at_once_waits_for_an_admin_all_the_same() -> None:
    store = MemoryStore(Programme.from_tables(tables(0, "manual")))
    sold(store)
    store.take(Tick(), DAY_MS)
    assert [each.state for each in store.all_commissions()] == ["pending", "pending"]
