"""A reason is told alike by whoever worked it out and by a store that gives it back."""

from __future__ import annotations

import json
from typing import Any

import pytest

from engine.store.rows import compact
from engine.traces import (
    Base,
    Capped,
    DirectCommission,
    DirectPart,
    LevelShare,
    LineRate,
    NamedRate,
    PairedLegs,
    RankBonus,
    Reason,
    SignupBonus,
    Taken,
    told,
)

LEVEL: dict[str, Any] = {"level": 1, "rate": "15%", "base": ["direct", 20_000], "seller": "karim", "blocker": None}
LINE: dict[str, Any] = {"product": "phone", "category": None, "amount": 5, "quantity": 1}
LEGS: dict[str, Any] = {"rule": "pairing", "legs": [7, 5], "matched": 5, "left_over": [2, 0]}
RULES: dict[str, Any] = {"rule": ["product", "phone", "20%"], "lost": [["rank", "base", "10%"]]}

REASONS: list[tuple[Reason, dict[str, Any]]] = [
    (DirectPart(20_000), {"direct": 20_000}),
    (DirectPart(20_000, [Taken(1, "babak", 3000)]), {"direct": 20_000, "levels": [[1, "babak", 3000]]}),
    (LevelShare(1, "15%", Base("direct", 20_000), "karim", None), LEVEL),
    (LevelShare(1, "15%", Base("direct", 20_000), "karim", "babak"), {**LEVEL, "blocker": "babak"}),
    (SignupBonus("base", 500, "sara"), {"rule": "signup", "rank": "base", "bonus": 500, "newcomer": "sara"}),
    (
        RankBonus("gold", 900, cap=Capped("single", 800, 900)),
        {"rule": "rank", "rank": "gold", "bonus": 900, "cap": {"cap": "single", "limit": 800, "before": 900}},
    ),
    (PairedLegs((7, 5), 5, (2, 0), "10%"), {**LEGS, "rate": "10%"}),
    (PairedLegs((7, 5), 5, (2, 0), None, 1, 90), {**LEGS, "unit": 1, "bonus": 90}),
    (
        DirectCommission(
            "base",
            (LineRate("phone", None, 5, 1, NamedRate("product", "phone", "20%"), (NamedRate("rank", "base", "10%"),)),),
            5,
            rounded_from="5.5",
            over_total=6,
        ),
        {"rank": "base", "lines": [{**LINE, **RULES}], "direct": 5, "rounded_from": "5.5", "over_total": 6},
    ),
]
KINDS = [type(reason).__name__ for reason, _ in REASONS]


@pytest.mark.parametrize(("reason", "content"), REASONS, ids=KINDS)
def test_a_reason_is_kept_as_it_is_told_and_is_what_was_kept(reason: Reason, content: dict[str, Any]) -> None:
    assert told(reason) == told(content) == content
    assert json.loads(compact(reason)) == content
    assert reason == content
    assert content == reason


@pytest.mark.parametrize(("reason", "content"), REASONS, ids=KINDS)
def test_a_reason_that_tells_more_or_less_is_another(reason: Reason, content: dict[str, Any]) -> None:
    assert reason != {**content, "more": 1}
    for name in content:
        assert reason != {key: value for key, value in content.items() if key != name}


def test_reasons_are_compared_by_what_they_tell() -> None:
    assert DirectPart(5) == DirectPart(5)
    assert DirectPart(5) != DirectPart(6)
    assert DirectPart(5) != "5"
