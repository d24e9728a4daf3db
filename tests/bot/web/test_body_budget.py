"""All bodies in hand are bounded together, and short ones wait for no long ones."""

from __future__ import annotations

import asyncio

import httpx
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.web.body_budget import BodyBudget
from handlers.web.problems import HttpProblem, on_problem

FREE, MOST = 100, 1_000


def application(leave: asyncio.Event) -> Starlette:
    async def wait(request: Request) -> Response:
        length = len(await request.body())
        await leave.wait()
        return PlainTextResponse(str(length))

    return Starlette(
        routes=[Route("/", wait, methods=["POST"])],
        middleware=[Middleware(BodyBudget, most=MOST, free=FREE)],
        exception_handlers={HttpProblem: on_problem},
    )


async def test_what_is_too_much_for_all_together_is_refused_and_told_when_to_come_again() -> None:
    leave = asyncio.Event()
    transport = httpx.ASGITransport(application(leave))
    async with httpx.AsyncClient(transport=transport, base_url="http://x") as web:
        first = [asyncio.ensure_future(web.post("/", content=b"x" * 600)) for _ in range(2)]
        await asyncio.sleep(0.05)
        refused = await web.post("/", content=b"x" * 101)
        assert (refused.status_code, refused.headers["retry-after"]) == (503, "10")
        assert refused.json()["code"] == "busy"
        short = asyncio.ensure_future(web.post("/", content=b"x" * 100))
        await asyncio.sleep(0.05)
        leave.set()
        assert [(await each).text for each in [*first, short]] == ["600", "600", "100"]
        assert (await web.post("/", content=b"x" * 1_100)).text == "1100"
        assert (await web.post("/", content=b"x" * 1_101)).status_code == 503
        assert (await web.post("/", content=b"x" * 1_100)).text == "1100"
