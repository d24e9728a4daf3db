"""`moaref run` as a process of its own: it comes up, answers, stops in order, and says in one line what is wrong.

Here it imports all itself, as it does for people.
"""

from __future__ import annotations

import asyncio
import socket
import subprocess
import sys
from pathlib import Path

from bot.playground import Playground, ServerAddress, Settings, playground_server
from bot.playground.story import Stage, shop_tables
from running import BotProcess, until_ready
from scene import stage_on

OTHER_TOKEN = "123456789:AAnobodyhaseverseenthistokenbefore00"
SECONDS_TO_TRY_AGAIN = 90


async def answers(stage: Stage, who: str) -> None:
    """The bot greets somebody new."""
    person = await stage.enter(who)
    await person.writes("/start")
    await person.sees("home-newcomer", shop=stage.words.shop("name"))


async def test_it_comes_up_answers_and_stops_with_status_zero(tmp_path: Path) -> None:
    async with playground_server() as playground:
        bot = BotProcess.prepared(playground, tmp_path, shop_tables(), cold=True)
        stage = stage_on(playground, "en")
        for who in ("nader", "karim"):  # the second time on the store of the first
            await bot.start_and_wait()
            try:
                await answers(stage, who)
            finally:
                status = await asyncio.to_thread(bot.stop)
            assert status == 0
        await playground.assert_no_violations()
        assert playground.token not in bot.log
        assert "Traceback" not in bot.log


async def test_a_wrong_token_is_one_clear_line_without_the_token(tmp_path: Path) -> None:
    async with playground_server() as playground:
        BotProcess.prepared(playground, tmp_path, shop_tables())
        config = tmp_path / "config.toml"
        config.write_text(config.read_text(encoding="utf-8").replace(playground.token, OTHER_TOKEN), encoding="utf-8")
        ended = await asyncio.to_thread(
            subprocess.run,
            [sys.executable, "-m", "bot", "run", "--config", str(config)],
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.splitlines() == ["moaref: Telegram refuses the bot's token"]
    assert OTHER_TOKEN.partition(":")[2] not in ended.stderr


async def test_without_a_network_it_goes_on_trying_until_there_is_one(tmp_path: Path) -> None:
    port = free_port()
    bot = BotProcess.prepared(nowhere(port), tmp_path, shop_tables(), cold=True)
    await bot.start()
    try:
        await until_it_says(bot, "unreachable, retrying")
        async with playground_server(port) as playground:
            async with asyncio.timeout(SECONDS_TO_TRY_AGAIN):
                await until_ready(playground)
            await answers(stage_on(playground, "fa"), "nader")
    finally:
        status = await asyncio.to_thread(bot.stop)
    assert status == 0
    assert Settings().token not in bot.log
    assert "Traceback" not in bot.log


async def test_it_stops_in_order_while_it_still_looks_for_the_network(tmp_path: Path) -> None:
    bot = BotProcess.prepared(nowhere(free_port()), tmp_path, shop_tables(), cold=True)
    await bot.start()
    try:
        await until_it_says(bot, "unreachable, retrying")
    finally:
        status = await asyncio.to_thread(bot.stop)
    assert status == 0


def nowhere(port: int) -> Playground:
    """A platform that does not listen yet; only its address is asked for."""
    settings = Settings()
    return Playground(ServerAddress(f"http://127.0.0.1:{port}", settings.token, settings.username), session=None)  # type: ignore[arg-type]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


async def until_it_says(bot: BotProcess, words: str) -> None:
    async with asyncio.timeout(90):
        while words not in bot.log:
            await asyncio.sleep(0.05)


async def test_a_second_one_on_the_same_store_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    """Both would send what is in the outbox, and everybody would be told everything twice."""
    async with playground_server() as playground:
        bot = BotProcess.prepared(playground, tmp_path, shop_tables(), cold=True)
        await bot.start_and_wait()
        try:
            second = await asyncio.to_thread(
                subprocess.run,
                [sys.executable, "-m", "bot", "run", "--config", str(tmp_path / "config.toml")],
                capture_output=True,
                text=True,
                timeout=SECONDS_TO_TRY_AGAIN,
            )
            assert second.returncode == 1
            assert "another `moaref run` serves this store" in second.stderr
            await answers(stage_on(playground, "en"), "nader")
        finally:
            await asyncio.to_thread(bot.stop)
        await bot.start_and_wait()
        bot.kill()
        await bot.start_and_wait()  # a kill lets go, too
        await asyncio.to_thread(bot.stop)
