"""What holds of every programme and history, whatever they are."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from batches import EXAMPLES, Case, run_batch
from engine.errors import Forbidden, KeyReused, UnknownWithdrawal
from engine.events.codec import from_json, iso_time, parse_time
from engine.events.model import ProgrammeChanged
from engine.facts import Decision
from engine.programme.model import Programme
from engine.records import Commission
from engine.replay import result
from engine.store.connection import connect
from engine.store.memory import MemoryStore
from engine.store.sqlite import SqliteStore
from engine.submission import Submission
from engine.timestamps import milliseconds
from histories import ALL_KINDS, Event, Tables, cases, unrelated
from stores import replayed_in_memory

# Two batches of each, as a batch's examples resemble their neighbours.
TWO = pytest.mark.parametrize("number", range(2))
IN_PLACES = ("matrix", "binary")
NETS = ("held", "pending", "available")


def for_each(number: int, *, kinds: Sequence[str] = ALL_KINDS, changes: bool = True) -> Callable[..., None]:
    """Runs a check at once on a batch of generated cases."""
    return lambda check: run_batch(check, cases(kinds, changes=changes), number, EXAMPLES)


def told_to(store: MemoryStore, events: list[Event]) -> list[Decision]:
    """Each event taken at its time; what was decided."""
    return [store.take(from_json(content(event)), moment(event)) for event in events]


def content(event: Event) -> dict[str, Any]:
    """The event without its time."""
    return {key: value for key, value in event.items() if key != "at"}


def moment(event: Event) -> int:
    """Milliseconds UTC."""
    return milliseconds(parse_time(event["at"]))


def memory(tables: Tables, events: list[Event]) -> MemoryStore:
    store = MemoryStore(Programme.from_tables(tables))
    told_to(store, events)
    return store


def balances(outcome: dict[str, Any]) -> dict[str, Any]:
    """All but the lines of what was refused."""
    return {key: value for key, value in outcome.items() if key != "refused"}


@TWO
def test_nobody_is_paid_twice_from_one_source(number: int) -> None:
    @for_each(number)
    def check(case: Case) -> None:
        tables, events = case
        paid = Counter(
            (each.source, each.member)
            for each in memory(tables, events).all_commissions()
            if each.kind != "pairing" or not any(event["type"] == "programme" for event in events)
        )
        assert [source for source, times in paid.items() if times > 1] == []


@TWO
def test_what_is_told_twice_counts_once(number: int) -> None:
    """Orders, withdrawals and adjustments, told again at once: with the content and the id that they had."""

    @for_each(number)
    def check(case: Case) -> None:
        tables, events = case
        again = ("order", "withdraw", "adjust", "suspend", "reinstate")
        twice = [each for event in events for each in ([event] * (2 if event["type"] in again else 1))]
        assert balances(replayed_in_memory(tables, twice)) == balances(replayed_in_memory(tables, events))


@TWO
def test_the_parts_of_an_order_never_exceed_what_its_rules_allow(number: int) -> None:
    @for_each(number, changes=False)
    def check(case: Case) -> None:
        store = memory(*case)
        assert store.programme is not None
        for order in store.orders.values():
            parts = store.commissions_of_order(order.id)
            assert order.seller is not None or not parts
            if order.seller is not None:
                allowed(store.programme, order.trace["direct"], order.total, list(parts))


def allowed(programme: Programme, direct: int, total: int, parts: list[Commission]) -> None:
    """Asserts that an order's parts fit into its direct commission or, on top of it, into their levels' rates."""
    plan = programme.plan
    assert 0 <= direct <= total
    assert sum(part.amount for part in parts if part.kind == "direct") <= direct
    if plan.seller_funds:
        assert sum(part.amount for part in parts) <= direct
    base = direct if plan.base == "direct" else total
    for part in parts:
        assert part.amount > 0
        assert 0 <= part.reversed <= part.amount
        if part.kind == "level":
            assert part.amount * 1_000_000 <= base * plan.levels[part.level - 1].millionths


@TWO
def test_a_refund_in_full_leaves_nothing_of_an_orders_commissions(number: int) -> None:
    @for_each(number)
    def check(case: Case) -> None:
        tables, events = case
        store = memory(tables, events)
        refunds = [{"at": events[-1]["at"], "type": "refund", "order": order} for order in store.orders]
        told_to(store, refunds)
        for commission in store.all_commissions():
            if commission.order is not None and commission.state != "rejected":
                assert (commission.state, commission.net) == ("reversed", 0)
        assert all(order.refunded == order.total for order in store.orders.values())


@TWO
def test_balances_are_what_commissions_withdrawals_and_adjustments_come_to(number: int) -> None:
    @for_each(number)
    def check(case: Case) -> None:
        store = memory(*case)
        net: Counter[str] = Counter()
        for each in store.all_commissions():
            net[each.member] += each.net if each.state != "rejected" else 0
        for adjustment in store.adjustments.values():
            net[adjustment.member] += adjustment.amount
        for member in store.members():
            credited = sum(getattr(member, bucket) for bucket in NETS) + member.reserved + member.paid
            assert credited == net[member.id]
            assert min(member.reserved, member.paid) >= 0


@TWO
def test_unrelated_peoples_events_in_another_order_give_the_same_balances(number: int) -> None:
    def check(story: tuple[Tables, list[Event], list[Event], list[Event]]) -> None:
        tables, left, right, both = story
        apart = [replayed_in_memory(tables, half) for half in (left, right)]
        together = replayed_in_memory(tables, both)
        assert together["members"] == apart[0]["members"] | apart[1]["members"]
        assert together["over_cap"] == apart[0]["over_cap"] + apart[1]["over_cap"]
        keys = ("source", "member", "kind", "level")
        alone = apart[0]["commissions"] + apart[1]["commissions"]
        assert together["commissions"] == sorted(alone, key=lambda one: tuple(one[key] for key in keys))

    run_batch(check, unrelated(), number, EXAMPLES)


@TWO
def test_the_exported_journal_of_a_running_programme_replays_to_the_same(number: int) -> None:
    """Events come with keys and actors, some twice; guards keep some of them out of the journal."""

    @for_each(number)
    def check(case: Case) -> None:
        tables, events = case
        with tempfile.TemporaryDirectory() as folder:
            connection = connect(Path(folder) / "books.db")
            try:
                SqliteStore.prepare(connection)
                kept, lines = running(SqliteStore(connection), tables, events), exported(connection)
            finally:
                connection.close()
        again = replayed_in_memory(tables, [json.loads(line) for line in lines])
        assert balances(again) == balances(kept)


def running(store: SqliteStore, tables: Tables, events: list[Event]) -> dict[str, Any]:
    """Submits every event, each third a second time with its key, and an admin approves what is to be paid."""
    store.connection.execute("BEGIN IMMEDIATE")
    store.submit(Submission(ProgrammeChanged(tables), key="programme"), 0)
    for number, event in enumerate(events):
        for _ in range(2 if number % 3 == 0 else 1):
            try:
                store.submit(Submission(from_json(content(event)), f"update:{number}", "admin"), moment(event))
            except (Forbidden, UnknownWithdrawal, KeyReused):
                continue
        if event["type"] == "withdraw":
            approval = from_json({"type": "authorise", "id": event["id"]})
            store.submit(Submission(approval, f"approve:{number}", "admin"), moment(event))
    outcome = result(store, [])
    store.connection.execute("COMMIT")
    return outcome


def exported(connection: Any) -> list[str]:
    """The journal's lines, as they are exported."""
    rows = connection.execute("SELECT at, content FROM journal ORDER BY seq")
    return [json.dumps({"at": iso_time(row["at"]), **json.loads(row["content"])}) for row in rows]


