"""Requests without the right secret: refused before their body is read, counted, slowed, and never in its way."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from starlette.requests import Request

from bot.runtime.clock import SystemClock
from bot.runtime.signals import Signal
from bot.web.failed_attempts import FREE_ATTEMPTS, FailedAttempts
from handlers.web.authentication import address_of
from storefront import WOO_SECRET, Storefront, open_storefront, small_order, woo_headers, woo_order


class Parts:
    """A body in parts that counts how many were asked for."""

    def __init__(self, whole: bytes) -> None:
        self._parts = [whole[at : at + 1000] for at in range(0, len(whole), 1000)]
        self.read = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self._parts:
            self.read += 1
            yield part


async def status_of_raw(front: Storefront, path: str, headers: dict[str, str]) -> tuple[int, int]:
    """The answer to a request that announces 2 MiB, and how often its body was asked for."""
    asked = 0
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": b"x" * 1000, "more_body": True}

    async def send(message: Any) -> None:
        sent.append(message)

    lines = {"content-length": str(2 * 1024 * 1024 + 1), **headers}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "POST",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.encode(), value.encode()) for name, value in lines.items()],
        "client": ("203.0.113.5", 1),
        "server": ("x", 80),
        "scheme": "http",
        "root_path": "",
    }
    await front.application(scope, receive, send)
    return sent[0]["status"], asked


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/shop/woocommerce/woo", {}, 401),
        ("/shop/woocommerce/woo", {"x-wc-webhook-signature": ""}, 401),
        ("/shop/woocommerce/woo", {"x-wc-webhook-signature": "AAAA"}, 401),
        ("/shop/woocommerce/woo", {"x-wc-webhook-signature": "ß" * 44}, 401),
        ("/shop/woocommerce/woo", {"content-type": "application/x-www-form-urlencoded"}, 401),
        ("/shop/woocommerce/woo", {"x-wc-webhook-signature": base64.b64encode(bytes(32)).decode()}, 413),
        ("/shop/woocommerce/nowhere", {}, 404),
        ("/api/v1/orders", {}, 401),
        ("/api/v1/orders", {"authorization": "Bearer wrong"}, 401),
        ("/api/v1/refunds", {"authorization": "Basic x"}, 401),
        ("/api/v1/rewards/ABCD/use", {"content-type": "application/json"}, 401),
    ],
)
async def test_nothing_is_read_of_a_body_that_is_refused_anyway(
    tmp_path: Path, path: str, headers: dict[str, str], status: int
) -> None:
    async with open_storefront(tmp_path) as front:
        assert await status_of_raw(front, path, headers) == (status, 0)


async def test_the_test_ping_is_read_as_far_as_a_ping_is_long(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        answer = await front.web.post("/shop/woocommerce/woo", content=b"webhook_id=12", headers=form)
        assert (answer.status_code, answer.json()) == (200, {"change": "nothing"})
        endless = Parts(b"webhook_id=" + b"1" * 100_000)
        answer = await front.web.post("/shop/woocommerce/woo", content=endless, headers=form)
        assert answer.status_code == 401


async def test_guesses_are_slowed_and_the_right_secret_is_not(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answers = [await front.order(secret=f"guess-number-{number}") for number in range(12)]
        assert {each.status_code for each in answers} == {401}
        assert ["retry-after" in each.headers for each in answers] == [False] * 10 + [True] * 2
        assert 1 <= int(answers[-1].headers["retry-after"]) <= 6
        assert (await front.order()).status_code == 201


async def test_wrong_signatures_are_slowed_and_the_right_one_is_not(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answers = [await front.deliver(woo_order(), secret=f"wrong-secret-{number}") for number in range(11)]
        assert ["retry-after" in each.headers for each in answers] == [False] * 10 + [True]
        assert (await front.deliver(woo_order())).json() == {"change": "recorded"}
        assert "retry-after" not in (await front.order(secret="another-thing-altogether")).headers


async def test_a_slowed_answer_is_held_back_and_the_right_one_is_not(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        front.application.state.attempts = FailedAttempts(SystemClock().ticks, Signal(), delay_s=0.3)
        loop = asyncio.get_running_loop()
        for _ in range(FREE_ATTEMPTS):
            await front.order(secret="one-of-those-wrong-ones")
        begun = loop.time()
        assert (await front.order(secret="one-of-those-wrong-ones")).status_code == 401
        assert loop.time() - begun >= 0.25
        guessing = asyncio.ensure_future(front.order(secret="one-of-those-wrong-ones"))
        assert (await front.order()).status_code == 201
        assert not guessing.done()
        await guessing


async def test_who_shows_no_secret_guesses_nothing_and_is_always_answered(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answers = [await front.web.post("/api/v1/orders", json=small_order()) for _ in range(15)]
        assert not any("retry-after" in each.headers for each in answers)


async def test_the_log_has_one_line_a_minute_for_a_shop_and_reason(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with open_storefront(tmp_path) as front:
        for _ in range(5):
            await front.deliver(woo_order(), secret="not-the-right-secret")
        raw = json.dumps(woo_order()).encode()
        await front.web.post("/shop/woocommerce/woo", content=raw, headers=woo_headers(raw, "order.updated", None))
        lines = [each.getMessage() for each in caplog.records if "refused" in each.getMessage()]
        assert [line.partition(", refused")[0] for line in lines] == [
            "shop woo: wrong_signature",
            "shop woo: no_signature",
        ]
        assert "not-the-right-secret" not in caplog.text
        assert WOO_SECRET not in caplog.text


@pytest.mark.parametrize(
    ("client", "forwarded", "address"),
    [
        ("203.0.113.5", "198.51.100.1", "203.0.113.5"),
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("::1", "10.0.0.1, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("127.0.0.1", "nonsense", "127.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("testclient", "", "testclient"),
    ],
)
def test_the_address_is_the_one_that_a_web_server_before_us_has_seen(client: str, forwarded: str, address: str) -> None:
    asked = SimpleNamespace(client=SimpleNamespace(host=client), headers={"x-forwarded-for": forwarded})
    assert address_of(cast("Request", asked)) == address


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('{"order": "1", "order": "2"}', "order"),
        ('{"order": "1", "\\u006frder": "1"}', "order"),
        ('{"order": "1", "lines": [{"amount": 1, "product": "a", "amount": 100000}]}', "amount"),
        ('{"x": {"y": [{"z": 1, "z": 1}]}}', "z"),
    ],
)
async def test_a_name_that_stands_twice_is_refused_by_name(tmp_path: Path, body: str, name: str) -> None:
    async with open_storefront(tmp_path) as front:
        for path in ("orders", "refunds", "rewards/ABCDEF/use"):
            answer = await front.web.post(
                f"/api/v1/{path}",
                content=body,
                headers={"Authorization": "Bearer the-secret-of-the-api-shop", "Content-Type": "application/json"},
            )
            assert (answer.status_code, answer.json()["code"]) == (422, "repeated_name")
            assert f"'{name}'" in answer.json()["detail"]
        assert front.rows("SELECT COUNT(*) FROM orders") == [(0,)]


async def test_a_whole_number_of_thousands_of_digits_is_a_problem_and_no_failure(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        for body in (
            b'{"order": ' + b"9" * 5_000 + b"}",
            b"[" * 50_000,
            b'{"a": NaN}',
            b"\xef\xbb\xbf{}",
            b'{"a": "\xff"}',
        ):
            answer = await front.web.post(
                "/api/v1/refunds",
                content=body,
                headers={"Authorization": "Bearer the-secret-of-the-api-shop", "Content-Type": "application/json"},
            )
            assert answer.status_code in (400, 422), body[:20]
