"""What a changed programme does to commissions that are held (sections 5 and 10)."""

from __future__ import annotations

from typing import Any

import pytest

from engine.events.codec import from_json
from engine.programme.model import Programme
from engine.store.memory import MemoryStore

CHAINED = {
    "program": {"currency": "IRT"},
    "ranks": [{"id": "base", "commission": "20%"}],
    "plan": {"kind": "unilevel", "levels": ["15%", "12%"], "chain": True, "requires": {"recruits": 2}},
}


def tell(store: MemoryStore, **event: Any) -> None:
    assert store.take(from_json(event), store.last_at() + 1).refusal is None


def behind_a_chain() -> MemoryStore:
    """karim, who has brought two, is paid for level 2 once maryam below him has brought two as well."""
    store = MemoryStore(Programme.from_tables(CHAINED))
    tell(store, type="join", member="karim")
    for member, sponsor in (("mohammad", "karim"), ("maryam", "karim"), ("sara", "maryam")):
        tell(store, type="join", member=member, sponsor=sponsor)
    tell(store, type="attribute", person="ali", referrer="sara")
    tell(store, type="order", order="o1", buyer="ali", lines=[{"product": "phone", "amount": 100_000}])
    assert held(store, "karim") == ("held", "maryam")
    return store


def held(store: MemoryStore, member: str) -> tuple[str, str | None]:
    """The state of what the order brought a member, and who blocks it."""
    (found,) = [each for each in store.commissions.values() if each.member == member and each.source == "order:o1"]
    return found.state, found.blocker


def change(store: MemoryStore, **plan: Any) -> None:
    """Other requirements from here on, and no chain unless it is named."""
    tell(store, type="programme", tables={**CHAINED, "plan": {"kind": "unilevel", "levels": ["15%", "12%"], **plan}})


def test_what_was_held_behind_a_chain_is_free_where_the_chain_is_gone() -> None:
    store = behind_a_chain()
    change(store, requires={"recruits": 2})
    assert held(store, "karim") == ("available", None)
    assert held(store, "maryam") == ("held", "maryam")


def test_where_the_chain_is_gone_and_more_is_asked_the_member_stands_in_their_own_way() -> None:
    store = behind_a_chain()
    change(store, requires={"sales": 100})
    assert held(store, "karim") == ("held", "karim")
    tell(store, type="attribute", person="hamid", referrer="karim")
    tell(store, type="order", order="o2", buyer="hamid", lines=[{"product": "phone", "amount": 100}])
    assert held(store, "karim") == ("available", None)


@pytest.mark.parametrize("requires", [None, {"recruits": 1}])
def test_a_requirement_that_is_gone_or_met_releases_everything(requires: dict[str, int] | None) -> None:
    store = behind_a_chain()
    change(store, chain=True, **({"requires": requires} if requires else {}))
    assert {held(store, member) for member in ("karim", "maryam")} == {("available", None)}