@TWO
def test_legs_and_volumes_are_what_a_recount_finds(number: int) -> None:
    @for_each(number, kinds=IN_PLACES)
    def check(case: Case) -> None:
        tables, events = case
        store = MemoryStore(Programme.from_tables(tables))
        open_volumes: list[tuple[str, int]] = []
        for decision in told_to(store, events):
            if decision.closed:
                open_volumes.clear()
            open_volumes += decision.volumes
        tree, counts, volumes = store.tree(), Counter[tuple[str, int]](), Counter[tuple[str, int]]()
        for id in store.all_members:
            counts.update(dict.fromkeys(legs_above(store, id), 1))
        for node, amount in open_volumes:
            for leg in legs_above(store, node):
                volumes[leg] += amount
        carried = zip(*tree.carried(), strict=True)
        for id, (left, right) in zip(tree.ids, carried, strict=True):
            assert tree.leg_counts(id) == (counts[id, 0], counts[id, 1])
            assert tree.leg_volumes(id) == (left + volumes[id, 0], right + volumes[id, 1])


def legs_above(store: MemoryStore, id: str) -> list[tuple[str, int]]:
    """Every member above, with the leg through which one gets there."""
    found, member = [], store.all_members[id]
    while member.parent is not None and member.slot is not None:
        found.append((member.parent, store.tree().leg_of(member.slot)))
        member = store.all_members[member.parent]
    return found
