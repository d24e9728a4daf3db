"""Explanations: every rule that applied and every one that lost, whatever the commission is."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from bot.cli.traces import explained
from engine.programme.model import Programme
from engine.replay import run_history
from engine.store.memory import MemoryStore
from stores import sqlite_store

VECTORS = Path(__file__).parents[2] / "vectors"


def lines_of(case: str) -> list[str]:
    return (VECTORS / case / "events.jsonl").read_text(encoding="utf-8").splitlines()


def replayed(case: str, *, lines: list[str] | None = None) -> MemoryStore:
    tables = tomllib.loads((VECTORS / case / "program.toml").read_text(encoding="utf-8"))
    store = MemoryStore(Programme.from_tables(tables))
    run_history(lines if lines is not None else lines_of(case), store)
    return store


def test_an_order_shows_what_won_what_lost_and_what_was_rounded() -> None:
    assert explained(replayed("rates-product-category-offer"), "order:o1") == [
        "order:o1 of 2026-01-01T03:00:00.000Z: bought by c, total 169999",
        "  credited to m, of the rank base when it arrived",
        "  line phone, category mobile, 100000: 5% by the rate of the product phone = 5000",
        "    lost: 8% by the rate of the category mobile",
        "    lost: 20% by the seller's rank base",
        "  line cable, category mobile, 10000: 8% by the rate of the category mobile = 800",
        "    lost: 20% by the seller's rank base",
        "  line case, 9999: 30% by the offer week on this product = 2999.7",
        "    lost: 20% by the seller's rank base",
        "  line book, 50000: 20% by the seller's rank base = 10000",
        "  direct commission before caps: 18799 (rounded down from 18799.7)",
        "direct to m: 18799, available",
        "  the direct commission of 18799",
    ]


def test_levels_show_their_base_and_who_holds_them_up_for_want_of_what() -> None:
    assert explained(replayed("binary-chain-held"), "order:o1")[4:] == [
        "direct to mohammad: 13000, available",
        "  the direct commission of 20000, less the levels' shares:",
        "    level 1, karim: 3000",
        "    level 2, babak: 2400",
        "    level 3, nader: 1600",
        "level 1 to karim: 3000, available",
        "  15% of the direct commission of 20000, which is 3000; sold by mohammad",
        "level 2 to babak: 2400, held up by babak, who has 0 of 1 members in the right leg",
        "  12% of the direct commission of 20000, which is 2400; sold by mohammad",
        "  when it was credited, babak was not qualified and held it up",
        "level 3 to nader: 1600, held up by babak, who has 0 of 1 members in the right leg",
        "  8% of the direct commission of 20000, which is 1600; sold by mohammad",
        "  when it was credited, babak was not qualified and held it up",
    ]


def test_a_suspended_member_is_called_that() -> None:
    store = replayed("binary-chain-held")
    run_history([json.dumps({"at": "2026-02-01T00:00:00Z", "type": "suspend", "member": "babak"})], store)
    assert "level 2 to babak: 2400, held up by babak, who is suspended" in explained(store, "order:o1")


def test_caps_and_refunds_are_shown() -> None:
    shown = explained(replayed("levels-on-top-with-single-cap"), "order:o1")
    assert shown[0].endswith("total 1000, 333 of it refunded")
    assert shown[4:8] == [
        "direct to d: 250, available",
        "  the direct commission of 300",
        "  cut from 300 to 250 by the rank's cap of 250 on a single commission",
        "  84 of it was taken back by refunds",
    ]


def test_pairing_shows_legs_match_and_cap() -> None:
    store = replayed("pairing-refund-goes-negative-and-cap")
    source = next(one.source for one in store.all_commissions() if one.kind == "pairing")
    assert explained(store, source)[:5] == [
        "pairing to a: 50000, available",
        "  left leg 900000, right leg 400000: 4 matched",
        "  20000 for each of 4 pairs of 100000, which is 80000",
        "  left over before carry: 500000 and 0",
        "  cut from 80000 to 50000 by the period's cap of 50000",
    ]


def test_pairing_by_a_rate_shows_what_it_is_of() -> None:
    assert explained(replayed("random-205"), "period:2026-01-01")[:4] == [
        "pairing to m0: 15600, available",
        "  left leg 1278387, right leg 312010: 312010 matched",
        "  5% of the matched volume of 312010, which is 15600 (rounded down from 15600.5)",
        "  left over before carry: 966377 and 0",
    ]


def test_bonuses_show_their_rank() -> None:
    store = replayed("rank-bonus-and-recruits")
    assert explained(store, "join:b") == [
        "signup to a: 500, available",
        "  signup bonus of 500 of the rank base, for b who joined",
    ]
    assert explained(store, "rank:pro") == ["rank to a: 1000, available", "  bonus of 1000 for the rank pro"]


def test_an_order_without_a_seller_says_why() -> None:
    store = replayed("first-purchase-only-first-sponsor-wins")
    without = [order for order in store.orders.values() if order.seller is None]
    assert without
    for order in without:
        shown = explained(store, f"order:{order.id}")
        assert shown[1].startswith("  nobody is credited with it: ")
        assert "{" not in shown[1]
        assert shown[-1] == "it paid no commission"


def test_what_waits_says_for_what() -> None:
    case = "manual-approval-maturity-held"
    lines = lines_of(case)
    first_order = next(number for number, line in enumerate(lines) if json.loads(line)["type"] == "order")
    shown = explained(replayed(case, lines=lines[: first_order + 1]), "order:o1")
    assert any("pending until " in line and line.endswith("and for an admin's word") for line in shown)


PLACEMENT_ALONE = {"binary-third-goes-left", "binary-two-pairs-fifth-goes-down"}
CASES = sorted({case.name for case in VECTORS.iterdir()} - PLACEMENT_ALONE)


@pytest.mark.parametrize("case", CASES)
def test_every_commission_of_every_worked_case_is_explained_alike_by_both_stores(case: str, tmp_path: Path) -> None:
    memory = replayed(case)
    tables = tomllib.loads((VECTORS / case / "program.toml").read_text(encoding="utf-8"))
    sources = {one.source for one in memory.all_commissions()} | {f"order:{id}" for id in memory.orders}
    assert sources
    with sqlite_store(tmp_path / "case.db", tables) as stored:
        run_history(lines_of(case), stored)
        for source in sorted(sources)[:40]:
            shown = explained(memory, source)
            assert shown == explained(stored, source)
            assert not [line for line in shown if line.rstrip() != line or ": {" in line or ": [" in line]


def test_nothing_that_a_rule_noted_is_kept_back() -> None:
    store = replayed("rank-bonus-and-recruits")
    noted = next(iter(store.commissions.values()))
    noted.why = {**noted.trace, "some_new_key": [1, 2]}
    assert "  some_new_key: [1, 2]" in explained(store, noted.source)


def test_what_never_happened_has_no_lines() -> None:
    assert explained(replayed("rank-bonus-and-recruits"), "order:none") == []
