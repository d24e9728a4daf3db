"""An order: who is its seller, which rates its lines get, how its direct commission is rounded, and its refund."""

from __future__ import annotations

from typing import Any

import pytest

from engine.events.codec import from_json
from engine.notices import CommissionCredited, FriendBought
from engine.programme.model import DAY_MS, Programme
from engine.records import Commission
from engine.store.memory import MemoryStore

HOUR_MS = 3_600_000


def shop(program: dict[str, Any] | None = None, link: str | None = None, **tables: Any) -> MemoryStore:
    """Sara has come through nader's link at moment 0."""
    ranks = [{"id": "base", "commission": "20%"}]
    rules = Programme.from_tables({"program": {"currency": "IRT"} | (program or {}), "ranks": ranks} | tables)
    store = MemoryStore(rules)
    store.take(from_json({"type": "join", "member": "nader"}), 0)
    rate = {"commission": link} if link else {}
    store.take(from_json({"type": "attribute", "person": "sara", "referrer": "nader"} | rate), 0)
    return store


def buy(store: MemoryStore, *lines: dict[str, Any], at: int = 1, order: str = "o1", **more: Any) -> Commission | None:
    """The seller's commission of the order, if there is one."""
    told = {"type": "order", "order": order, "buyer": "sara", "lines": list(lines) or [PHONE]} | more
    assert store.take(from_json(told), at).refusal is None
    return store.commission(f"order:{order}", "nader")


def amount(commission: Commission | None) -> int:
    return 0 if commission is None else commission.amount


def line(amount: int, product: str = "phone", **more: Any) -> dict[str, Any]:
    return {"product": product, "amount": amount} | more


PHONE = line(1000)
PHONE_RATES = [{"product": "phone", "commission": "11%"}, {"category": "gadgets", "commission": "12%"}]

OF_THE_PHONE = {"products": ["phone"], "commission": "6%"}


