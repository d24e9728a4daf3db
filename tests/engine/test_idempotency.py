"""Keys of several parts cannot run together, and what was journaled under a former key is a repeat."""

from __future__ import annotations

from itertools import product
from pathlib import Path

from engine.events.model import Join, Line, Order, Refund
from engine.idempotency import composed_key
from engine.submission import Submission
from stores import DIRECT, sqlite_store

PARTS = ("A", "A:key:k", "k", "k:rest", "rest", "key", '"', '","', "\\", "", "[", "]", "\x1f", "1", "پ")


def test_no_two_lists_of_parts_have_one_key() -> None:
    lists = [parts for size in (1, 2, 3) for parts in product(PARTS, repeat=size)]
    assert len({composed_key("refund", *parts) for parts in lists}) == len(lists)


def test_no_key_looks_like_one_of_before() -> None:
    assert composed_key("refund", "A", "rest") == 'refund["A","rest"]'


def test_what_was_journaled_under_its_former_key_is_a_repeat_and_what_only_shares_it_is_not(tmp_path: Path) -> None:
    with sqlite_store(tmp_path / "books.db", DIRECT) as store:
        store.take(Join("nader"), 1)
        for id in ("A", "A:key:k"):
            store.take(Order(id, "nader", (Line("p", 100),)), 1)
        former = "refund:A:key:k:rest"
        first = store.submit(Submission(Refund("A", 30), former), 2)
        again = store.submit(
            Submission(Refund("A", 30), composed_key("refund", "A", "key", "k:rest"), former_key=former), 3
        )
        assert (again.seq, again.repeated) == (first.seq, True)
        other = Submission(Refund("A:key:k"), composed_key("refund", "A:key:k", "rest"), former_key=former)
        assert not store.submit(other, 3).repeated
        assert store.submit(other, 3).repeated
        refunded = {id: order.refunded for id in ("A", "A:key:k") if (order := store.order(id)) is not None}
        assert refunded == {"A": 30, "A:key:k": 100}
