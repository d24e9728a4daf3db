"""What shops' orders ask of the store: how much for one, and how much for those that wait together."""

from __future__ import annotations

import sqlite3
from collections import Counter
from pathlib import Path

from bot.kit.shop import Purchase, Receipt, RequestConflict
from engine.events.model import Line
from engine.verify.ledger import verify_file
from storefront import API_SHOP, Storefront, open_storefront
from together import brought_together

MANY = 20


def purchase(front: Storefront, number: int, amount: int = 100_000) -> Purchase:
    lines = (Line("shoes", amount),)
    return Purchase(API_SHOP, str(number), f"customer-{number % 4}", lines, amount, codes=(front.nader,))


async def traced(front: Storefront, *purchases: Purchase) -> tuple[list[Receipt], Counter[str]]:
    """Returns the receipts of orders that wait together, and how often each statement ran, by its first word."""
    statements: Counter[str] = Counter()

    def trace(db: sqlite3.Connection) -> None:
        db.set_trace_callback(lambda sql: statements.update([sql.split()[0]]))

    await front.stores.writer.run(trace)
    statements.clear()
    recording = (front.order_service.order(each, key=None) for each in purchases)
    if len(purchases) == 1:
        receipts = [await each for each in recording]
    else:
        receipts = await brought_together(front.stores.writer, *recording)
    found = Counter(statements)
    await front.stores.writer.run(lambda db: db.set_trace_callback(None))
    return receipts, found


async def test_an_order_is_one_commit_and_what_it_asks_is_bounded(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await traced(front, *(purchase(front, number) for number in range(4)))  # everyone is known from here on
        (receipt,), statements = await traced(front, purchase(front, 5))
        assert receipt.credited
        assert statements["COMMIT"] == 1
        assert statements["SELECT"] <= 10
        assert statements.total() <= 36


async def test_orders_that_wait_together_are_one_commit_and_share_their_savepoints(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        await traced(front, *(purchase(front, number) for number in range(4)))
        receipts, statements = await traced(front, *(purchase(front, 100 + number) for number in range(MANY)))
        assert [receipt.order for receipt in receipts] == [str(100 + number) for number in range(MANY)]
        assert all(receipt.credited for receipt in receipts)
        assert statements["COMMIT"] <= 2, "theirs, and that of the work that they waited for"
        assert statements["SAVEPOINT"] <= 2
        assert statements["SELECT"] <= 7 * MANY + 4
        assert statements.total() <= 20 * MANY
    assert verify_file(tmp_path / "moaref.db").holds


async def test_orders_that_wait_together_count_once_and_a_conflict_is_one_s_own(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        asked = [purchase(front, 1), purchase(front, 1), purchase(front, 1, 50_000), purchase(front, 2)]
        recording = (front.order_service.order(each, key=None) for each in asked)
        first, repeated, conflict, second = await brought_together(front.stores.writer, *recording)
        assert (first.repeated, repeated.repeated, second.repeated) == (False, True, False)
        assert isinstance(conflict, RequestConflict)
        assert front.rows("SELECT COUNT(*) FROM orders") == [(2,)]
    assert verify_file(tmp_path / "moaref.db").holds