def offers(*scopes: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": f"offer-{number}"} | scope for number, scope in enumerate(scopes)]


@pytest.mark.parametrize(
    ("tables", "link", "direct"),
    [
        ({}, None, 200),
        ({"rates": [PHONE_RATES[1]]}, None, 120),
        ({"rates": PHONE_RATES}, None, 110),
        ({"rates": PHONE_RATES, "offers": offers({"commission": "13%"})}, None, 130),
        ({"offers": offers({"commission": "13%"}, {"categories": ["gadgets"], "commission": "7%"})}, None, 70),
        ({"offers": offers({"categories": ["gadgets"], "commission": "7%"}, OF_THE_PHONE)}, None, 60),
        ({"offers": offers(OF_THE_PHONE)}, "5%", 50),
        ({"offers": offers({"products": ["case"], "commission": "6%"}, {"categories": ["books"], "commission": "7%"})},
         None, 200),
        ({"rates": [{"product": "phone", "commission": "11%"}, {"product": "phone", "commission": "150"}]}, None, 150),
        ({"offers": offers({"members": ["babak"], "commission": "1%"})}, None, 200),
        ({"offers": offers({"members": ["nader"], "commission": "1%"})}, None, 10),
    ],
)  # fmt: skip
def test_the_most_specific_rule_gives_a_lines_rate(tables: dict[str, Any], link: str | None, direct: int) -> None:
    assert amount(buy(shop(link=link, **tables), line(1000, category="gadgets"))) == direct


@pytest.mark.parametrize(("at", "direct"), [(DAY_MS - 1, 200), (DAY_MS, 10), (2 * DAY_MS - 1, 10), (2 * DAY_MS, 200)])
def test_an_offer_holds_from_its_start_until_before_its_end(at: int, direct: int) -> None:
    spring = {"commission": "1%", "starts": "1970-01-02T00:00:00Z", "ends": "1970-01-03T00:00:00Z"}
    assert amount(buy(shop(offers=offers(spring)), at=at)) == direct


@pytest.mark.parametrize(
    ("lines", "rates", "direct"),
    [
        ([line(999)], [], 199),  # 199.8
        ([line(3), line(3)], [], 1),  # 0.6 twice is 1.2: rounded once, not line by line
        ([line(4), line(4), line(4)], [], 2),
        ([line(100, quantity=3)], [{"product": "phone", "commission": "25"}], 75),
        ([line(100, quantity=5)], [{"product": "phone", "commission": "25"}], 100),  # never more than the total
        ([line(100, quantity=5), line(50, "case")], [{"product": "phone", "commission": "25"}], 135),
        ([line(100, quantity=5), line(1, "case")], [{"product": "phone", "commission": "25"}], 101),
        ([line(1)], [], 0),
    ],
)
def test_the_sum_of_the_lines_is_rounded_down_once(
    lines: list[dict[str, Any]], rates: list[dict[str, str]], direct: int
) -> None:
    assert amount(buy(shop(rates=rates), *lines)) == direct


@pytest.mark.parametrize(("at", "direct"), [(2 * DAY_MS, 200), (2 * DAY_MS + 1, 0)])
def test_exactly_at_the_end_of_the_window_an_order_still_pays(at: int, direct: int) -> None:
    assert amount(buy(shop({"commission_window_days": 2}), at=at)) == direct


def test_where_only_the_first_purchase_pays_its_refund_brings_no_second() -> None:
    store = shop({"first_purchase_only": True})
    assert amount(buy(store)) == 200
    store.take(from_json({"type": "refund", "order": "o1"}), 2)
    assert buy(store, order="o2", at=3) is None


def test_a_suspended_sponsor_sells_nothing() -> None:
    store = shop()
    store.take(from_json({"type": "suspend", "member": "nader"}), 0)
    assert buy(store) is None
    assert store.orders["o1"].seller is None
    store.take(from_json({"type": "reinstate", "member": "nader"}), 1)
    assert amount(buy(store, order="o2")) == 200


def test_a_sponsor_who_earns_nothing_of_a_purchase_is_told_of_it_and_why() -> None:
    store = shop({"first_purchase_only": True})
    told = {"type": "order", "buyer": "sara", "lines": [PHONE]}
    (paid,) = store.take(from_json({**told, "order": "o1"}), 1).all_notices()
    (unpaid,) = store.take(from_json({**told, "order": "o2"}), 2).all_notices()
    assert (type(paid.notice), paid.person) == (CommissionCredited, "nader")
    assert unpaid == ("nader", FriendBought("sara", "o2", total=1000, why="not_first"))


@pytest.mark.parametrize(
    ("of_programme", "of_order", "days"), [(0, None, 0), (14, None, 14), (14, 3, 14), (14, 21, 21), (0, 21, 21)]
)
def test_the_longer_maturity_holds_and_is_over_on_the_dot(of_programme: int, of_order: int | None, days: int) -> None:
    store = shop({"maturity_days": of_programme})
    commission = buy(store, PHONE, maturity_days=of_order) if of_order is not None else buy(store)
    assert commission is not None
    assert commission.matures == 1 + days * DAY_MS
    for at, state in ((days * DAY_MS, "pending"), (1 + days * DAY_MS, "available")):
        store.take(from_json({"type": "tick"}), max(1, at))
        commission = store.commission("order:o1", "nader")
        assert commission is not None
        assert commission.state == (state if days else "available")


@pytest.mark.parametrize(
    ("parts", "taken_back"),
    [([250], [50]), ([1], [1]), ([1, 1], [1, 1]), ([5, 1], [1, 2]), ([333, 333, 334], [67, 134, 200]),
     ([None], [200]), ([999, None], [200, 200])],
)  # fmt: skip
def test_over_all_refunds_so_far_a_part_is_taken_back_rounded_up(
    parts: list[int | None], taken_back: list[int]
) -> None:
    store = shop()
    buy(store)
    for part, expected in zip(parts, taken_back, strict=True):
        told = {"type": "refund", "order": "o1"} | ({} if part is None else {"amount": part})
        assert store.take(from_json(told), 2).refusal is None
        commission = store.commission("order:o1", "nader")
        assert commission is not None
        assert (commission.reversed, store.all_members["nader"].available) == (expected, 200 - expected)
        assert store.all_members["nader"].earnings == 200 - expected
        assert commission.state == ("reversed" if expected == 200 else "available")
