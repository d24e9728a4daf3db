"""Lines that are no event stop a history, and say what was expected there (section 10)."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.events.codec import BadEvent, canonical, from_json, lines_from_json, lines_json, parse_line, to_json
from engine.events.fields import AMOUNT_MAX
from engine.events.model import TYPES, Line, Order
from engine.programme.model import Programme
from engine.replay import BadHistory, read_history, run_history
from engine.store.memory import MemoryStore
from stores import DIRECT

AT = "2026-01-01T00:00:00Z"
LINE = {"product": "p", "amount": 1}

GOOD: dict[str, dict[str, Any]] = {
    "attribute": {"person": "sara", "referrer": "ali"},
    "join": {"member": "ali"},
    "order": {"order": "o1", "buyer": "sara", "lines": [LINE]},
    "refund": {"order": "o1"},
    "approve": {"source": "order:o1", "member": "ali"},
    "reject": {"source": "order:o1", "member": "ali"},
    "suspend": {"member": "ali"},
    "reinstate": {"member": "ali"},
    "withdraw": {"id": "w1", "member": "ali", "amount": 5},
    "authorise": {"id": "w1"},
    "settle": {"id": "w1", "outcome": "paid"},
    "adjust": {"id": "a1", "member": "ali", "amount": -5, "reason": ""},
    "programme": {"tables": DIRECT},
    "tick": {},
}


def line(kind: str, /, **values: Any) -> str:
    """A good line of that type, with some values changed; a value of ... leaves the field out."""
    content = {"at": AT, "type": kind, **GOOD.get(kind, {}), **values}
    return json.dumps({name: value for name, value in content.items() if value is not ...})


def complaint(text: str | bytes) -> str:
    with pytest.raises(BadEvent) as caught:
        parse_line(text)
    return str(caught.value)


def test_there_is_a_good_line_of_every_type() -> None:
    assert set(GOOD) == set(TYPES)


@pytest.mark.parametrize("kind", GOOD)
def test_a_good_line_is_read_and_written_as_it_was(kind: str) -> None:
    _, event = parse_line(line(kind))
    assert isinstance(event, TYPES[kind])
    assert to_json(event) == {"type": kind, **GOOD[kind]}
    assert from_json(json.loads(canonical(event))) == event


REQUIRED = [(kind, name) for kind, fields in GOOD.items() for name in fields]


@pytest.mark.parametrize(("kind", "name"), REQUIRED)
def test_a_field_that_is_not_there_is_missed(kind: str, name: str) -> None:
    assert complaint(line(kind, **{name: ...})) == f"{name}: expected, but it is not there"


@pytest.mark.parametrize("kind", GOOD)
def test_a_field_that_the_table_does_not_list_is_named(kind: str) -> None:
    assert complaint(line(kind, colour="red")).startswith("colour: not a field of this event; expected ")


@pytest.mark.parametrize(("kind", "name"), REQUIRED)
@pytest.mark.parametrize("value", [None, True, 1.5, {"x": 1}, [1]])
def test_a_value_of_another_type_is_refused(kind: str, name: str, value: Any) -> None:
    if (kind, name) == ("programme", "tables") and isinstance(value, dict):
        value = "IRT"
    assert complaint(line(kind, **{name: value})).startswith(f"{name}")


ABOVE_0 = f"expected a whole number above 0, at most {AMOUNT_MAX}"
EXPECTED_DAYS = "expected a whole number of days, 0 or above, at most 36500"
EXPECTED_TEXT = "expected a text that is not empty"

BAD: dict[str, tuple[str | bytes, str]] = {
    "no JSON": ("{", "expected one JSON object in UTF-8"),
    "words": ("hello", "expected one JSON object in UTF-8"),
    "a list": ("[]", "expected one JSON object in UTF-8"),
    "a number": ("5", "expected one JSON object in UTF-8"),
    "two objects": (line("tick") * 2, "expected one JSON object in UTF-8"),
    "not a number": ('{"at": NaN}', "expected one JSON object in UTF-8"),
    "ever deeper": ("[" * 100_000, "expected one JSON object in UTF-8"),
    "another encoding": ('{"type": "سارا"}'.encode("cp1256"), "expected one JSON object in UTF-8"),
    "half a letter": (line("join", member="\ud800"), "expected one JSON object in UTF-8"),
    "no time": (line("tick", at=...), "at: expected an ISO 8601 time with its offset, such as 2026-03-21T10:00:00Z"),
    "a time without an offset": (line("tick", at="2026-01-01T00:00:00"), "at: expected an ISO 8601 time"),
    "a day alone": (line("tick", at="2026-01-01"), "at: expected an ISO 8601 time"),
    "a time in numbers": (line("tick", at=1_773_000_000), "at: expected an ISO 8601 time"),
    "an hour too many": (line("tick", at="2026-01-01T25:00:00Z"), "at: expected an ISO 8601 time"),
    "no type": (line("tick", type=...), "type: expected one of attribute, join, order, "),
    "an unknown type": (line("leave"), "type: expected one of attribute, join, order, "),
    "a type that is a list": (line("tick", type=["tick"]), "type: expected one of attribute, join, order, "),
    "an empty name": (line("join", member=""), f"member: {EXPECTED_TEXT}"),
    "a number for a name": (line("join", sponsor=5), f"sponsor: {EXPECTED_TEXT}"),
    "a rate over 100%": (line("attribute", commission="101%"), "commission: expected a percentage up to "),
    "a rate as a number": (line("attribute", commission=5), "commission: expected a percentage up to "),
    "no lines": (line("order", lines=[]), "lines: expected at least one line"),
    "lines that are one line": (line("order", lines=LINE), "lines: expected at least one line"),
    "a line that is a text": (line("order", lines=[LINE, "p"]), "lines[1]: expected an object"),
    "a line without a product": (line("order", lines=[{"amount": 1}]), "lines[0].product: expected, but it is not"),
    "a line without an amount": (line("order", lines=[{"product": "p"}]), "lines[0].amount: expected, but it is not"),
    "a line with more": (line("order", lines=[{**LINE, "price": 1}]), "lines[0].price: not a field of this event"),
    "an amount of 0": (line("order", lines=[{**LINE, "amount": 0}]), f"lines[0].amount: {ABOVE_0}"),
    "an amount below 0": (line("order", lines=[{**LINE, "amount": -5}]), f"lines[0].amount: {ABOVE_0}"),
    "a fractional amount": (line("order", lines=[{**LINE, "amount": 1.0}]), f"lines[0].amount: {ABOVE_0}"),
    "an amount in a text": (line("order", lines=[{**LINE, "amount": "5"}]), f"lines[0].amount: {ABOVE_0}"),
    "an amount beyond all books": (line("order", lines=[{**LINE, "amount": 10**16}]), f"lines[0].amount: {ABOVE_0}"),
    "an amount of thirty digits": (line("order", lines=[{**LINE, "amount": 10**30}]), f"lines[0].amount: {ABOVE_0}"),
    "a number beyond all numbers": (
        f'{{"at": "{AT}", "type": "tick", "n": 1e999}}',
        "expected one JSON object in UTF-8",
    ),
    "a time before all": (line("tick", at="1969-12-31T23:59:59.999Z"), "at: expected a time of the years 1970 to 8999"),
    "the first of all times": (line("tick", at="0001-01-01T00:00:00+14:00"), "at: expected a time of the years 1970"),
    "the last of all times": (line("tick", at="9999-12-31T23:59:59-14:00"), "at: expected a time of the years 1970"),
    "too much in all": (
        line("order", lines=[{**LINE, "amount": AMOUNT_MAX}] * 9224),
        f"lines: expected at most {2**63 - 1} in all",
    ),
    "a quantity of 0": (line("order", lines=[{**LINE, "quantity": 0}]), f"lines[0].quantity: {ABOVE_0}"),
    "a flag for a quantity": (line("order", lines=[{**LINE, "quantity": True}]), f"lines[0].quantity: {ABOVE_0}"),
    "an empty category": (line("order", lines=[{**LINE, "category": ""}]), f"lines[0].category: {EXPECTED_TEXT}"),
    "maturity below 0": (line("order", maturity_days=-1), f"maturity_days: {EXPECTED_DAYS}"),
    "maturity of a thousand years": (line("order", maturity_days=365_000), f"maturity_days: {EXPECTED_DAYS}"),
    "a refund of 0": (line("refund", amount=0), f"amount: {ABOVE_0}"),
    "a refund below 0": (line("refund", amount=-1), f"amount: {ABOVE_0}"),
    "a withdrawal of 0": (line("withdraw", amount=0), f"amount: {ABOVE_0}"),
    "a withdrawal below 0": (line("withdraw", amount=-1), f"amount: {ABOVE_0}"),
    "an adjustment of 0": (line("adjust", amount=0), "amount: expected a whole number other than 0"),
    "a huge adjustment": (line("adjust", amount=-(10**16)), "amount: expected a whole number other than 0"),
    "a reason that is none": (line("adjust", reason=None), "reason: expected a text"),
    "another outcome": (line("settle", outcome="lost"), "outcome: expected paid, rejected or cancelled"),
    "tables in a text": (line("programme", tables="x"), "tables: expected the tables of a programme file as an object"),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_a_bad_line_is_told_with_what_was_expected(text: str | bytes, expected: str) -> None:
    assert complaint(text).startswith(expected)


def test_letters_of_every_alphabet_may_be_escaped_or_not() -> None:
    for text in (r'{"type": "join", "member": "\u0633\ud83d\ude00"}', '{"type": "join", "member": "س😀"}'):
        _, event = parse_line(text.replace("{", f'{{"at": "{AT}", ').encode())
        assert to_json(event) == {"type": "join", "member": "س😀"}


def test_the_canonical_text_is_sorted_and_compact_and_keeps_letters_as_they_are() -> None:
    every_letter = "".join(map(chr, [*range(1, 0x300), 0x633, 0x2068, 0xFFFD, 0x1F600]))
    content = {"type": "adjust", "id": "a1", "member": every_letter, "amount": -(10**15), "reason": ""}
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert canonical(from_json(content)) == written


def test_lines_are_kept_with_their_defaults_filled_in() -> None:
    lines = (Line("phone", 5), Line("شارژ", 1, "top-ups", 3))
    assert lines_json(lines) == '[["phone",5,null,1],["شارژ",1,"top-ups",3]]'
    assert lines_from_json(lines_json(lines)) == lines


def stop(lines: list[str | bytes]) -> tuple[int, str]:
    with pytest.raises(BadHistory) as caught:
        run_history(lines, MemoryStore(Programme.from_tables(DIRECT)))
    return caught.value.line, caught.value.expected


def test_blank_lines_are_passed_over_and_counted() -> None:
    assert [number for number, _, _ in read_history(["", line("tick"), " \t\n", b"\n", line("tick")])] == [2, 5]
    assert stop(["\n", line("tick"), "\n", "x"]) == (4, "expected one JSON object in UTF-8")


def test_a_time_before_the_line_above_stops_the_run_and_the_same_time_does_not() -> None:
    same_moment = line("tick", at="2026-01-01T03:30:00+03:30")
    earlier = line("tick", at="2025-12-31T23:59:59.999Z")
    assert stop([line("tick"), same_moment, earlier]) == (3, "at: expected a time not before that of the line above")


def test_sums_that_no_store_can_hold_stop_the_run() -> None:
    plan = {"kind": "binary", "pairing": {"period": "day", "rate": "10%"}}
    store = MemoryStore(Programme.from_tables({**DIRECT, "plan": plan}))
    joins = [line("join"), line("join", member="sara", sponsor="ali")]
    largest = [{"product": "p", "amount": AMOUNT_MAX}]
    orders = [line("order", order=str(number), lines=largest) for number in range(9224)]
    with pytest.raises(BadHistory) as caught:
        run_history([*joins, *orders, line("tick", at="2026-01-02T00:00:00Z")], store)
    assert (caught.value.line, caught.value.expected) == (9227, "expected amounts whose sums stay within 64 bits")


def test_the_largest_order_may_have_many_lines() -> None:
    largest, rest = divmod(2**63 - 1, AMOUNT_MAX)
    lines = [*[{**LINE, "amount": AMOUNT_MAX}] * largest, {**LINE, "amount": rest}]
    _, event = parse_line(line("order", lines=lines))
    assert isinstance(event, Order)
    assert event.total == 2**63 - 1


def test_a_programme_that_is_none_stops_the_run_with_its_full_key() -> None:
    tables = {**DIRECT, "plan": {"kind": "direct", "levels": ["5%"]}}
    assert stop([line("programme", tables=tables)]) == (1, 'tables.plan.levels: expected none with kind = "direct"')
    unknown = line("programme", tables={**DIRECT, "telegram": {}})
    assert stop([line("tick"), unknown])[1].startswith("tables.telegram: expected no such key")
