"""The HTTP server as a guest in the bot's loop: it listens, ends in order, and says what keeps it from listening."""

from __future__ import annotations

import asyncio
import socket

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.config.shops import Http
from bot.web.server import HttpServer, HttpUnavailable
from storefront import until_it_listens


async def test_what_is_being_answered_when_it_is_stopped_is_answered() -> None:
    entered, leave = asyncio.Event(), asyncio.Event()

    async def slow(_request: Request) -> Response:
        entered.set()
        await leave.wait()
        return PlainTextResponse("done")

    server = HttpServer(Http(port=0))
    serving = asyncio.ensure_future(server.run(Starlette(routes=[Route("/slow", slow)])))
    await until_it_listens(server.address)
    async with httpx.AsyncClient(base_url=server.address) as web:
        asking = asyncio.ensure_future(web.get("/slow"))
        await entered.wait()
        serving.cancel()
        await asyncio.sleep(0.05)
        leave.set()
        assert (await asking).text == "done"
        await asyncio.gather(serving, return_exceptions=True)
        with pytest.raises(httpx.ConnectError):
            await web.get("/slow")


async def test_who_calls_before_it_serves_waits_and_is_answered() -> None:
    async def hello(_request: Request) -> Response:
        return PlainTextResponse("hello")

    server = HttpServer(Http(port=0))
    async with httpx.AsyncClient(base_url=server.address) as web:
        asking = asyncio.ensure_future(web.get("/"))
        await asyncio.sleep(0.05)
        assert not asking.done()
        serving = asyncio.ensure_future(server.run(Starlette(routes=[Route("/", hello)])))
        assert (await asking).text == "hello"
        serving.cancel()
        await asyncio.gather(serving, return_exceptions=True)


def test_a_port_in_use_is_told_by_its_address() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(HttpUnavailable, match=f"http: 127.0.0.1 port {port}: "):
            HttpServer(Http(port=port))


async def test_an_address_that_was_never_served_is_let_go() -> None:
    server = HttpServer(Http(port=0))
    port = int(server.address.rpartition(":")[2])
    server.close()
    HttpServer(Http(port=port)).close()


def test_a_host_that_is_no_name_is_told() -> None:
    with pytest.raises(HttpUnavailable, match="no host has such a name"):
        HttpServer(Http(host="a" * 70, port=0))
