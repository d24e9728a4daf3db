"""Random lives of orders: whatever a shop does and however its deliveries come, nothing is paid that is not left."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom

import pytest

from asked_shop import reconciler
from engine.money import share_up
from engine.verify.ledger import verify_file
from fake_shop import FakeShop, fake_shop
from storefront import Storefront, open_storefront
from woo_histories import Expected, History, LivingOrder


async def lives(folder: Path, *, orders: int, steps: int, random: Random) -> str:
    """Lets so many orders live through so many changes; what happened."""
    counted: Counter[str] = Counter()
    async with open_storefront(folder) as front, fake_shop() as shop:
        shop.hides_refunds = True
        begin = front.clock.now // 1000
        histories = [
            History(LivingOrder(id, begin), random, lambda: front.clock.now // 1000) for id in range(1, orders + 1)
        ]
        for _ in range(steps):
            front.clock.now += random.choice([1000, 60_000, 7_200_000])
            history = random.choice(histories)
            for state in history.step():
                await deliver(front, history, state, counted)
            shop.put(history.order.body(front.nader))
            if random.random() < 0.24 / orders:
                await reconcile(front, shop, histories, counted)
        await reconcile(front, shop, histories, counted)
        await assert_told(front, histories)
        told = dict(front.rows("SELECT kind, COUNT(*) FROM shop_problems GROUP BY kind"))
    assert verify_file(folder / "moaref.db").holds
    return f"{orders} orders, {steps} changes: {dict(counted)}, told {told}"


async def deliver(front: Storefront, history: History, state: LivingOrder, counted: Counter[str]) -> None:
    answer = await front.deliver(state.body(front.nader))
    change = answer.json()["change"]
    counted[change] += 1
    assert (change != "older") == history.expected.take(state), (state, history.expected)
    await assert_books(front, state.id, history.expected)


async def reconcile(front: Storefront, shop: FakeShop, histories: list[History], counted: Counter[str]) -> None:
    """Everything that the shop has now is taken."""
    counted["asked for"] += (await reconciler(front, shop).ask("woo", 0)).looked_at
    for history in histories:
        if history.order.id in shop.orders:
            history.expected.take(history.order)
            await assert_books(front, history.order.id, history.expected)
            assert history.expected.least <= history.order.left or history.expected.total is None


async def assert_books(front: Storefront, id: int, expected: Expected) -> None:
    """What is left is the least that ever was, and each commission is that part of itself."""
    order = await front.engine.order(f"woo:{id}")
    if order is None or expected.total is None:
        assert (order, expected.total) == (None, None)
        return
    assert (order.total, order.total - order.refunded) == (expected.total, expected.least)
    ((amount, taken),) = front.rows(f"SELECT amount, reversed FROM commissions WHERE source = 'order:woo:{id}'")  # noqa: S608
    assert taken == share_up(amount, order.refunded, order.total)


async def assert_told(front: Storefront, histories: list[History]) -> None:
    """Each change that is not followed was told once, and no other."""
    told = Counter(front.rows("SELECT CAST(order_id AS INTEGER), kind FROM shop_problems"))
    expected = {
        (history.order.id, kind): getattr(history.expected, kind)
        for history in histories
        for kind in ("more_left", "currency_changed")
        if getattr(history.expected, kind)
    }
    assert dict(told) == expected


def seed() -> int:
    found = int(os.environ.get("MOAREF_STATES_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {found}")  # noqa: T201  what a failure shows
    return found


@pytest.mark.timeout(300)
async def test_random_lives_of_orders_pay_what_is_left_and_tell_each_other_change_once(tmp_path: Path) -> None:
    print(await lives(tmp_path, orders=12, steps=250, random=Random(seed())))  # noqa: T201  shown by `pytest -rP`


@pytest.mark.soak
@pytest.mark.timeout(3600)
async def test_five_thousand_changes_of_orders_are_followed_or_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = seed()
    said = await lives(tmp_path, orders=200, steps=5_000, random=Random(found))
    with capsys.disabled():
        print(f"\nseed {found}: {said}")  # noqa: T201
