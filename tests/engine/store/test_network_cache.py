"""The index of the network stays what the store's members are, whatever the programme becomes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from engine.errors import StoreError
from engine.events.model import Event, Join, Line, Order, ProgrammeChanged
from engine.programme.model import Programme
from engine.store.memory import MemoryStore
from engine.store.network_cache import grown
from stores import DIRECT, sqlite_store

PAIRING = {"period": "month", "unit": 1000, "bonus": 7}


def binary(spill: str) -> dict[str, Any]:
    """A programme with legs, and another way of spilling over."""
    return {**DIRECT, "plan": {"kind": "binary", "spill": spill, "pairing": PAIRING}}


ANOTHER_SPILL: tuple[Event, ...] = (
    Join("nader"),
    Join("babak", "nader"),
    Join("maryam", "nader"),
    Order("o1", "maryam", (Line("phone", 500),)),
    ProgrammeChanged(binary("breadth")),
    Join("karim", "nader"),
    Join("sara", "nader"),
    Join("ali", "nader"),
)


def test_another_spill_finds_everybody_where_they_were(tmp_path: Path) -> None:
    memory = MemoryStore(Programme.from_tables(binary("left")))
    with sqlite_store(tmp_path / "books.db", binary("left")) as file:
        for store in (memory, file):
            for at, event in enumerate(ANOTHER_SPILL, start=1):
                store.take(event, at)
            places = {member.id: (member.parent, member.slot) for member in store.members()}
            assert places == {
                "nader": (None, None),
                "babak": ("nader", 0),
                "maryam": ("nader", 1),
                "karim": ("babak", 0),
                "sara": ("babak", 1),
                "ali": ("maryam", 0),
            }
            assert store.tree().leg_counts("nader") == (3, 2)
            assert store.tree().leg_volumes("nader") == (0, 500)


def test_a_plan_without_places_has_no_network() -> None:
    with pytest.raises(StoreError):
        grown(Programme.from_tables(DIRECT), (), (), ())
