"""Runs the local Bot API server and the bot, each in a process of its own, as in production."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from bot.cli.frame import CommandError
from bot.playground.client import Playground

FIRST_ADMIN: Final = 900
START_SECONDS_MAX: Final = 30
_STOP_SECONDS_MAX = 15

# Rate limits are raised as far as the configuration allows, so that the machine is measured and not they.
_CONFIG = """[telegram]
token = {token}
base_url = {base_url}
base_file_url = {base_file_url}
admins = {admins}
workers = {workers}
messages_per_second = 1000
messages_per_chat_per_second = 100
chat_burst = 100

[store]
url = "sqlite:///bench.db"
key = {key}

[log]
level = "error"

[notify]
digest = "off"
gather_seconds = 0

"""
PROGRAMME: Final = """[program]
currency = "IRT"

[plan]
kind = "unilevel"
levels = ["15%", "12%", "8%"]

[[ranks]]
id = "base"
commission = "20%"
"""


@asynccontextmanager
async def platform() -> AsyncIterator[Playground]:
    """Runs a local Bot API server in a process of its own."""
    process = await _started("bot.playground", "--port", "0")
    try:
        assert process.stdout is not None  # requested above
        line = (await asyncio.wait_for(process.stdout.readline(), START_SECONDS_MAX)).decode()
        url = line.partition("= ")[2].strip().removesuffix("/bot")
        if not url:
            raise CommandError("the local Bot API server did not start")
        async with Playground.connect(url) as playground:
            yield playground
    finally:
        await _stopped(process)


@asynccontextmanager
async def running_bot(
    playground: Playground, folder: Path, *, workers: int, admins: int, more: str = ""
) -> AsyncIterator[Path]:
    """Runs `moaref run` on the folder's store, and yields the store's file once it polls. `more` is configuration."""
    from engine.vault import new_key

    values = {
        "token": playground.token,
        "base_url": playground.base_url,
        "base_file_url": playground.base_file_url,
        "admins": list(range(FIRST_ADMIN, FIRST_ADMIN + admins)),
        "workers": workers,
        "key": new_key(),
    }
    config = folder / "config.toml"
    config.touch(mode=0o600)
    config.write_text(_CONFIG.format(**{name: json.dumps(value) for name, value in values.items()}) + more + PROGRAMME)
    asked = (await playground.counts()).get("getWebhookInfo", 0)
    process = await _started("bot", "run", "--config", str(config))
    try:
        await _until_it_asks(playground, asked, process)
        yield folder / "bench.db"
    finally:
        await _stopped(process)


async def _until_it_asks(playground: Playground, asked: int, process: asyncio.subprocess.Process) -> None:
    """Waits for the webhook query, the bot's last call before it polls. Raises CommandError."""
    try:
        async with asyncio.timeout(START_SECONDS_MAX):
            while (await playground.counts()).get("getWebhookInfo", 0) <= asked:
                if process.returncode is not None:
                    raise CommandError("the bot did not start")
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise CommandError("the bot did not begin to ask for updates") from None


async def _started(module: str, *arguments: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE
    )


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.communicate(), _STOP_SECONDS_MAX)
    except TimeoutError:
        process.kill()
        await process.communicate()
