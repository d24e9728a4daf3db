from typing import Any

import pytest

from engine.programme.edits import EditGone, EndOffer, NewOffer, NewRate, edit_from_json, edit_to_json, edited
from engine.programme.errors import ProgrammeError
from engine.programme.proposal import propose

BASE: dict[str, Any] = {"program": {"currency": "IRT"}, "ranks": [{"id": "base", "commission": "20%"}]}
SPRING = {"id": "spring", "commission": "30%", "starts": "2026-03-21T00:00:00Z", "ends": "2026-04-01T00:00:00Z"}


def with_spring(**other: Any) -> list[str]:
    """The warnings of another offer beside the one of spring."""
    before = {**BASE, "offers": [SPRING]}
    after = {**BASE, "offers": [SPRING, {"id": "other", "commission": "10%", **other}]}
    return [each.code for each in propose(before, after).warnings]


@pytest.mark.parametrize(
    ("other", "overlaps"),
    [
        ({}, True),
        ({"starts": "2026-03-31T23:59:59Z"}, True),
        ({"starts": "2026-04-01T00:00:00Z"}, False),
        ({"ends": "2026-03-21T00:00:00Z"}, False),
        ({"ends": "2026-03-21T00:00:01Z"}, True),
        ({"members": ["ali"]}, True),
        ({"products": ["shoe"]}, False),  # the more specific one counts, as everybody expects
    ],
)
def test_offers_that_hold_together_are_warned_of(other: dict[str, Any], overlaps: bool) -> None:
    assert ("overlap" in with_spring(**other)) is overlaps


def test_what_held_together_before_is_no_news() -> None:
    tables = {**BASE, "offers": [SPRING, {"id": "other", "commission": "10%"}]}
    assert propose(tables, {**tables, "ranks": [{"id": "base", "commission": "25%"}]}).warnings == ()


def test_a_proposal_lists_what_changes_and_refuses_what_is_no_programme() -> None:
    proposal = propose(BASE, edited(BASE, NewRate("rank", "base", "25%")))
    assert [(each.key, each.before, each.after) for each in proposal.changes] == [
        ("ranks[base].commission", "20%", "25%")
    ]
    with pytest.raises(ProgrammeError):
        propose(BASE, edited(BASE, NewRate("rank", "base", "200%")))


@pytest.mark.parametrize(
    "edit",
    [
        NewRate("rank", "gold", "1%"),
        NewRate("rank", "base", None),
        NewRate("product", "shoe", None),
        EndOffer("spring", None),
    ],
)
def test_an_edit_of_what_is_not_there_is_refused_and_changes_nothing(edit: NewRate | EndOffer) -> None:
    before = {name: list(value) if isinstance(value, list) else value for name, value in BASE.items()}
    with pytest.raises(EditGone):
        edited(BASE, edit)
    assert before == BASE


def test_an_offer_is_added_once_ended_and_taken_out() -> None:
    added = edited(BASE, NewOffer(SPRING))
    with pytest.raises(EditGone):
        edited(added, NewOffer(SPRING))
    assert edited(added, EndOffer("spring", "2026-03-22T00:00:00Z"))["offers"][0]["ends"] == "2026-03-22T00:00:00Z"
    assert edited(added, EndOffer("spring", None)) == BASE


@pytest.mark.parametrize("edit", [NewOffer(SPRING), EndOffer("a", None), NewRate("category", "x", "1%")])
def test_an_edit_is_kept_as_json(edit: NewOffer | EndOffer | NewRate) -> None:
    assert edit_from_json(edit_to_json(edit)) == edit
