"""What the engine's figures are measured on is what they say: histories, networks, closes, medians."""

import json
import tomllib
from collections import Counter
from pathlib import Path
from random import Random

from bot.cli.benchmarks import joins
from bot.cli.benchmarks.closes import close, traded
from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.histories import history
from bot.cli.benchmarks.legs import Volumes, leg_volumes
from bot.cli.benchmarks.placing import networks
from bot.cli.benchmarks.processes import PROGRAMME
from bot.cli.benchmarks.scale import EngineScale
from engine.events import Join
from engine.programme import Programme
from engine.replay import run_history
from engine.store.memory import MemoryStore


def test_a_history_is_taken_whole_and_pays_three_levels() -> None:
    lines = history(1_000, Random(1))
    store = MemoryStore(Programme.from_tables(tomllib.loads(PROGRAMME)))
    assert run_history(lines, store) == []
    types = Counter(json.loads(line)["type"] for line in lines)
    assert types == {"join": 100, "attribute": 100, "order": 770, "refund": 30}
    assert {commission.level for commission in store.all_commissions() if commission.kind == "level"} == {1, 2, 3}


def test_networks_have_the_shape_that_their_sponsors_make() -> None:
    for network in networks(200):
        tree = network.tree
        assert len(tree) == 200
        levels = tree.level_counts("m0", 200)
        assert sum(levels) == 199  # everybody else stands below the first
        if network.sponsors == "chain":
            assert levels == [1] * 199
        elif network.sponsors == "all under one":  # spilling left runs deep, everything else fills level by level
            assert (len(levels) > 60) == network.spill.endswith("left")
        network.grow(5)
        assert len(tree) == 205


def test_the_close_pays_pairs_where_both_legs_sold_and_leaves_the_store_as_it_was() -> None:
    store = traded(100, "random sponsors")
    assert len(store.all_members) == len(store.orders) == 100
    known = len(store.commissions)
    decided = close(store)
    assert decided.closed
    assert {commission.source for commission in decided.commissions.values()} == {"period:2026-01-01"}
    assert all(commission.kind == "pairing" for commission in decided.commissions.values())
    assert decided.commissions
    assert len(store.commissions) == known
    assert close(store).commissions.keys() == decided.commissions.keys()


def test_in_a_chain_everything_comes_through_one_leg_and_nothing_is_paired() -> None:
    decided = close(traded(50, "chain"))
    assert decided.closed
    assert not decided.commissions
    assert all(member.left > 0 and member.right == 0 for member in decided.members.values())


def test_leg_volumes_are_measured_where_volume_came_in(tmp_path: Path) -> None:
    scale = EngineScale(3).quick()
    network = next(each for each in networks(scale.network) if each.spill == "binary weaker")
    comparisons = Comparisons()
    with Volumes.stored(tmp_path / "members.db", scale.network) as volumes:
        volumes.measure("binary weaker", network.tree, scale, comparisons)
    assert min(network.tree.leg_volumes("m0")) > 0
    (figure,) = comparisons.figures()
    assert (figure.part, figure.what, figure.unit, figure.floor_is) == leg_volumes("binary weaker")


def test_those_who_stand_in_the_stored_network_stand_where_its_spill_puts_them() -> None:
    store = MemoryStore(Programme.from_tables(tomllib.loads(joins.PROGRAMME.format(plan=joins.PLANS["binary weaker"]))))
    for member in joins.placed_members(100):
        assert store.take(Join(member.id, member.sponsor), 0).refusal is None
        placed = store.all_members[member.id]
        assert (placed.number, placed.parent, placed.slot) == (member.number, member.parent, member.slot)


def test_a_comparison_is_the_median_of_its_rounds_and_of_their_ratios() -> None:
    comparisons = Comparisons()
    for ours, floor in ((10.0, 1.0), (30.0, 10.0), (20.0, 5.0)):
        comparisons.add(Against("part", "what", "ms", "nothing"), ours, floor)
    (figure,) = comparisons.figures()
    assert (figure.ours, figure.floor, figure.ratio) == (20.0, 5.0, 4.0)
    assert (figure.lowest, figure.highest) == (10.0, 30.0)
