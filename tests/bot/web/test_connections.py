"""Connections on real sockets: whoever takes too long is let go, and a crowd of them shuts nobody out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.config.shops import Http
from bot.web.connections import ConnectionLimits
from bot.web.server import HttpServer

SHORT = ConnectionLimits(connections=20, head_seconds=0.3, body_seconds=0.6, reading_seconds=0.4)
PATIENCE_S = 10

Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def hello(_request: Request) -> Response:
    return PlainTextResponse("hello")


async def echo(request: Request) -> Response:
    return PlainTextResponse(str(len(await request.body())))


async def refuse(_request: Request) -> Response:
    return PlainTextResponse("no", 401)


ASKED = asyncio.Event()


async def plenty(_request: Request) -> Response:
    ASKED.set()
    return PlainTextResponse("x" * 20_000_000)


@asynccontextmanager
async def serving(limits: ConnectionLimits = SHORT) -> AsyncIterator[str]:
    """The address of a server with these limits."""
    server = HttpServer(Http(port=0), limits)
    routes = [
        Route("/hello", hello),
        Route("/echo", echo, methods=["POST"]),
        Route("/refuse", refuse, methods=["POST"]),
        Route("/plenty", plenty),
    ]
    running = asyncio.ensure_future(server.run(Starlette(routes=routes)))
    try:
        yield server.address
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def connected(address: str) -> Streams:
    host, _, port = address.removeprefix("http://").rpartition(":")
    return await asyncio.open_connection(host, int(port))


async def seconds_until_closed(streams: Streams, *, sending: bytes = b"") -> float:
    """How long the other side keeps the connection, while so much is sent every now and then."""
    reader, writer = streams
    loop = asyncio.get_running_loop()
    begun = loop.time()

    async def dribble() -> None:
        while sending:
            writer.write(sending)
            await asyncio.sleep(0.05)

    dribbling = asyncio.ensure_future(dribble())
    try:
        async with asyncio.timeout(PATIENCE_S):
            with suppress(ConnectionError):
                while await reader.read(65_536):
                    pass
    finally:
        dribbling.cancel()
        writer.close()
    return loop.time() - begun


@pytest.mark.parametrize("sending", [b"", b"X-More: of it\r\n"])
async def test_a_head_that_does_not_end_is_not_waited_for(sending: bytes) -> None:
    async with serving() as address:
        streams = await connected(address)
        if sending:
            streams[1].write(b"GET /hello HTTP/1.1\r\nHost: x\r\n")
        assert 0.2 < await seconds_until_closed(streams, sending=sending) < 3


async def test_the_second_head_on_a_connection_is_not_waited_for_either() -> None:
    async with serving() as address:
        streams = await connected(address)
        streams[1].write(b"GET /hello HTTP/1.1\r\nHost: x\r\n\r\n")
        await streams[0].readuntil(b"hello")
        streams[1].write(b"GET /hel")
        assert 0.2 < await seconds_until_closed(streams, sending=b"l") < 3


@pytest.mark.parametrize("path", ["/echo", "/refuse", "/nowhere"])
async def test_a_body_that_does_not_end_is_not_waited_for_also_where_nobody_reads_it(path: str) -> None:
    async with serving() as address:
        streams = await connected(address)
        streams[1].write(f"POST {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n".encode())
        assert 0.4 < await seconds_until_closed(streams, sending=b"x") < 3


async def test_an_answer_that_nobody_reads_is_not_kept() -> None:
    async with serving() as address:
        reader, writer = await connected(address)
        writer.write(b"GET /plenty HTTP/1.1\r\nHost: x\r\n\r\n")
        await ASKED.wait()
        await asyncio.sleep(1.5)
        read = 0
        with suppress(ConnectionError):
            while part := await reader.read(1_000_000):
                read += len(part)
        assert 0 < read < 20_000_000
        writer.close()


async def test_who_takes_their_time_within_the_bounds_is_answered() -> None:
    async with serving() as address:
        reader, writer = await connected(address)
        for part in (b"POST /echo HTTP/1.1\r\n", b"Host: x\r\nContent-Length: 4\r\n\r\n", b"ab", b"cd"):
            writer.write(part)
            await asyncio.sleep(0.1)
        assert b"200 OK" in await reader.readline()
        writer.close()


async def test_a_crowd_that_says_nothing_shuts_nobody_out() -> None:
    limits = ConnectionLimits(connections=20, head_seconds=30, body_seconds=30)
    async with serving(limits) as address:
        crowd = [await connected(address) for _ in range(60)]
        for _, writer in crowd:
            writer.write(b"GET /hello HTTP/1.1\r\nX-Endless: ")
        async with httpx.AsyncClient(base_url=address) as web:
            for _ in range(5):
                assert (await web.get("/hello")).text == "hello"
        crowd += [await connected(address) for _ in range(60)]
        for _, writer in crowd[60:]:
            writer.write(b"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n")
        await asyncio.sleep(0.1)
        async with httpx.AsyncClient(base_url=address) as web:
            assert (await web.post("/echo", content=b"12345")).text == "5"
        for _, writer in crowd:
            writer.close()
