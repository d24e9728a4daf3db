"""After any sequence of purchases, refunds, withdrawals and decisions the books hold, and nothing counts twice."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from books import proved
from engine.errors import Forbidden, UnknownWithdrawal
from engine.events import (
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
from engine.store.sqlite import SqliteStore
from engine.store.sqlite_file import connect
from engine.submission import Submission
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
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_the_books_hold_after_any_sequence(programme: dict[str, Any], steps: list[tuple[Event, int, str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "books.db"
        with sqlite_store(path, programme) as store:
            assert submitted(store, steps) == 0
        assert proved(path).problems == ()
        connection = connect(path)
        overpaid = "SELECT id FROM orders WHERE refunded > total"
        unlike = "SELECT member FROM commissions WHERE state = 'reversed' AND reversed <> amount"
        assert rows_of(connection, overpaid) == rows_of(connection, unlike) == []
        connection.close()


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
