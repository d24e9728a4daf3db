"""Whatever comes to an intake: no failure of ours, nothing without a right signature, nothing acknowledged unstored."""

from __future__ import annotations

import json
import os
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from typing import Any

import httpx
import pytest

from engine.verify.ledger import verify_file
from mutations import mutated
from storefront import (
    API_SECRET,
    Storefront,
    open_storefront,
    small_order,
    with_code,
    woo_headers,
    woo_order,
)

BODIES = 200
BODIES_OF_SOAK = 20_000
HEADERS = {"Authorization": f"Bearer {API_SECRET}", "Content-Type": "application/json"}


def seeded() -> Random:
    seed = int(os.environ.get("MOAREF_SEED") or SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201  what a failure shows
    return Random(seed)


def read(raw: bytes) -> Any:
    return json.loads(raw, strict=False)


async def is_stored(front: Storefront, shop: str, id: object) -> bool:
    return await front.engine.order(f"{shop}:{id}") is not None


async def send_orders(front: Storefront, random: Random, bodies: int) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for number in range(bodies):
        body = {**small_order(), "order": str(number), "code": front.nader, "currency": "IRT"}
        raw = mutated(body, random)
        answer = await front.web.post("/api/v1/orders", content=raw, headers=HEADERS)
        statuses[answer.status_code] += 1
        if answer.is_success:
            assert await is_stored(front, "main", answer.json()["order"]), raw
            assert answer.json()["order"] == read(raw)["order"]
    return statuses


async def send_refunds(front: Storefront, random: Random, bodies: int) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for number in range(bodies):
        await front.order(order=f"r{number}")
        raw = mutated({"order": f"r{number}", "amount": random.randint(1, 100_000)}, random)
        answer = await front.web.post("/api/v1/refunds", content=raw, headers=HEADERS)
        statuses[answer.status_code] += 1
        view = await front.engine.order(f"main:r{number}")
        assert view is not None
        assert bool(view.refunded) == (answer.is_success and answer.json()["order"] == view.id.partition(":")[2]), raw
    return statuses


async def send_deliveries(front: Storefront, random: Random, bodies: int) -> Counter[int]:
    statuses: Counter[int] = Counter()
    for number in range(1, bodies + 1):
        said = {"coupon_lines": [{"id": 1, "code": "spring"}], "refunds": [{"id": 9, "reason": "", "total": "-1100"}]}
        raw = mutated(woo_order(number, meta_data=with_code(front.nader), **said), random)
        answer = await front.deliver(raw)
        statuses[answer.status_code] += 1
        if answer.is_success and answer.json()["change"] in ("recorded", "refunded"):
            assert await is_stored(front, "woo", read(raw)["id"]), raw
        elif answer.is_success and answer.json()["change"] == "refused":
            assert front.rows(f"SELECT 1 FROM shop_problems WHERE order_id = '{int(read(raw)['id'])}'")  # noqa: S608
    return statuses


async def send_unsigned(front: Storefront, random: Random, bodies: int) -> Counter[int]:
    """Signed for another body, or by nobody; shown another secret, or none."""
    statuses: Counter[int] = Counter()
    before = front.rows("SELECT COUNT(*) FROM journal")
    for number in range(1, bodies + 1):
        true = json.dumps(woo_order(number)).encode()
        raw = mutated(woo_order(number), random)
        headers = woo_headers(
            true, "order.updated", random.choice((None, "guessed-by-somebody", "the-secret-of-the-wordpress-shop"))
        )
        if raw != true or "X-WC-Webhook-Signature" not in headers:
            statuses[(await front.web.post("/shop/woocommerce/woo", content=raw, headers=headers)).status_code] += 1
        statuses[(await wrongly_shown(front, random, raw)).status_code] += 1
    assert set(statuses) == {401}
    assert front.rows("SELECT COUNT(*) FROM journal") == before
    return statuses


async def wrongly_shown(front: Storefront, random: Random, raw: bytes) -> httpx.Response:
    shown = random.choice(
        ("", "Bearer", f"Bearer {API_SECRET[:-1]}", f"Bearer {API_SECRET}x", "Bearer \xff", API_SECRET)
    )
    headers = [(b"authorization", shown.encode("latin-1")), (b"content-type", b"application/json")]
    return await front.web.post(random.choice(("/api/v1/orders", "/api/v1/refunds")), content=raw, headers=headers)


async def mutate_all(folder: Path, bodies: int) -> str:
    random = seeded()
    said = []
    async with open_storefront(folder) as front:
        for send in (send_orders, send_refunds, send_deliveries):
            statuses = await send(front, random, bodies)
            assert max(statuses) < 500, statuses
            assert sum(statuses.values()) == bodies
            assert sum(count for status, count in statuses.items() if status < 300) > bodies // 10
            said.append(f"{send.__name__} {dict(sorted(statuses.items()))}")
        await send_unsigned(front, random, bodies)
    assert verify_file(folder / "moaref.db").holds
    return "; ".join(said)


async def test_mutated_bodies_are_refused_or_stored(tmp_path: Path) -> None:
    print(await mutate_all(tmp_path, BODIES))  # noqa: T201  shown by `pytest -rP`


@pytest.mark.soak
@pytest.mark.timeout(7200)
async def test_very_many_mutated_bodies_are_refused_or_stored(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = await mutate_all(tmp_path, BODIES_OF_SOAK)
    with capsys.disabled():
        print(f"\n{said}")  # noqa: T201
