"""What was just stored is handed over without a look at the store, and nothing is left out or handed over twice."""

from dataclasses import dataclass

from bot.store.recent_updates import KEPT_MAX, RecentUpdates
from machine import Store


@dataclass(frozen=True)
class Row:
    seq: int


def rows(*numbers: int) -> list[Row]:
    return [Row(number) for number in numbers]


def test_before_anything_is_stored_only_the_store_knows() -> None:
    assert RecentUpdates[Row]().take(0, 10) is None


def test_what_was_stored_is_handed_over_once_in_order_and_in_pages() -> None:
    recent = RecentUpdates[Row]()
    recent.add(rows(4, 5, 6))
    assert recent.take(2, 10) is None, "row 3 may wait in the store"
    assert recent.take(3, 2) == rows(4, 5)
    assert recent.take(5, 2) == rows(6)
    assert recent.take(6, 2) == []
    recent.add(rows(7))
    assert recent.take(6, 2) == rows(7)
    assert recent.take(3, 10) is None, "what was handed over is asked of the store"


def test_a_gap_sends_whoever_has_not_read_so_far_to_the_store() -> None:
    recent = RecentUpdates[Row]()
    recent.add(rows(1))
    assert recent.take(0, 10) == rows(1)
    recent.add(rows(3))
    assert recent.take(1, 10) is None
    assert recent.take(2, 10) == rows(3)


def test_no_more_is_kept_than_may_be() -> None:
    recent = RecentUpdates[Row]()
    recent.add(rows(*range(1, KEPT_MAX + 3)))
    assert recent.take(0, 10) is None
    assert recent.take(2, 1) == rows(3)


async def test_an_update_with_half_a_surrogate_pair_is_handled_as_it_was_stored(store: Store) -> None:
    update = {"update_id": 11, "message": {"from": {"id": 101}, "text": "\ud83d"}}
    await store.inbox.store([update, {**update, "update_id": 12, "message": {"text": "hi"}}], now=0)
    damaged, whole = await store.inbox.waiting(0, 10)
    assert damaged.decoded is None
    assert whole.decoded == {"update_id": 12, "message": {"text": "hi"}}
