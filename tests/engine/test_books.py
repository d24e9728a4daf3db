"""After any sequence of purchases, refunds, withdrawals and decisions the books hold, and nothing counts twice."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from engine.errors import Forbidden, MoarefError, UnknownWithdrawal
from engine.events.model import (
    Adjust,
    Approve,
    Attribute,
    Authorise,
    Event,
    Join,
    Line,
    Order,
    Refund,
    Reinstate,
    Reject,
    Settle,
    Suspend,
    Tick,
    Withdraw,
)
from engine.store.connection import connect
from engine.store.sqlite import SqliteStore
from engine.submission import Outcome, Submission
from engine.verify.ledger import verify_file
from examples import examples
from stores import rows_of, sqlite_store

DAY = 86_400_000
PEOPLE = st.sampled_from(["nader", "babak", "karim", "sara"])
IDS = st.sampled_from(["1", "2", "3"])
AMOUNTS = st.integers(1, 60_000)

EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Join, PEOPLE, st.none() | PEOPLE),
    st.builds(Attribute, PEOPLE, PEOPLE, st.sampled_from([None, "8%", "700"])),
    st.builds(Order, IDS, PEOPLE, st.tuples((AMOUNTS | st.just(50_000)).map(lambda amount: Line("phone", amount)))),
    st.builds(Refund, IDS, st.none() | AMOUNTS),
    st.builds(Withdraw, IDS, PEOPLE, st.integers(1, 9_000)),
    st.builds(Authorise, IDS),
    st.builds(Settle, IDS, st.sampled_from(["paid", "rejected", "cancelled"])),
    st.builds(Approve, st.builds("order:{}".format, IDS), PEOPLE),
    st.builds(Reject, st.builds("order:{}".format, IDS), PEOPLE),
    st.builds(Adjust, IDS, PEOPLE, st.integers(-5_000, 5_000).filter(bool), st.just("by hand")),
    st.builds(Suspend, PEOPLE),
    st.builds(Reinstate, PEOPLE),
    st.just(Tick()),
)

# An event, what caused it (a repeated cause is a redelivery), who did it, and the days that pass before it.
STEPS = st.lists(
    st.tuples(EVENTS, st.integers(0, 60), PEOPLE | st.just("admin"), st.sampled_from([0, 0, 0, 1, 20])), max_size=40
)

PROGRAMMES = st.fixed_dictionaries(
    {
        "program": st.fixed_dictionaries(
            {
                "currency": st.just("IRT"),
                "approval": st.sampled_from(["auto", "manual"]),
                "maturity_days": st.sampled_from([0, 14]),
                "max_earnings": st.sampled_from([0, 12_000]),
                "min_withdrawal": st.sampled_from([0, 500]),
            }
        ),
        "ranks": st.just(
            [
                {"id": "base", "commission": "20%", "signup_bonus": 300},
                {"id": "pro", "commission": "30%", "bonus": 900, "requires": {"sales": 40_000}},
            ]
        ),
        "plan": st.fixed_dictionaries(
            {
                "kind": st.just("unilevel"),
                "levels": st.just(["15%", "12%", "8%"]),
                "unqualified": st.sampled_from(["hold", "house", "seller", "compress"]),
                "requires": st.sampled_from([{}, {"recruits": 1}, {"sales": 20_000}]),
            }
        ),
    }
)

BINARY = st.fixed_dictionaries(
    {
        "program": st.fixed_dictionaries({"currency": st.just("IRT"), "maturity_days": st.sampled_from([0, 14])}),
        "ranks": st.just([{"id": "base", "commission": "20%", "signup_bonus": 300}]),
        "plan": st.fixed_dictionaries(
            {
                "kind": st.just("binary"),
                "spill": st.sampled_from(["left", "breadth", "weaker"]),
                "levels": st.just(["10%", "5%"]),
                "requires": st.sampled_from([{}, {"legs": 1}, {"recruits": 2}]),
                "pairing": st.fixed_dictionaries(
                    {"period": st.just("day"), "rate": st.just("10%"), "measure": st.sampled_from(["sales", "members"])}
                ),
            }
        ),
    }
)
TABLES = (
    "journal ORDER BY seq",
    "transfers ORDER BY seq, leg",
    "persons ORDER BY id",
    "members ORDER BY id",
    "open_volumes ORDER BY node",
    "orders ORDER BY id",
    "commissions ORDER BY number",
    "withdrawals ORDER BY id",
    "withdrawal_details ORDER BY id",
    "adjustments ORDER BY id",
    "notices ORDER BY number",
)


def submitted(store: SqliteStore, steps: list[tuple[Event, int, str, int]]) -> int:
    """Submits every step, and every step twice; returns how many events the second time changed something."""
    now, twice = 0, 0
    causes: dict[str, Event] = {}
    for event, cause, actor, days in steps:
        now += days * DAY
        key = f"update:{cause}"
        if causes.setdefault(key, event) != event:
            key = f"update:{cause}:{len(causes)}"
            causes[key] = event
        for again in (False, True):
            try:
                outcome = store.submit(Submission(event, key, actor), now)
            except (Forbidden, UnknownWithdrawal):
                continue
            twice += again and outcome.refusal is None and not outcome.repeated and outcome.seq != 0
    return twice


@given(programme=PROGRAMMES, steps=STEPS)
@example(
    programme={"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]},
    steps=[
        (Join("nader"), 0, "nader", 0),
        (Attribute("karim", "nader"), 1, "karim", 0),
        (Order("1", "karim", (Line("phone", 50_000),)), 2, "admin", 0),
        (Withdraw("1", "nader", 9_000), 3, "nader", 0),
        (Authorise("1"), 4, "admin", 0),
        (Settle("1", "paid"), 5, "admin", 0),
        (Refund("1"), 6, "admin", 0),
    ],
)
@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_books_hold_after_any_sequence(programme: dict[str, Any], steps: list[tuple[Event, int, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.db"
        with sqlite_store(path, programme) as store:
            assert submitted(store, steps) == 0
        assert verify_file(path).problems == ()
        connection = connect(path)
        overpaid = "SELECT id FROM orders WHERE refunded > total"
        unlike = "SELECT member FROM commissions WHERE state = 'reversed' AND reversed <> amount"
        assert rows_of(connection, overpaid) == rows_of(connection, unlike) == []
        connection.close()


# So that most of what follows has somebody to pay.
PRELUDE: list[tuple[Event, int, str, int]] = [
    (Join("nader"), 101, "nader", 0),
    (Join("babak", "nader"), 102, "babak", 0),
    (Attribute("karim", "babak"), 103, "karim", 0),
    (Attribute("sara", "babak"), 104, "sara", 0),
]


def groups(steps: list[tuple[Event, int, str, int]]) -> Iterator[tuple[int, list[Submission]]]:
    """The steps between which no day passes, together; a cause that comes again brings the event it brought before."""
    now, together = 0, list[Submission]()
    causes: dict[int, Event] = {}
    for event, cause, actor, days in steps:
        if days and together:
            yield now, together
            together = []
        now += days * DAY
        together.append(Submission(causes.setdefault(cause, event), f"update:{cause}", actor))
        if cause % 7 == 0:
            together.append(Submission(event, f"update:{cause}", actor))  # with other content, as a rule
    if together:
        yield now, together


def apart(store: SqliteStore, together: list[Submission], now: int) -> list[Outcome | str]:
    outcomes: list[Outcome | str] = []
    for submission in together:
        try:
            outcomes.append(store.submit(submission, now))
        except MoarefError as problem:
            outcomes.append(repr(problem))
    return outcomes


def comparable(outcomes: Iterable[Outcome | str]) -> list[tuple[Any, ...] | str]:
    """A refusal is equal to nothing but itself."""
    return [
        (each.seq, each.at, repr(each.refusal), each.repeated) if isinstance(each, Outcome) else str(each)
        for each in outcomes
    ]


@given(programme=PROGRAMMES | BINARY, steps=STEPS)
@settings(max_examples=examples(100), deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_taken_together_comes_to_the_same_as_one_after_the_other(
    programme: dict[str, Any], steps: list[tuple[Event, int, str, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        one, other = Path(folder) / "one.db", Path(folder) / "other.db"
        with sqlite_store(one, programme) as by_itself, sqlite_store(other, programme) as with_others:
            for now, together in groups(PRELUDE + steps):
                expected = comparable(apart(by_itself, together, now))
                outcomes = with_others.submit_all(together, now)
                assert comparable(map(repr_of_errors, outcomes)) == expected
            for table in TABLES:
                sql = f"SELECT * FROM {table}"  # noqa: S608
                assert rows_of(by_itself.connection, sql) == rows_of(with_others.connection, sql)
        assert verify_file(other).problems == ()


def repr_of_errors(outcome: Outcome | Exception) -> Outcome | str:
    return repr(outcome) if isinstance(outcome, Exception) else outcome


def test_what_an_order_credits_as_held_it_may_also_release(tmp_path: Path) -> None:
    """Its buyer joins by it, which holds the sponsor's bonus up; and its own volume is what the sponsor lacked."""
    programme = {
        "program": {"currency": "IRT", "join": {"mode": "purchase", "products": ["starter"]}},
        "ranks": [{"id": "base", "commission": "20%", "signup_bonus": 300}],
        "plan": {"kind": "unilevel", "requires": {"sales": 1000}},
    }
    with sqlite_store(tmp_path / "books.db", programme) as store:
        store.take(Join("nader"), 1)
        store.take(Attribute("karim", "nader"), 2)
        store.take(Order("o1", "karim", (Line("starter", 1000),)), 3)
        states = {each.source: each.state for each in store.all_commissions()}
    assert states == {"join:karim": "available", "order:o1": "available"}
