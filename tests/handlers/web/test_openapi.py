"""The OpenAPI document says what the API does; schemathesis tries to prove otherwise."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from bot.config_shops import Http
from bot.web.server import HttpServer
from storefront import API_SECRET, open_storefront

EXAMPLES = 40
EXAMPLES_OF_SOAK = 2_000
CHECKS = [
    not_a_server_error,
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A shop that listens, in a loop and thread of its own."""
    folder = tmp_path_factory.mktemp("openapi")
    listening: list[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = []
    ready = threading.Event()

    async def serve() -> None:
        over = asyncio.Event()
        async with open_storefront(folder) as front:
            server = HttpServer(Http(port=0))
            serving = asyncio.ensure_future(server.run(front.application))
            listening.append((server.address, asyncio.get_running_loop(), over))
            ready.set()
            await over.wait()
            serving.cancel()
            await asyncio.gather(serving, return_exceptions=True)

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(20)
    url, loop, over = listening[0]
    yield url
    loop.call_soon_threadsafe(over.set)
    thread.join(20)


def try_to_break(address: str, examples: int) -> None:
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    operations = [each.ok() for each in schema.get_all_operations()]
    assert sorted(each.path for each in operations) == ["/api/v1/orders", "/api/v1/refunds"]
    for operation in operations:

        @schema.include(path=operation.path).parametrize()
        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        def each_case(case: schemathesis.Case) -> None:
            case.call_and_validate(headers={"Authorization": f"Bearer {API_SECRET}"}, checks=CHECKS)

        each_case()


def test_the_document_is_kept_to(address: str) -> None:
    try_to_break(address, EXAMPLES)


@pytest.mark.soak
@pytest.mark.timeout(3600)
def test_the_document_is_kept_to_for_long(address: str) -> None:
    try_to_break(address, EXAMPLES_OF_SOAK)


async def test_the_document_names_its_server_and_its_secret(tmp_path: Path) -> None:
    async with open_storefront(tmp_path) as front:
        answer = await front.web.get("/api/v1/openapi.json")
        document = answer.json()
        assert document["openapi"] == "3.1.0"
        assert document["servers"] == [{"url": "/"}]
        assert document["components"]["securitySchemes"]["shop"]["scheme"] == "bearer"
        assert API_SECRET not in answer.text
