"""Runs the real bot against the playground's server: in this loop, or as a process that can be killed."""

from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.app import App
from bot.assembly.services import Services
from bot.config import Config, build
from bot.playground.client import Playground
from bot.runtime.clock import Clock, SystemClock
from engine.vault import Vault, new_key
from engine.verify.ledger import Verdict
from engine.verify.pace import at_full_speed
from engine.verify.proof import prove_books
from new_stores import begin_bot
from stores import UNILEVEL
from warm import WarmProcess

ADMIN = 900
SECOND_ADMIN = 901
READY_SECONDS_MAX = 90
"""Bounds a hang; a start takes two seconds of a processor that may be shared by many."""

END_SECONDS_MAX = 60
KEY = new_key()
"""The same key for every start of a bot on its store."""

TEXTS: Mapping[str, Mapping[str, str]] = {
    "en": {"name": "Nader's shop", "welcome": "Good shoes, fair prices.", "share": "Look at these shoes:"},
    "fa": {"name": "فروشگاه نادر", "welcome": "کفش خوب، قیمت منصفانه.", "share": "این کفش‌ها را ببینید:"},
}


def tables(
    playground: Playground,
    database: Path,
    programme: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Returns a configuration's tables, with limits that do not slow a test down, and `more` tables."""
    return {
        "telegram": {
            "token": playground.token,
            "base_url": playground.base_url,
            "base_file_url": playground.base_file_url,
            "admins": [ADMIN, SECOND_ADMIN],
            "messages_per_second": 1000,
            "messages_per_chat_per_second": 100,
            "chat_burst": 100,
            "poll_timeout_seconds": 5,
        },
        "store": {"url": f"sqlite:///{database}", "key": KEY},
        "texts": {language: dict(texts) for language, texts in TEXTS.items()},
        "log": {"level": "warning"},
        "notify": {"digest": "off", "gather_seconds": 0},
        "withdrawals": {"open_requests": 0, "requests_an_hour": 0},
        **(programme or UNILEVEL),
        **(more or {}),
    }


async def proved_here(services: Services) -> Verdict:
    """Proves the books as the bot's process for it does, in a thread: a process would cost each bot half a second.

    Cancelled, it waits for the thread: as after the end of a process, nothing touches the store's files any more.
    """
    key = services.config.store.key.get_secret_value()
    vault = Vault([key]) if key else None
    work = asyncio.to_thread(prove_books, services.stores.path, vault, services.clock.now(), at_full_speed)
    proof = asyncio.create_task(work)
    try:
        return await asyncio.shield(proof)
    finally:
        await asyncio.wait([proof])


LAST_CALL_BEFORE_POLLING = "getWebhookInfo"  # a getUpdates is counted only after its long poll


async def until_ready(playground: Playground, *, asked_before: int = 0) -> None:
    """Waits until the bot has started to poll for updates (again)."""
    async with asyncio.timeout(READY_SECONDS_MAX):
        while (await playground.counts()).get(LAST_CALL_BEFORE_POLLING, 0) <= asked_before:
            await asyncio.sleep(0.02)


@asynccontextmanager
async def running_app(
    playground: Playground,
    database: Path,
    programme: Mapping[str, Any] | None = None,
    more: Mapping[str, Any] | None = None,
    *,
    telegram: Mapping[str, Any] | None = None,
    restarted: bool = False,
    clock: Clock | None = None,
) -> AsyncIterator[App]:
    """Runs the bot in this loop; `telegram` changes that table. Its failure is raised at the end."""
    asked_before = (await playground.counts()).get(LAST_CALL_BEFORE_POLLING, 0) if restarted else 0
    whole = tables(playground, database, programme, more)
    whole["telegram"] |= telegram or {}
    config: Config = build(whole, {}, database.parent)
    begin_bot(database)
    app = await App.open(config, clock or SystemClock(), proved_here)
    running = asyncio.ensure_future(app.run())
    try:
        await until_ready(playground, asked_before=asked_before)
        yield app
    finally:
        running.cancel()
        (outcome,) = await asyncio.gather(running, return_exceptions=True)
        await app.close()
        if isinstance(outcome, Exception):
            raise outcome


class BotProcess:
    """Runs `moaref run` as a process of its own, started, killed and restarted on one store.

    It is started from a process that has imported the bot; `cold`, it is `python -m bot` and imports all itself.
    """

    def __init__(self, playground: Playground, config: Path, *, cold: bool = False) -> None:
        self._playground = playground
        self._config = config
        self._cold = cold
        self._log = config.with_suffix(".log")
        self._process: subprocess.Popen[bytes] | WarmProcess | None = None

    @classmethod
    def prepared(
        cls,
        playground: Playground,
        folder: Path,
        programme: Mapping[str, Any] | None = None,
        more: Mapping[str, Any] | None = None,
        *,
        cold: bool = False,
    ) -> BotProcess:
        """Prepares a configuration file in `folder`, where the store will be, too."""
        import tomlkit

        config = folder / "config.toml"
        config.write_text(tomlkit.dumps(tables(playground, folder / "moaref.db", programme, more)), encoding="utf-8")
        config.chmod(0o600)
        return cls(playground, config, cold=cold)

    @property
    def log(self) -> str:
        """Returns the log of all its runs."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    async def start(self, *options: str) -> None:
        """Starts the process without waiting until it is ready."""
        arguments = ["run", "--config", str(self._config), *options]
        if not self._cold:
            self._process = await asyncio.to_thread(WarmProcess, arguments, self._log)
            return
        with self._log.open("ab") as log:
            self._process = subprocess.Popen([sys.executable, "-m", "bot", *arguments], stdout=log, stderr=log)

    async def start_and_wait(self, *options: str) -> None:
        """Starts the process and waits until it polls for updates."""
        before = (await self._playground.counts()).get(LAST_CALL_BEFORE_POLLING, 0)
        await self.start(*options)
        try:
            await until_ready(self._playground, asked_before=before)
        except TimeoutError:
            raise AssertionError(f"the bot did not come up\n{self.log}") from None

    def wait(self) -> int:
        """Returns the exit status of a process that ends by itself."""
        assert self._process is not None
        status = self._process.wait(timeout=END_SECONDS_MAX)
        self._process = None
        return status

    def kill(self) -> None:
        """Kills the process with SIGKILL."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Stops the process with SIGTERM; returns its exit status."""
        return self._end(signal.SIGTERM)

    def _end(self, number: signal.Signals) -> int:
        if self._process is None:
            return 0
        self._process.send_signal(number)
        status = self._process.wait(timeout=END_SECONDS_MAX)
        self._process = None
        return status
