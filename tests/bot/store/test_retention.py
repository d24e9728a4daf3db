"""What was told and is over leaves the store after a while, a part at a time; what is open stays."""

from __future__ import annotations

from bot.store.retention import forget_told
from machine import Store

DAY_MS = 24 * 3_600_000
NOW = 100 * DAY_MS
PUT = (
    "INSERT INTO shop_problems (shop, order_id, kind, content, at, change, told_at, settled_at)"
    " VALUES ('woo', ?, ?, '{}', 0, ?, ?, ?)"
)


async def put(store: Store, order: str, told_at: int | None, settled_at: int | None, change: str = "") -> None:
    row = (order, "more_left", change, told_at, settled_at)
    await store.writer.run(lambda connection: connection.execute(PUT, row))


async def forget(store: Store, keep_days: int, size: int) -> list[str]:
    """Purges part after part; returns which orders still have a problem."""
    while await store.writer.run(lambda connection: forget_told(connection, keep_days, NOW, size)):
        pass
    return [order for (order,) in await store.rows("SELECT order_id FROM shop_problems ORDER BY order_id, change")]


async def test_problems_stay_for_as_long_as_configured_after_they_are_over_and_told(store: Store) -> None:
    await put(store, "long-ago", 5 * DAY_MS, 6 * DAY_MS)
    await put(store, "settled-lately", 5 * DAY_MS, 60 * DAY_MS)
    await put(store, "told-lately", 60 * DAY_MS, 5 * DAY_MS)
    assert await forget(store, 90, 10) == ["settled-lately", "told-lately"]
    assert await forget(store, 30, 10) == []


async def test_problems_that_are_open_or_untold_stay_for_ever(store: Store) -> None:
    await put(store, "open", 0, None)
    await put(store, "untold", None, 0)
    assert await forget(store, 1, 10) == ["open", "untold"]


async def test_of_several_changes_of_one_order_all_go_together_or_none(store: Store) -> None:
    for order, last in (("7", 60 * DAY_MS), ("8", DAY_MS)):
        await put(store, order, 0, 0)
        await put(store, order, 0, last, change="1")
    assert await forget(store, 90, 1) == ["7", "7"]


async def test_many_are_purged_in_parts(store: Store) -> None:
    for number in range(25):
        await put(store, str(number), 0, 0)
    parts = 1
    while await store.writer.run(lambda connection: forget_told(connection, 90, NOW, 10)):
        parts += 1
    assert (parts, await store.rows("SELECT COUNT(*) FROM shop_problems")) == (3, [(0,)])
