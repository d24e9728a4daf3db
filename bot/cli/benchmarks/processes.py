"""Runs the local Bot API server and the bot, each in a process of its own, as in production."""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.cli.benchmarks.lean_platform import LeanPlatform
from bot.cli.frame import CommandError
from bot.playground.client import Playground

FIRST_ADMIN: Final = 900
STORE: Final = "bench.db"
START_SECONDS_MAX: Final = 30
_STOP_SECONDS_MAX = 15

_CONFIG = """[telegram]
token = {token}
base_url = {base_url}
base_file_url = {base_file_url}
admins = {admins}
workers = {workers}

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


@dataclass(frozen=True, slots=True)
class CountedProcess:
    """Holds a running bot's process, which reports its counts, and its store's file."""

    store: Path
    process: asyncio.subprocess.Process

    async def ask(self, line: str = "counts") -> dict[str, float]:
        """Returns the counts so far; "trace" and "still" begin and end the counting of statements."""
        assert self.process.stdin is not None  # it was started with pipes
        assert self.process.stdout is not None
        self.process.stdin.write(f"{line}\n".encode())
        counts: dict[str, float] = json.loads(await self.process.stdout.readline())
        return counts


@asynccontextmanager
async def running_bot(
    platform: Playground | LeanPlatform, folder: Path, *, workers: int, admins: int, more: str = ""
) -> AsyncIterator[CountedProcess]:
    """Runs the bot on the folder's store, and yields it once it polls. `more` is configuration."""
    config = write_config(platform, folder, workers=workers, admins=admins, more=more)
    asked = (await platform.counts()).get("getWebhookInfo", 0)
    process = await _started("bot.cli.benchmarks.counted_bot", str(config), stdin=asyncio.subprocess.PIPE)
    try:
        await _until_it_asks(platform, asked, process)
        yield CountedProcess(folder / STORE, process)
    finally:
        await _stopped(process)


def write_config(
    platform: Playground | LeanPlatform, folder: Path, *, workers: int, admins: int, more: str = ""
) -> Path:
    """Writes the configuration of a bot at a local platform, with a new key for its store."""
    from engine.vault import new_key

    values = {
        "token": platform.token,
        "base_url": platform.base_url,
        "base_file_url": platform.base_file_url,
        "admins": list(range(FIRST_ADMIN, FIRST_ADMIN + admins)),
        "workers": workers,
        "key": new_key(),
    }
    config = folder / "config.toml"
    config.touch(mode=0o600)
    config.write_text(_CONFIG.format(**{name: json.dumps(value) for name, value in values.items()}) + more + PROGRAMME)
    return config


@asynccontextmanager
async def running(playground: Playground, config: Path) -> AsyncIterator[int]:
    """Runs `moaref run`, and yields the process's id once it polls."""
    asked = (await playground.counts()).get("getWebhookInfo", 0)
    process = await _started("bot", "run", "--config", str(config))
    try:
        await _until_it_asks(playground, asked, process)
        yield process.pid
    finally:
        await _stopped(process)


@asynccontextmanager
async def proving(config: Path) -> AsyncIterator[None]:
    """Runs `moaref verify` meanwhile, again and again."""
    proofs = asyncio.create_task(_prove(config))
    try:
        yield
    finally:
        proofs.cancel()
        with suppress(asyncio.CancelledError):
            await proofs


async def _prove(config: Path) -> None:
    """Raises CommandError where a proof fails."""
    while True:
        process = await _started("bot", "verify", "--config", str(config))
        try:
            said, _ = await process.communicate()
        finally:
            await _stopped(process)
        if process.returncode:
            raise CommandError(f"moaref verify: {said.decode()}")


async def _until_it_asks(platform: Playground | LeanPlatform, asked: int, process: asyncio.subprocess.Process) -> None:
    """Waits for the webhook query, the bot's last call before it polls. Raises CommandError."""
    try:
        async with asyncio.timeout(START_SECONDS_MAX):
            while (await platform.counts()).get("getWebhookInfo", 0) <= asked:
                if process.returncode is not None:
                    raise CommandError("the bot did not start")
                await asyncio.sleep(0.02)
    except TimeoutError:
        raise CommandError("the bot did not begin to ask for updates") from None


async def _started(module: str, *arguments: str, stdin: int = asyncio.subprocess.DEVNULL) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *arguments, stdin=stdin, stdout=asyncio.subprocess.PIPE
    )


async def _stopped(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.terminate()
    try:
        await asyncio.wait_for(process.communicate(), _STOP_SECONDS_MAX)
    except TimeoutError:
        process.kill()
        await process.communicate()
