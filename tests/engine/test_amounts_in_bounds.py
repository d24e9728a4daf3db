"""An amount that no journal may hold never comes into one; a sum that no store can hold is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from books import Clock, open_engine
from engine.errors import AmountOutOfRange, SumOutOfRange
from engine.events.codec import BadEvent
from engine.events.fields import AMOUNT_MAX, TOTAL_MAX
from engine.events.model import Adjust, Event, Join, Line, Order, ProgrammeChanged, Refund, Withdraw
from engine.queries.figures import FigureQueries
from engine.replay import BadHistory, run_history
from engine.store.memory import MemoryStore
from engine.store.reader import Reader
from engine.submission import Submission
from engine.verify.ledger import verify, verify_file
from stores import DIRECT, UNILEVEL, rows_of, sqlite_store

AMOUNTS = (-5000, -1, 0, AMOUNT_MAX + 1, 10**16, 2**63, 10**30)
OUT_OF_RANGE: list[Event] = [
    *(
        Order("o9", "karim", (Line("phone", amount),))
        for amount in (-5000, -1, 0, AMOUNT_MAX + 1, 10**16, 2**63, 10**30)
    ),
    Order("o9", "karim", (Line("phone", 1), Line("shoes", 0))),
    *(Refund("o1", amount) for amount in (-1, 0, AMOUNT_MAX + 1)),
    *(Withdraw("w9", "nader", amount) for amount in (-1, 0, AMOUNT_MAX + 1, 2**64)),
    *(Adjust("a9", "nader", amount, "x") for amount in (AMOUNT_MAX + 1, -AMOUNT_MAX - 1, 2**63)),
]
OUT_OF_SHAPE: list[Event] = [
    Order("", "karim", (Line("phone", 1),)),
    Order("o9", "karim", ()),
    Order("o9", "karim", (Line("phone", 1, None, 0),)),
    Withdraw("", "nader", 5),
]
BEGINNING: tuple[Event, ...] = (Join("nader"), Order("o1", "karim", (Line("phone", 1000),)))
MOST = TOTAL_MAX // AMOUNT_MAX
"""So many of the largest amounts can be added up."""


@pytest.mark.parametrize("event", [*OUT_OF_RANGE, *OUT_OF_SHAPE], ids=repr)
def test_what_no_journal_may_hold_is_refused_before_it_in_both_stores(event: Event, tmp_path: Path) -> None:
    wanted = AmountOutOfRange if event in OUT_OF_RANGE else BadEvent
    memory = MemoryStore()
    for each in (ProgrammeChanged(DIRECT), *BEGINNING):
        memory.take(each, 1)
    with pytest.raises(wanted):
        memory.take(event, 2)
    with sqlite_store(tmp_path / "books.db", DIRECT) as store:
        for each in BEGINNING:
            store.take(each, 1)
        before = rows_of(store.connection, "SELECT * FROM journal")
        with pytest.raises(wanted):
            store.take(event, 2)
        with pytest.raises(wanted):
            store.submit(Submission(event, "key"), 2)
        assert rows_of(store.connection, "SELECT * FROM journal") == before
        store.connection.execute("COMMIT")
        assert verify(store.connection).problems == ()


async def test_a_purchase_of_too_much_leaves_no_trace_and_the_key_free(tmp_path: Path) -> None:
    async with open_engine(tmp_path / "books.db", DIRECT) as engine:
        buyer, _ = await engine.get_or_create_person("telegram", "1")
        for amount in (10**16, -5000, 0):
            with pytest.raises(AmountOutOfRange) as refused:
                await engine.purchase("o1", buyer, amount, "phone", actor="admin", key="k")
            assert (refused.value.least, refused.value.most) == (1, AMOUNT_MAX)
        assert (await engine.purchase("o1", buyer, AMOUNT_MAX, "phone", actor="admin", key="k")).seq == 2
    assert verify_file(tmp_path / "books.db").problems == ()


def adjusted(member: str, count: int) -> list[Submission]:
    return [
        Submission(Adjust(f"{member} {n}", member, AMOUNT_MAX, "x"), f"{member} {n}", "admin") for n in range(count)
    ]


async def test_sums_beyond_64_bits_are_exact_or_refused_by_name(tmp_path: Path) -> None:
    """A balance is as much as the store can hold; what is added up over members and orders may be more."""
    path = tmp_path / "books.db"
    with sqlite_store(path, UNILEVEL) as store:
        for event in (Join("nader"), Join("sara")):
            store.take(event, 1)
        store.submit_all(adjusted("nader", MOST), 2)
        store.submit_all(adjusted("sara", MOST), 2)
        orders = (Order(f"o{n}", "karim", (Line("phone", AMOUNT_MAX),)) for n in range(MOST + 9))
        store.submit_all([Submission(order) for order in orders], 3)
    reader = await Reader.open(path)
    assert (await FigureQueries(reader).figures(0, 9)).sold == (MOST + 9) * AMOUNT_MAX
    await reader.close()
    async with open_engine(path, clock=Clock(4)) as engine:
        for amount in (AMOUNT_MAX, TOTAL_MAX % AMOUNT_MAX + 1):
            with pytest.raises(SumOutOfRange):
                await engine.adjust("more", "nader", amount, "x", actor="admin")
        await engine.adjust("less", "nader", -7, "x", actor="admin")
        assert (await engine.balance("nader")).available == MOST * AMOUNT_MAX - 7
        report = await engine.member_report("nader", 0)
        assert report is not None
        assert report.changes.adjusted == MOST * AMOUNT_MAX - 7
    assert verify_file(path).problems == ()


async def test_a_sum_that_a_statement_makes_is_refused_by_name(tmp_path: Path) -> None:
    """What came in at a node is added up where it lies."""
    tables = {**DIRECT, "plan": {"kind": "binary", "pairing": {"period": "day", "rate": "1%"}}}
    with sqlite_store(tmp_path / "books.db", tables) as store:
        store.take(Join("nader"), 1)
        orders = [Order(f"o{n}", "nader", (Line("phone", AMOUNT_MAX),)) for n in range(MOST + 1)]
        store.submit_all([Submission(order) for order in orders[:-1]], 3)
        with pytest.raises(SumOutOfRange):
            store.submit(Submission(orders[-1]), 3)


def test_a_history_of_too_much_names_its_line(tmp_path: Path) -> None:
    def line(kind: str, **more: object) -> str:
        fields = "".join(f', "{name}": {value}' for name, value in more.items())
        return f'{{"at": "2026-01-01T00:00:00Z", "type": "{kind}"{fields}}}'

    lines = [line("join", member='"nader"')]
    lines += [line("adjust", id=f'"{n}"', member='"nader"', amount=AMOUNT_MAX, reason='"x"') for n in range(MOST + 1)]
    with sqlite_store(tmp_path / "books.db", DIRECT) as store, pytest.raises(BadHistory) as stopped:
        run_history(lines, store)
    assert stopped.value.line == len(lines)
