"""What is remembered between events stays small."""

from __future__ import annotations

import pytest

from engine.facts import Decision
from engine.records import Member, PersonRecord
from engine.store.row_cache import RowCache


def member(id: str) -> Member:
    return Member(id, 1, None, None, None, "base", 0)


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.store.row_cache.KNOWN_MAX", 2)


def test_who_is_read_is_remembered_as_long_as_there_is_room() -> None:
    known = RowCache()
    for id in ("nader", "babak", "karim"):
        known.meet(PersonRecord(id, sponsor="sara"))
        known.meet_member(member(id))
    assert list(known.persons) == list(known.members) == ["nader", "babak"]


def test_whoever_was_only_met_is_asked_for_again() -> None:
    known = RowCache()
    for person in (PersonRecord("nader"), PersonRecord("babak", orders=1)):
        assert known.meet(person) is person
    assert list(known.persons) == ["babak"]


def test_what_an_event_changed_is_remembered_until_there_are_too_many() -> None:
    known = RowCache()
    known.apply(Decision(0, persons={"nader": PersonRecord("nader")}, members={"nader": member("nader")}))
    known.tidy()
    assert list(known.persons) == list(known.members) == ["nader"]
    others = ("babak", "karim")
    known.apply(Decision(0, persons={id: PersonRecord(id) for id in others}, members={id: member(id) for id in others}))
    known.tidy()
    assert not known.persons
    assert not known.members
