"""What a changed programme changes, key by key, and what the journal keeps of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from books import open_engine
from engine.errors import ProgrammeChange
from engine.events.model import ProgrammeChanged
from engine.programme.diff import Change, changes
from engine.programme.history import edition_in_force, editions
from engine.programme.model import Programme
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.submission import Submission
from engine.verify.ledger import verify_file
from stores import DIRECT, UNILEVEL

Tables = dict[str, Any]
BASE = {"id": "base", "commission": "20%"}
OFFER = {"id": "nowruz", "commission": "30%", "starts": "2026-03-20T03:30:00+03:30"}


def differences(old: Tables, new: Tables) -> list[Change]:
    return changes(Programme.from_tables(old), Programme.from_tables(new))


def test_the_same_programme_changes_nothing() -> None:
    assert differences(UNILEVEL, UNILEVEL) == []


def test_a_default_that_is_written_out_changes_nothing() -> None:
    binary = {**DIRECT, "plan": {"kind": "binary", "pairing": {"period": "day", "unit": 1, "bonus": 1}}}
    written = {
        **DIRECT,
        "program": {"currency": "IRT", "timezone": "UTC", "join": {"mode": "open"}},
        "rates": [],
        "plan": {
            "kind": "binary", "pairs": 1, "spill": "left", "funding": "seller",
            "pairing": {"period": "day", "unit": 1, "bonus": 1, "ratio": "1:1"},
        },
    }  # fmt: skip
    assert differences(binary, written) == []


CHANGED: dict[str, tuple[Tables, Tables, list[Change]]] = {
    "a number": (
        DIRECT,
        {**DIRECT, "program": {"currency": "IRT", "maturity_days": 14}},
        [Change("program.maturity_days", 0, 14)],
    ),
    "levels": (
        UNILEVEL,
        {**UNILEVEL, "plan": {"kind": "unilevel", "levels": ["10%"]}},
        [Change("plan.levels", ["15%", "12%", "8%"], ["10%"])],
    ),
    "a rank's rate": (
        DIRECT,
        {**DIRECT, "ranks": [{**BASE, "commission": "25%"}]},
        [Change("ranks[base].commission", "20%", "25%")],
    ),
    "a rate": (
        DIRECT,
        {**DIRECT, "rates": [{"product": "phone", "commission": "5%"}]},
        [Change("rates[product phone].commission", None, "5%")],
    ),
    "one of two rates": (
        {**DIRECT, "rates": [{"category": "a", "commission": "5%"}, {"category": "a", "commission": "500"}]},
        {**DIRECT, "rates": [{"category": "a", "commission": "5%"}]},
        [Change("rates[category a].commission", ["5%", "500"], "5%")],
    ),
    "an offer": (
        DIRECT,
        {**DIRECT, "offers": [OFFER]},
        [
            Change("offers[nowruz].starts", None, "2026-03-20T00:00:00.000Z"),
            Change("offers[nowruz].commission", None, "30%"),
        ],
    ),
    "a requirement": (
        DIRECT,
        {**DIRECT, "plan": {"requires": {"recruits": 2}}},
        [
            Change("plan.requires.legs", None, 0),
            Change("plan.requires.recruits", None, 2),
            Change("plan.requires.sales", None, 0),
        ],
    ),
    "who pays for the levels": (
        UNILEVEL,
        {**UNILEVEL, "plan": {**UNILEVEL["plan"], "funding": "house"}},
        [Change("plan.funding", "seller", "house")],
    ),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGED.values(), ids=CHANGED)
def test_a_change_is_told_by_its_key_and_both_values(old: Tables, new: Tables, expected: list[Change]) -> None:
    assert differences(old, new) == expected
    assert differences(new, old) == [Change(each.key, each.after, each.before) for each in expected]


def test_ranks_in_another_order_are_a_change() -> None:
    silver, gold = ({"id": id, "commission": "20%", "requires": {"sales": 5}} for id in ("silver", "gold"))
    up = {**DIRECT, "ranks": [BASE, silver, gold]}
    down = {**DIRECT, "ranks": [BASE, gold, silver]}
    assert differences(up, down) == [Change("ranks", ["base", "silver", "gold"], ["base", "gold", "silver"])]


LATER = {**UNILEVEL, "plan": {**UNILEVEL["plan"], "levels": ["10%"]}}


async def test_the_journal_tells_every_change_that_was_asked_for(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", UNILEVEL) as engine:
        await engine.submit(ProgrammeChanged(LATER), key=None)
        with pytest.raises(ProgrammeChange):
            await engine.submit(ProgrammeChanged(DIRECT), key=None)
    connection = connect(tmp_path / "books.db")
    first, second, third = editions(connection)
    assert (first.refusal, first.changes, first.tables) == (None, (), UNILEVEL)
    assert (second.refusal, [change.key for change in second.changes]) == (None, ["plan.levels"])
    assert (third.refusal, [change.key for change in third.changes]) == (
        "programme_change",
        ["plan.kind", "plan.levels"],
    )
    assert edition_in_force(connection) == second
    connection.close()
    assert verify_file(tmp_path / "books.db").holds


def test_an_empty_journal_has_no_programme(tmp_path: Path) -> None:
    connection = connect(tmp_path / "books.db")
    SqliteStore.prepare(connection)
    assert edition_in_force(connection) is None
    connection.close()


async def test_a_running_engine_follows_what_another_process_applied(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", UNILEVEL) as engine:
        friend, _ = await engine.get_or_create_person("telegram", "2")
        seller, _ = await engine.get_or_create_person("telegram", "1")
        await engine.join(seller, key="1")
        await engine.attribute(friend, seller, key="2")

        other = connect(tmp_path / "books.db")
        other.execute("BEGIN IMMEDIATE")
        half = {**UNILEVEL, "ranks": [{**BASE, "commission": "50%"}]}
        assert SqliteStore(other).submit(Submission(ProgrammeChanged(half)), 0).refusal is None
        other.execute("COMMIT")
        other.close()

        await engine.tick()
        assert engine.programme.ranks[0].commission.text == "50%"
        await engine.purchase("o1", friend, 1000, "phone", actor="admin")
        assert (await engine.balance(seller)).available == 500
    assert verify_file(tmp_path / "books.db").holds


async def test_a_programme_that_is_refused_is_not_the_one_in_force(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", UNILEVEL) as engine:
        with pytest.raises(ProgrammeChange, match="programme_change"):
            await engine.submit(ProgrammeChanged(DIRECT), key=None)
        assert engine.programme == Programme.from_tables(UNILEVEL)
        await engine.submit(ProgrammeChanged(LATER), key=None)
        assert engine.programme == Programme.from_tables(LATER)
