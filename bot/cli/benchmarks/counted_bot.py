"""Runs the bot like `moaref run`, and reports what it has done so far whenever it is asked: one line in, one line out.

`trace` begins to count commits and statements, which costs time; `still` ends that. Each is answered like every other
line, with the counts as JSON.
"""

import asyncio
import json
import sqlite3
import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

from bot.app import App
from bot.cli.frame import load_config
from bot.config import Config
from bot.runtime.clock import SystemClock
from bot.runtime.logging_setup import set_up_logs

UNLIMITED: Final = 1_000_000
"""Messages a second: the machine is measured, and not Telegram's limits, which the configuration keeps to."""
_LIMITS: Final = ("messages_per_second", "messages_per_chat_per_second", "chat_burst")
_WRITTEN: Final = Path("/proc/self/io")


@dataclass(slots=True)
class Counts:
    """Holds totals since the start. cpu: seconds. reads: jobs of the reading threads. bytes: written to files.

    commits, statements: of all connections, while they are traced.
    """

    cpu: float = 0.0
    commits: int = 0
    statements: int = 0
    reads: int = 0
    bytes: int = 0

    def note(self, statement: str) -> None:
        """Counts one statement of a connection."""
        self.statements += 1
        self.commits += statement == "COMMIT"


class CountedBot:
    """Holds a running bot and its counts."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._counts = Counts()

    async def answer(self, line: str) -> str:
        """Obeys the line and returns the counts."""
        if line in ("trace", "still"):
            await self._trace(on=line == "trace")
        stores = self._app.stores
        self._counts.cpu = time.process_time()
        self._counts.reads = stores.books.jobs + stores.machine.jobs
        self._counts.bytes = _written()
        return json.dumps(asdict(self._counts))

    async def _trace(self, *, on: bool) -> None:
        note = self._counts.note if on else None

        def trace(connection: sqlite3.Connection) -> None:
            connection.set_trace_callback(note)

        for reader in (self._app.stores.books, self._app.stores.machine):
            await reader.connection.set_trace_callback(note)  # type: ignore[arg-type]  # None ends it, as in sqlite3
        await self._app.stores.writer.run(trace)


def _written() -> int:
    """Returns the bytes that the process has written to files, 0 where the system does not tell."""
    try:
        fields = dict(line.split(": ") for line in _WRITTEN.read_text().splitlines())
    except OSError:
        return 0
    return int(fields["wchar"])


async def main(path: Path) -> None:
    """Serves until standard input ends."""
    config = _unlimited(load_config(path))
    set_up_logs(level=config.log.level, style=config.log.format, secrets=config.secrets, stream=sys.stderr)
    app = await App.open(config, SystemClock())
    running = asyncio.ensure_future(app.run())
    try:
        bot, lines = CountedBot(app), await _standard_input()
        while line := await lines.readline():
            print(await bot.answer(line.decode().strip()), flush=True)  # noqa: T201  the protocol
    finally:
        running.cancel()
        (result,) = await asyncio.gather(running, return_exceptions=True)
        await app.close()
    if isinstance(result, Exception):
        raise result


def _unlimited(config: Config) -> Config:
    telegram = config.telegram.model_copy(update=dict.fromkeys(_LIMITS, UNLIMITED))
    return replace(config, telegram=telegram)


async def _standard_input() -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    protocol: Any = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin)
    return reader


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
