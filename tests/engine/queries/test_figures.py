"""The admins' figures are those that the journal gives when it is replayed and summed another way."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections import Counter
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from batches import Case, run_batch
from books import MARCH, Clock, open_engine
from engine.programme.model import Program, Programme
from engine.queries.figures import FigureQueries, Figures, bounds, days_of
from engine.replay import run_history
from engine.spans import Span
from engine.store.memory import MemoryStore
from engine.store.reader import Reader
from histories import cases
from stores import DIRECT, UNILEVEL, rows_of, sqlite_store

DAY = 86_400_000
ALWAYS = 1 << 60
ZONE = {"program": {"currency": "IRT", "timezone": "Asia/Tehran", "calendar": "jalali", "week_start": "saturday"}}


def from_memory(store: MemoryStore, paid: list[tuple[int, int]], since: int, until: int) -> Figures:
    """Sums a span from the state of a replay, and from the payments in the journal."""

    def within(moment: int | None) -> bool:
        return moment is not None and since <= moment < until

    orders = [each for each in store.orders.values() if within(each.at)]
    credited = [each for each in store.commissions.values() if within(each.credited)]
    payments = [amount for at, amount in paid if within(at)]
    return Figures(
        since,
        until,
        came=sum(within(each.since) for each in store.persons.values()),
        joined=sum(within(each.joined) for each in store.members()),
        orders=len(orders),
        sold=sum(each.total for each in orders),
        refunded=sum(each.refunded for each in orders),
        commissions=len(credited),
        credited=sum(each.amount for each in credited),
        taken_back=sum(each.amount if each.state == "rejected" else each.reversed for each in credited),
        payouts=len(payments),
        paid_out=sum(payments),
    )


def best_earners(store: MemoryStore, since: int, until: int) -> dict[str, int]:
    earned: Counter[str] = Counter()
    for each in store.commissions.values():
        if since <= each.credited < until and each.state != "rejected":
            earned[each.member] += each.net
    return {member: amount for member, amount in earned.items() if amount}


PAID = """
    SELECT j.at, w.amount FROM journal AS j JOIN withdrawals AS w ON w.id = json_extract(j.content, '$.id')
    WHERE j.type = 'settle' AND j.refusal IS NULL AND json_extract(j.content, '$.outcome') = 'paid'
"""


def test_figures_agree_with_a_replay_to_the_unit_whatever_happened() -> None:
    seen: Counter[str] = Counter()

    async def compare(path: Path, memory: MemoryStore, paid: list[tuple[int, int]], middle: int) -> None:
        reader = await Reader.open(path)
        queries = FigureQueries(reader)
        for since, until in ((0, ALWAYS), (0, middle), (middle, ALWAYS), (middle, middle)):
            found = await queries.figures(since, until)
            assert found == from_memory(memory, paid, since, until)
            top = await queries.top_members(since, until, 99)
            assert {each.member: each.earned for each in top} == best_earners(memory, since, until)
            assert [each.earned for each in top] == sorted((each.earned for each in top), reverse=True)
            shops = await queries.sales_by_shop(since, until, frozenset())
            assert sum(each.sold for each in shops) == found.sales
            assert sum(each.orders for each in shops) == found.orders
            seen.update({name: getattr(found, name) for name in ("refunded", "taken_back", "paid_out", "came")})
        whole = await queries.figures(0, ALWAYS)
        parts = await queries.by_part([0, middle], ALWAYS)
        assert sum(each.credited for each in parts) == whole.credited
        await reader.close()

    def check(case: Case) -> None:
        tables, events = case
        memory = MemoryStore(Programme.from_tables(tables))
        lines = [json.dumps(event) for event in events]
        run_history(lines, memory)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "books.db"
            with sqlite_store(path, tables) as store:
                run_history(lines, store)
                paid = [(at, amount) for at, amount in rows_of(store.connection, PAID)]
                ((middle,),) = rows_of(store.connection, "SELECT (MIN(at) + MAX(at)) / 2 FROM journal WHERE at > 0")
            asyncio.run(compare(path, memory, paid, middle))

    for number in range(3):
        run_batch(check, cases(), number, 25)
    assert all(seen[name] > 0 for name in ("refunded", "taken_back", "paid_out", "came"))


def moment(text: str, zone: str = "Asia/Tehran") -> int:
    return round(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp() * 1000)


@pytest.mark.parametrize(
    ("span", "since", "until"),
    [
        ("today", "2026-03-23", "2026-03-24"),
        ("week", "2026-03-21", "2026-03-28"),  # Saturday is the first day of 1405, too
        ("month", "2026-03-21", "2026-04-21"),
        ("last_month", "2026-02-20", "2026-03-21"),  # Esfand of 29 days
    ],
)
def test_spans_are_the_programme_s_own_days_weeks_and_months(span: Span, since: str, until: str) -> None:
    program = Programme.from_tables({**DIRECT, **ZONE}).program
    assert bounds(program, span, moment("2026-03-23T00:30")) == (moment(since), moment(until))
    last_of_the_day = moment("2026-03-24") - 1
    assert bounds(program, span, last_of_the_day) == (moment(since), moment(until))


def test_a_span_in_which_clocks_change_has_each_of_its_days_once() -> None:
    program: Program = Programme.from_tables(
        {**DIRECT, "program": {"currency": "IRT", "timezone": "Africa/Cairo"}}
    ).program
    since, until = bounds(program, "month", moment("2026-04-24T12:00", "Africa/Cairo"))
    days = days_of(program, since, until)
    assert len(days) == 30
    assert {later - earlier for earlier, later in zip(days, (*days[1:], until), strict=True)} == {DAY, DAY - DAY // 24}


async def test_what_is_refunded_or_rejected_later_counts_where_its_order_was(tmp_path: Path) -> None:
    clock = Clock()
    async with open_engine(tmp_path / "books.db", UNILEVEL, clock=clock) as engine:
        seller, friend = [(await engine.get_or_create_person("telegram", each))[0] for each in "12"]
        await engine.join(seller, key="join")
        await engine.attribute(friend, seller, key="attribute")
        await engine.purchase("woo:1", friend, 100_000, "phone", actor="shop:woo")
        clock.pass_days(1)
        await engine.purchase("2", friend, 50_000, "phone", actor="ali")
        await engine.refund("woo:1", 40_000, key="refund", actor="shop:woo")
        reader = await Reader.open(tmp_path / "books.db")
        queries = FigureQueries(reader)
        first, second = await queries.by_part([MARCH, MARCH + 1], MARCH + 2 * DAY)
        assert (first.sold, first.refunded, first.credited, first.taken_back) == (100_000, 40_000, 20_000, 8_000)
        assert (first.sales, first.cost, first.cost_share) == (60_000, 12_000, Decimal("20.0"))
        assert (second.sold, second.refunded, second.credited, second.taken_back) == (50_000, 0, 10_000, 0)
        shops = await queries.sales_by_shop(MARCH, MARCH + 2 * DAY, frozenset({"woo"}))
        assert [(each.shop, each.orders, each.sold) for each in shops] == [("woo", 1, 60_000), ("", 1, 50_000)]
        empty = await queries.figures(MARCH + 3 * DAY, MARCH + 4 * DAY)
        assert (empty.orders, empty.cost_share) == (0, None)
        overview = await queries.overview(engine.programme.program, MARCH, MARCH + 2 * DAY, top=1)
        assert overview.total.sales == sum(each.sales for each in overview.days) == 110_000
        assert [(each.member, each.commissions, each.earned) for each in overview.top] == [(seller, 2, 22_000)]
        await reader.close()
