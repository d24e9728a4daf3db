"""What the engine's figures are measured on is what they say: histories, networks, closes, medians."""

import json
import shutil
import sqlite3
import tomllib
from collections import Counter
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest

from bot.cli.benchmarks import joins
from bot.cli.benchmarks.closes import PROGRAMME as CLOSED
from bot.cli.benchmarks.closes import Arrays, CloseNetwork, measure_closes
from bot.cli.benchmarks.figures import Against, Comparisons
from bot.cli.benchmarks.histories import history
from bot.cli.benchmarks.legs import Volumes, leg_volumes
from bot.cli.benchmarks.placing import networks
from bot.cli.benchmarks.processes import PROGRAMME
from bot.cli.benchmarks.scale import EngineScale
from bot.cli.benchmarks.stored_closes import (
    NOON,
    PROCESS,
    bring_orders,
    close_stored,
    in_a_process_of_its_own,
    write_again,
    write_members,
)
from engine.events.model import Join
from engine.programme.model import DAY_MS, Programme
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


def test_a_network_to_close_has_volume_on_both_sides_and_its_close_pays() -> None:
    network = CloseNetwork.grown(100, "random sponsors")
    comparisons = Comparisons()
    measure_closes(network, "random sponsors", replace(EngineScale(3), closed=100), comparisons)
    (figure,) = comparisons.figures()
    assert (figure.part, figure.what) == ("computing the close of 100 members and orders", "random sponsors")
    arrays = Arrays.of(network.tree)
    claims, going_on = arrays.close(Programme.from_tables(tomllib.loads(CLOSED)))
    assert claims.amount.tolist() == (np.minimum(claims.left, claims.right) // 10).tolist()
    assert len(claims.amount) > 10
    assert not np.minimum(*going_on).any()
    assert sum(arrays.read()) > 0


def test_a_fifth_of_a_network_may_be_a_chain() -> None:
    tree = CloseNetwork.grown(100, "a fifth of them a chain").tree
    places = {id: (parent, slot) for id, parent, slot in tree.places()}
    assert all(places[f"m{number}"] == (f"m{number - 1}", 0) for number in range(1, 20))
    assert places["m20"] != ("m19", 0) or places["m21"] != ("m20", 0)


def test_a_stored_close_and_its_floor_leave_the_same_tables(tmp_path: Path) -> None:
    """Two days, of which the second begins with what the first carries on."""
    books = tmp_path / "books.db"
    network = CloseNetwork.grown(60, "random sponsors")
    write_members(books, network)
    for day in (1, 2):
        bring_orders(books, network.orders())
        copied = tmp_path / f"{day}.db"
        shutil.copyfile(books, copied)
        closed = close_stored(books, NOON + day * DAY_MS)
        assert closed.seconds > 0
        assert write_again(books, copied) > 0
        assert tables_of(books) == tables_of(copied)
        assert tables_of(books)["commissions"]


@pytest.mark.skipif(not PROCESS.exists(), reason="told by Linux alone")
def test_the_memory_of_a_close_is_that_of_its_own_process(tmp_path: Path) -> None:
    write_members(tmp_path / "books.db", CloseNetwork.grown(60, "random sponsors"))
    held = bytearray(300 * 2**20)
    held[:: 2**12] = b"x" * len(held[:: 2**12])
    peak = in_a_process_of_its_own(tmp_path / "books.db", NOON + DAY_MS).peak
    assert peak is not None
    assert 2**20 < peak < len(held)


def tables_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All rows of what a close writes."""
    names = ("journal", "members", "carried", "open_volumes", "commissions", "transfers", "notices")
    with closing(sqlite3.connect(path)) as connection:
        return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for name in names}  # noqa: S608


def test_leg_volumes_are_measured_where_volume_came_in(tmp_path: Path) -> None:
    scale = EngineScale(3).quick()
    network = next(each for each in networks(scale.network) if each.spill == "binary weaker")
    comparisons = Comparisons()
    with Volumes.stored(tmp_path / "members.db", scale.network) as volumes:
        volumes.measure("binary weaker", network.tree, scale, comparisons)
    assert min(network.tree.leg_volumes("m0")) > 0
    (figure,) = comparisons.figures()
    assert (figure.part, figure.what, figure.unit, figure.floor_is) == leg_volumes("binary weaker")


def test_a_comparison_is_the_median_of_its_rounds_and_of_their_ratios() -> None:
    comparisons = Comparisons()
    for ours, floor in ((10.0, 1.0), (30.0, 10.0), (20.0, 5.0)):
        comparisons.add(Against("part", "what", "ms", "nothing"), ours, floor)
    (figure,) = comparisons.figures()
    assert (figure.ours, figure.floor, figure.ratio) == (20.0, 5.0, 4.0)
    assert (figure.lowest, figure.highest) == (10.0, 30.0)


def test_those_who_stand_in_the_stored_network_stand_where_its_spill_puts_them() -> None:
    store = MemoryStore(Programme.from_tables(tomllib.loads(joins.PROGRAMME.format(plan=joins.PLANS["binary weaker"]))))
    for member in joins.placed_members(100):
        assert store.take(Join(member.id, member.sponsor), 0).refusal is None
        placed = store.all_members[member.id]
        assert (placed.number, placed.parent, placed.slot) == (member.number, member.parent, member.slot)
