"""Generated programmes and histories are valid, and really hold what the rules speak of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from hypothesis import strategies as st

from batches import BATCHES, EXAMPLES, Case, run_batch
from histories import SPONSOR_TREE_KINDS, Event, Tables, cases, unrelated
from literal import replay

TWO = pytest.mark.parametrize("number", range(2))

EVERY_KIND_OF_COMMISSION = {"direct", "level", "signup", "rank", "pairing"}
EVERY_STATE = {"held", "pending", "available", "rejected", "reversed"}
EVERY_REFUSAL = {
    "unknown_member", "already_member", "self_referral", "conflict", "unknown_order", "over_refund",
    "unknown_commission", "already_settled", "suspended", "below_minimum", "insufficient_funds",
    "unknown_withdrawal", "programme_change",
}  # fmt: skip
EVERY_TURN = {
    "over cap", "released", "refunded in part", "below zero", "reserved", "paid", "spilled over", "climbed",
    "volume", "volume below zero", "programme changed", "joined by purchase",
}  # fmt: skip

COMMON_TURNS = {"direct", "level", "signup", "held", "pending", "available", "reversed", "over cap", "climbed"}


def occurrences(tables: Tables, events: list[Event]) -> Iterator[str]:
    """What came about in one history, until its middle or until its end, as one word for each thing."""
    middle, end = replay(tables, events[: len(events) // 2]), replay(tables, events)
    for result in (middle, end):
        yield from (word for commission in result["commissions"] for word in turns_of_commission(commission))
        yield from (word for name in result["members"] for word in turns_of_member(name, result, events))
        yield from (refusal["code"] for refusal in result["refused"])
    if end["over_cap"]:
        yield "over cap"
    if in_states(middle, {"held"}) & in_states(end, {"pending", "available"}):
        yield "released"
    if changes_told(events) - {refusal["line"] for refusal in end["refused"]}:
        yield "programme changed"


def turns_of_commission(commission: dict[str, Any]) -> Iterator[str]:
    yield from (commission["kind"], commission["state"])
    if 0 < commission["reversed"] < commission["amount"]:
        yield "refunded in part"


def turns_of_member(name: str, result: dict[str, Any], events: list[Event]) -> Iterator[str]:
    member = result["members"][name]
    volume = member.get("volume", [0, 0])
    turns = {
        "reserved": member["reserved"] > 0,
        "paid": member["paid"] > 0,
        "below zero": member["available"] < 0,
        "spilled over": member["parent"] != member["sponsor"],
        "climbed": member["rank"] != "base",
        "volume": any(volume),
        "volume below zero": min(volume) < 0,
        "joined by purchase": all(event["type"] != "join" or event["member"] != name for event in events),
    }
    yield from (turn for turn, took in turns.items() if took)


def in_states(result: dict[str, Any], states: set[str]) -> set[tuple[str, str]]:
    return {(each["source"], each["member"]) for each in result["commissions"] if each["state"] in states}


def changes_told(events: list[Event]) -> set[int]:
    """The lines, from 1, that bring another programme."""
    return {line for line, event in enumerate(events, start=1) if event["type"] == "programme"}


def test_everything_the_rules_speak_of_occurs_in_a_good_share_of_histories() -> None:
    histories_with: Counter[str] = Counter()

    def count(case: Case) -> None:
        histories_with.update(set(occurrences(*case)))

    for number in range(BATCHES):
        run_batch(count, cases(), number, EXAMPLES)
    wanted = EVERY_KIND_OF_COMMISSION | EVERY_STATE | EVERY_REFUSAL | EVERY_TURN
    assert {word: histories_with[word] for word in wanted if histories_with[word] < 3} == {}
    assert {word: histories_with[word] for word in COMMON_TURNS if histories_with[word] < 30} == {}


@TWO
def test_a_history_is_told_in_time_order(number: int) -> None:
    def check(case: Case) -> None:
        moments = [datetime.fromisoformat(event["at"]) for event in case[1]]
        assert moments == sorted(moments)

    run_batch(check, cases(), number, EXAMPLES)


def test_a_history_of_the_sponsor_tree_plans_knows_no_other_plan() -> None:
    def check(case: Case) -> None:
        tables, events = case
        told = [tables, *(event["tables"] for event in events if event["type"] == "programme")]
        assert {each["plan"]["kind"] for each in told} <= set(SPONSOR_TREE_KINDS)
        assert all(member["slot"] is None for member in replay(tables, events)["members"].values())

    run_batch(check, cases(SPONSOR_TREE_KINDS), 0, EXAMPLES)


@TWO
def test_the_balances_of_the_literal_rules_add_up(number: int) -> None:
    def check(case: Case) -> None:
        result = replay(*case)
        credited = sum(c["amount"] - c["reversed"] for c in result["commissions"] if c["state"] != "rejected")
        balances = ("held", "pending", "available", "reserved", "paid")
        held_by_members = sum(member[balance] for member in result["members"].values() for balance in balances)
        assert held_by_members == credited + adjusted(case[1], result)

    run_batch(check, cases(), number, EXAMPLES)


def adjusted(events: list[Event], result: dict[str, Any]) -> int:
    """The sum of the adjustments that were taken, each id once."""
    refused = {refusal["line"] for refusal in result["refused"]}
    taken = {
        event["id"]: event["amount"]
        for line, event in enumerate(events, start=1)
        if event["type"] == "adjust" and line not in refused
    }
    return sum(taken.values())


@TWO
def test_histories_of_unrelated_people_give_the_same_together_as_apart(number: int) -> None:
    run_batch(the_same_together_as_apart, unrelated(), number, EXAMPLES)


def the_same_together_as_apart(story: tuple[Tables, list[Event], list[Event], list[Event]]) -> None:
    tables, left, right, both = story
    apart = [replay(tables, left), replay(tables, right)]
    together = replay(tables, both)
    assert together["members"] == apart[0]["members"] | apart[1]["members"]
    assert together["over_cap"] == apart[0]["over_cap"] + apart[1]["over_cap"]
    assert together["commissions"] == in_result_order(apart[0]["commissions"] + apart[1]["commissions"])
    assert len(together["refused"]) == len(apart[0]["refused"]) + len(apart[1]["refused"])


def in_result_order(commissions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(commissions, key=lambda each: (each["source"], each["member"], each["kind"], each["level"]))


def test_a_shared_example_that_fails_a_check_fails_its_test_with_the_smallest_such_example() -> None:
    lengths: list[int] = []

    def check(numbers: list[int]) -> None:
        lengths.append(len(numbers))
        assert len(numbers) < 3

    with pytest.raises(AssertionError):
        run_batch(check, st.lists(st.integers()), 0, EXAMPLES)
    assert lengths[-1] == 3


def test_what_a_check_does_to_a_case_is_not_seen_by_the_next() -> None:
    before: list[Case] = []
    after: list[Case] = []

    def empty(case: Case) -> None:
        for part in case:
            part.clear()

    for check in (before.append, empty, after.append):
        run_batch(check, cases(), 0, EXAMPLES)
    assert after == before
    assert all(before[-1])
