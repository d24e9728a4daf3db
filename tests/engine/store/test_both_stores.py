"""Both stores decide each event alike: what is moved, told and noted comes in the same order."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from batches import Case, run_batch
from engine.events.codec import from_json, parse_time
from engine.events.model import Attribute, Event, Join, Line, Order, ProgrammeChanged, Tick
from engine.facts import Decision
from engine.programme.model import DAY_MS
from engine.store.memory import MemoryStore
from engine.timestamps import milliseconds
from engine.verify.ledger import verify
from histories import cases
from stores import UNILEVEL, Tables, sqlite_store

TWO_RECRUITS = {"kind": "unilevel", "levels": ["10%", "10%"], "funding": "house", "requires": {"recruits": 2}}
HOLDING: Tables = {**UNILEVEL, "plan": TWO_RECRUITS}
CHAIN: Tables = {**UNILEVEL, "plan": {**TWO_RECRUITS, "chain": True}}
MANUAL: Tables = {**HOLDING, "program": {"currency": "IRT", "approval": "manual", "maturity_days": 1}}
AUTO: Tables = {**MANUAL, "program": {"currency": "IRT", "maturity_days": 1}}

BABAK_UNDER_NADER: tuple[Event, ...] = (Join("nader"), Join("babak", "nader"), Attribute("karim", "babak"))


def order(id: str, buyer: str) -> Order:
    return Order(id, buyer, (Line("shoes", 1_000),))


def said(decision: Decision) -> tuple[object, ...]:
    return repr(decision.refusal), list(decision.all_transfers()), list(decision.all_notices())


def assert_alike(tables: Tables, history: Iterable[tuple[Event, int]]) -> None:
    """Through memory and through a file, whose books hold afterwards."""
    memory = MemoryStore()
    memory.take(ProgrammeChanged(tables), 0)
    with TemporaryDirectory() as folder, sqlite_store(Path(folder) / "books.db", tables) as store:
        for event, at in history:
            assert said(store.take(event, at)) == said(memory.take(event, at)), event
        store.connection.execute("COMMIT")
        assert verify(store.connection).problems == ()


def in_turn(*events: Event) -> list[tuple[Event, int]]:
    return [(event, at) for at, event in enumerate(events, start=1)]


def test_what_was_released_late_becomes_available_in_its_turn() -> None:
    orders = in_turn(*BABAK_UNDER_NADER, order("o1", "karim"), order("o2", "karim"), Tick())
    ripe = 2 * DAY_MS
    released: list[tuple[Event, int]] = [(Tick(), ripe), (Join("sara", "nader"), ripe), (Tick(), ripe + 1)]
    assert_alike(MANUAL, [*orders, *released, (ProgrammeChanged(AUTO), ripe + 2), (Tick(), ripe + 3)])


def test_what_somebody_else_holds_up_now_is_released_in_its_turn() -> None:
    network = Join("nader"), Join("babak", "nader"), Join("maryam", "babak"), Attribute("karim", "maryam")
    held = order("o1", "karim"), Attribute("ali", "babak"), order("o2", "ali"), order("o3", "karim")
    assert_alike(CHAIN, in_turn(*network, *held, Join("sara", "nader"), Join("hamid", "babak")))


def test_another_programme_releases_in_the_order_of_numbers() -> None:
    network = (*BABAK_UNDER_NADER, Join("maryam", "babak"), Attribute("ali", "maryam"))
    harder, free = ({**HOLDING, "plan": {**TWO_RECRUITS, "requires": {"recruits": most}}} for most in (3, 0))
    babak_held_again = order("o1", "ali"), Join("sara", "babak"), ProgrammeChanged(harder), order("o2", "ali")
    assert_alike(HOLDING, in_turn(*network, *babak_held_again, ProgrammeChanged(free)))


@pytest.mark.timeout(600)  # a difference takes a while to be made small
@pytest.mark.parametrize("number", range(2))
def test_both_stores_decide_each_event_alike(number: int) -> None:
    def check(case: Case) -> None:
        tables, events = case
        content = ({key: value for key, value in event.items() if key != "at"} for event in events)
        moments = (milliseconds(parse_time(event["at"])) for event in events)
        assert_alike(tables, zip(map(from_json, content), moments, strict=True))

    run_batch(check, cases(), number, 30)
