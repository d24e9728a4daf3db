"""Bodies of WooCommerce, changed in every way: each is read, or kept with its reason and told; none is refused."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from random import Random, SystemRandom

import pytest

from bot.kit.texts import LOCALE, Texts
from bot.notifications.relay import OutboxRelay
from bot.shop_kinds.woocommerce.orders import order_name
from bot.shops.problems import ShopProblems
from bot.store.profiles import Profiles
from engine.verify.ledger import verify_file
from handlers.notices.shops import shop_problem
from machine import ADMIN, Store
from quick_clock import QuickClock
from signalled import for_outbox
from storefront import Storefront, open_storefront
from woo_shapes import SHAPES, changed, shape

BODIES = 150
BODIES_OF_SOAK = 20_000
TOPICS = ("order.updated", "order.updated", "order.created", "")


def seeded() -> Random:
    seed = int(os.environ.get("MOAREF_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201  what a failure shows
    return Random(seed)


async def deliver_all(front: Storefront, random: Random, bodies: int) -> Mapping[str, int]:
    """What the deliveries came to; each is checked when it has been answered."""
    came_to: Counter[str] = Counter()
    for number in range(2, bodies + 2):
        raw = changed(shape(random.choice(SHAPES), number, random.choice((front.nader, front.babak))), random)
        answer = await front.deliver(raw, topic=random.choice(TOPICS))
        assert answer.status_code == 200, (answer.status_code, raw)
        change = answer.json()["change"]
        came_to[change] += 1
        name = order_name(raw)
        if change in ("recorded", "refunded"):
            assert await front.engine.order(f"woo:{name}") is not None, raw
        elif change in ("unreadable", "refused"):
            which = "=" if change == "unreadable" else "<>"
            sql = f"SELECT content FROM shop_problems WHERE order_id = '{name}' AND kind {which} 'unreadable'"  # noqa: S608
            kept = front.rows(sql)
            assert kept, raw
            assert change == "refused" or json.loads(kept[0][0])["reason"], raw
    return came_to


async def tell_all(front: Storefront) -> None:
    """Tells an admin of every problem: each is one message, with its order in it."""
    await Store(front.stores.writer, front.stores.machine).know(ADMIN, "Hamid", now=front.clock.now)
    people, texts = Profiles(front.stores.writer, front.stores.machine, frozenset({ADMIN})), Texts(LOCALE, strict=True)
    problems = ShopProblems(front.stores.machine, people, lambda problem, admin: shop_problem(problem, admin, texts))
    services = for_outbox(people, front.outbox, front.stores.writer, QuickClock())
    teller = OutboxRelay(services, problems, "")
    while await teller.step():
        pass
    told = front.rows("SELECT json_extract(params, '$.text') FROM outbox ORDER BY id")
    found = front.rows("SELECT shop || ':' || order_id FROM shop_problems ORDER BY id")
    assert len(told) == len(found) > 0
    assert all(order in text for (text,), (order,) in zip(told, found, strict=True))
    assert front.rows("SELECT COUNT(*) FROM shop_problems WHERE told_at IS NULL") == [(0,)]


def private_words_in(folder: Path) -> list[bytes]:
    words = (b"sara@example.com", b"Sara", b"912-111")
    return [word for file in folder.glob("moaref.db*") for word in words if word in file.read_bytes()]


async def change_all(folder: Path, bodies: int) -> str:
    random = seeded()
    async with open_storefront(folder) as front:
        came_to = await deliver_all(front, random, bodies)
        assert sum(came_to.values()) == bodies
        assert min(came_to["recorded"], came_to["unreadable"]) > bodies // 20, came_to
        await tell_all(front)
    assert not private_words_in(folder)
    assert verify_file(folder / "moaref.db").holds
    return ", ".join(f"{count} {change}" for change, count in sorted(came_to.items()))


@pytest.mark.parametrize("name", SHAPES)
async def test_each_shape_is_read_as_it_is(tmp_path: Path, name: str) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.deliver(shape(name, 7, front.nader))
        assert answer.json()["change"] == {"marketplace child": "nothing", "refunded": "refunded"}.get(name, "recorded")
        assert front.rows("SELECT COUNT(*) FROM shop_problems") == [(0,)]
        earned = {"refunded": 17_800, "marketplace child": 0, "gift card": 14_000, "negative fee": 15_000}
        assert await front.available(front.nader) == earned.get(name, 20_000)


async def test_changed_bodies_are_read_or_kept_with_their_reason_and_told(tmp_path: Path) -> None:
    print(await change_all(tmp_path, BODIES))  # noqa: T201  shown by `pytest -rP`


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_very_many_changed_bodies_are_read_or_kept_with_their_reason_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await change_all(tmp_path, BODIES_OF_SOAK)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201
