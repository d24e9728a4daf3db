"""The OpenAPI document says what the API does; schemathesis tries to prove otherwise."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from storefront import API_SECRET, listening, open_storefront

EXAMPLES = 15
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
    begun: list[tuple[str, asyncio.AbstractEventLoop, asyncio.Event]] = []
    ready = threading.Event()

    async def serve() -> None:
        over = asyncio.Event()
        async with open_storefront(folder) as front, listening(front) as url:
            begun.append((url, asyncio.get_running_loop(), over))
            ready.set()
            await over.wait()

    thread = threading.Thread(target=lambda: asyncio.run(serve()), daemon=True)
    thread.start()
    assert ready.wait(20)
    url, loop, over = begun[0]
    yield url
    loop.call_soon_threadsafe(over.set)
    thread.join(20)


def try_to_break(address: str, examples: int) -> None:
    """Requests that are as described, and requests that are not, each so often."""
    schema = schemathesis.openapi.from_url(f"{address}/api/v1/openapi.json")
    operations = [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]
    assert sorted(each.path for each in operations) == [
        "/api/v1/orders",
        "/api/v1/refunds",
        "/api/v1/rewards/{code}",
        "/api/v1/rewards/{code}/use",
    ]
    for operation in operations:
        for mode in GenerationMode:
            _try(operation.as_strategy(generation_mode=mode), examples)


def _try(cases: SearchStrategy[schemathesis.Case[Any]], examples: int) -> None:
    @given(case=cases)
    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    def each_case(case: schemathesis.Case[Any]) -> None:
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
