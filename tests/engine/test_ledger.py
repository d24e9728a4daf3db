"""Accounts and transfers: signs, sums and the digest by which a changed row shows."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from msgspec.structs import replace

from engine.ledger import ADJUSTMENTS, BUCKETS, OVER_CAP, PROGRAMME, Bucket, Transfer, account
from engine.programme.model import Programme
from engine.records import Member
from engine.store.memory import MemoryStore
from engine.unit_of_work import UnitOfWork
from stores import DIRECT

ROW = Transfer(2, "karim", PROGRAMME, "pending:karim", 3000, 7)


def member() -> Member:
    return Member("karim", 1, None, None, None, "base", 0, held=1, pending=2, available=3, reserved=4, paid=5)


def draft() -> UnitOfWork:
    programme = Programme.from_tables(DIRECT)
    return UnitOfWork(MemoryStore(programme), programme, 0)


def changes(after: Member) -> dict[str, int]:
    """What has become of the balances, where anything has."""
    both = {each: getattr(after, each) - getattr(member(), each) for each in BUCKETS}
    return {bucket: change for bucket, change in both.items() if change}


def test_an_account_names_the_bucket_and_the_member() -> None:
    assert account("available", "karim") == "available:karim"
    assert len({account(bucket, "karim") for bucket in BUCKETS} | {PROGRAMME, ADJUSTMENTS, OVER_CAP}) == 8


@pytest.mark.parametrize("bucket", BUCKETS)
def test_what_is_paid_comes_from_the_other_account(bucket: Bucket) -> None:
    unit, karim = draft(), member()
    unit.pay(karim, bucket, 100, PROGRAMME, 7)
    assert changes(karim) == {bucket: 100}
    assert unit.decision.transfers == [Transfer(0, "karim", PROGRAMME, f"{bucket}:karim", 100, 7)]


@pytest.mark.parametrize("bucket", BUCKETS)
def test_what_is_taken_back_goes_there_and_the_row_is_above_zero(bucket: Bucket) -> None:
    unit, karim = draft(), member()
    unit.pay(karim, bucket, -100, ADJUSTMENTS)
    assert changes(karim) == {bucket: -100}
    assert unit.decision.transfers == [Transfer(0, "karim", f"{bucket}:karim", ADJUSTMENTS, 100)]


def test_what_moves_leaves_one_bucket_and_enters_the_other() -> None:
    unit, karim = draft(), member()
    unit.move(karim, "available", "reserved", 3)
    unit.move(karim, "reserved", "paid", 7, 9)
    assert changes(karim) == {"available": -3, "reserved": -4, "paid": 7}
    assert unit.decision.transfers == [
        Transfer(0, "karim", "available:karim", "reserved:karim", 3),
        Transfer(1, "karim", "reserved:karim", "paid:karim", 7, 9),
    ]


def test_nothing_moves_nothing_and_leaves_no_row() -> None:
    unit = draft()
    unit.transfer(None, PROGRAMME, OVER_CAP, 0)
    assert unit.decision.transfers == []


def test_the_digest_is_of_every_field_in_one_order() -> None:
    content = "9|2|1773000000000|programme|pending:karim|3000|IRT|7"
    assert ROW.digest(9, 1_773_000_000_000, "IRT") == sha256(content.encode()).hexdigest()


def test_the_digest_of_a_row_without_a_commission_ends_empty() -> None:
    bare = replace(ROW, commission=None)
    content = "9|2|1773000000000|programme|pending:karim|3000|IRT|"
    assert bare.digest(9, 1_773_000_000_000, "IRT") == sha256(content.encode()).hexdigest()


@pytest.mark.parametrize(
    "changed",
    [{"leg": 3}, {"debit": "adjustments"}, {"credit": "pending:sara"}, {"amount": 3001}, {"commission": 8}],
)
def test_a_changed_row_has_another_digest(changed: dict[str, Any]) -> None:
    assert replace(ROW, **changed).digest(9, 0, "IRT") != ROW.digest(9, 0, "IRT")


@pytest.mark.parametrize("place", [(10, 0, "IRT"), (9, 1, "IRT"), (9, 0, "USD")])
def test_a_row_in_another_place_has_another_digest(place: tuple[int, int, str]) -> None:
    assert ROW.digest(*place) != ROW.digest(9, 0, "IRT")
