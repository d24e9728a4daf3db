"""Starting and ending: in this loop, in a thread, in a process; and that nothing hangs."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import aiohttp
import pytest

from bot.playground import Playground, playground_server, running_playground, serving, start


async def test_whatever_waits_ends_with_the_server() -> None:
    async with aiohttp.ClientSession() as session:
        running = await start()
        url = running.address
        nader = await Playground(url, session).phone(id=101, first_name="Nader")
        query = await nader.press_raw("x", await nader.send("/start"))
        press = asyncio.create_task(session.get(f"{url.url}/control/queries/{query}?timeout=50"))
        poll = asyncio.create_task(session.get(f"{url.base_url}{url.token}/getUpdates?offset=9999999999&timeout=50"))
        look = asyncio.create_task(session.get(f"{url.url}/control/events?after=9&timeout=50"))
        await asyncio.sleep(0.1)
        begun = time.perf_counter()
        await running.stop()
        assert time.perf_counter() - begun < 1
        assert (await (await poll).json())["result"] == []
        assert (await (await look).json())["result"] == []
        assert (await (await press).json())["result"] is None


async def test_a_taken_port_is_said_so() -> None:
    async with serving() as running:
        port = int(running.address.url.rpartition(":")[2])
        with pytest.raises(OSError, match="in use"):
            await start(port)


async def test_it_listens_on_the_loopback_alone() -> None:
    async with serving() as running:
        assert running.address.url.startswith("http://127.0.0.1:")


def test_a_server_in_a_thread_answers_and_ends() -> None:
    with running_playground() as address:
        with urllib.request.urlopen(f"{address.base_url}{address.token}/getMe", timeout=5) as answer:  # noqa: S310
            assert b'"is_bot":true' in answer.read()
        port = int(address.url.rpartition(":")[2])
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", port)) != 0


def test_a_server_in_a_thread_says_that_its_port_is_taken() -> None:
    with (
        running_playground() as address,
        pytest.raises(OSError, match="in use"),
        running_playground(int(address.url.rpartition(":")[2])),
    ):
        pass


async def test_a_client_reaches_a_server_by_its_url_alone() -> None:
    async with serving() as running, Playground.connect(running.address.url) as playground:
        assert playground.token == running.address.token
        assert playground.base_url == running.address.base_url
        assert playground.bot_username == "moaref_playground_bot"


async def test_two_servers_do_not_know_each_other() -> None:
    async with playground_server() as one, playground_server() as other:
        await (await one.phone(id=101, first_name="Nader")).send("hi")
        assert await one.pending_updates() == 1
        assert await other.pending_updates() == 0


def test_the_module_runs_alone_until_it_is_interrupted() -> None:
    command = [sys.executable, "-m", "bot.playground", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = dict(process.stdout.readline().strip().split(" = ") for _ in range(3))
        with urllib.request.urlopen(f"{printed['base_url']}{printed['token']}/getMe", timeout=5) as answer:  # noqa: S310
            assert answer.status == 200
        os.kill(process.pid, signal.SIGINT)
        assert process.wait(timeout=5) == 0
