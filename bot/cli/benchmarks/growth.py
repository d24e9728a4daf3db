"""Measures the bot as its programme grows (`moaref bench growth`): start, memory, and the answers that people wait for.

A bot without members is the floor of start and memory. Of answers it is the rows that one of them leaves behind, in one
durable transaction of bare SQLite.
"""

import re
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Final

from bot.broadcasts.repository import BroadcastStore
from bot.cli.benchmarks.figures import Against, Comparison, Comparisons
from bot.cli.benchmarks.floor import Floor, balance_changes
from bot.cli.benchmarks.grown_stores import FIRST_PERSON, code, write_store
from bot.cli.benchmarks.processes import FIRST_ADMIN, STORE, platform, proving, running, write_config
from bot.cli.benchmarks.scale import GrowthScale
from bot.cli.benchmarks.timing import MILLISECONDS
from bot.playground.client import Playground
from bot.playground.phone import Phone
from bot.runtime.signals import Signal
from engine.store.reader import Reader
from engine.store.writer import Writer

COMMANDS: Final = {"/balance": 1, "/team": 1, "/history": 1, "/rank": 1, "/qr": 1}
"""What people ask most, and the number of messages that answer it."""

_ADMINS: Final = 1
_ANSWER_SECONDS_MAX: Final = 60
_EMPTY: Final = "the same of a bot without members"
_ROWS: Final = "the rows of one answer in a durable transaction of bare SQLite"


@dataclass(frozen=True, slots=True)
class GrownBot:
    """Holds a store that has grown, the configuration of its bot, and the people who ask; none of an empty one."""

    members: int
    playground: Playground
    config: Path
    asking: Sequence[Phone]

    @property
    def store(self) -> Path:
        return self.config.parent / STORE


@dataclass(frozen=True, slots=True)
class Started:
    """Holds the milliseconds until the bot polled, and until it had answered; its memory in MiB, None: not reported."""

    start: float
    first: float
    memory: float | None


async def measure_growth(folder: Path, scale: GrowthScale, tell: Callable[[str], None]) -> list[Comparison]:
    """Returns all figures, those of each number of members one after the other."""
    comparisons = Comparisons()
    async with platform() as playground:
        admin = await playground.phone(FIRST_ADMIN, "Sara", language_code="en")
        await admin.send("/start")
        empty = await _grown(playground, folder, 0, scale)
        for members in scale.members:
            tell(f"growing to {members:,} members")
            bot = await _grown(playground, folder, members, scale)
            for number in range(scale.rounds):
                tell(f"{members:,} members, round {number + 1}")
                await _round(empty, bot, scale, comparisons)
    return comparisons.figures()


async def _grown(playground: Playground, folder: Path, members: int, scale: GrowthScale) -> GrownBot:
    own = folder / f"members-{members}"
    own.mkdir()
    config = write_config(playground, own, workers=16, admins=_ADMINS)
    write_store(own / STORE, members)
    chosen = Random(1).sample(range(members), min(members, scale.people))  # noqa: S311  the same people in every run
    ids = [FIRST_PERSON + number for number in chosen] or [1]
    phones = [await playground.phone(id, f"Karim {id}", language_code="en") for id in ids]
    return GrownBot(members, playground, config, phones)


async def _round(empty: GrownBot, bot: GrownBot, scale: GrowthScale, comparisons: Comparisons) -> None:
    """Starts both bots; the second one again for a broadcast, which it finds when it starts."""
    async with _started(empty) as bare:
        pass
    async with _started(bot) as ours:
        alone = {command: await _asked(bot, command, scale.times) for command in COMMANDS}
        async with proving(bot.config):
            beside_proof = await _asked(bot, "/balance", scale.times)
    start, among = f"start among {bot.members:,} members", f"{bot.members:,} members"
    comparisons.add(Against(start, "until it polls", "ms", _EMPTY), ours.start, bare.start)
    comparisons.add(Against(start, "until the first answer", "ms", _EMPTY), ours.first, bare.first)
    if ours.memory is not None and bare.memory is not None:
        comparisons.add(Against(f"memory among {among}", "resident", "MiB", _EMPTY), ours.memory, bare.memory)
    await _begin_broadcast(bot)
    async with running(bot.playground, bot.config):
        beside_broadcast = await _asked(bot, "/balance", scale.times)
    floor = _floor(bot, scale)
    for command, took in alone.items():
        _add(comparisons, f"answers among {among}", command, took, floor)
    _add(comparisons, f"answers among {among}", "/balance beside a proof", beside_proof, floor)
    _add(comparisons, f"answers among {among}", "/balance beside a broadcast", beside_broadcast, floor)


@asynccontextmanager
async def _started(bot: GrownBot) -> AsyncIterator[Started]:
    """Starts the bot and asks it something; it runs meanwhile."""
    began = time.perf_counter()
    async with running(bot.playground, bot.config) as pid:
        start = time.perf_counter() - began
        await _answered(bot.asking[0], "/help", 1)
        yield Started(start * MILLISECONDS, (time.perf_counter() - began) * MILLISECONDS, resident(pid))


async def _asked(bot: GrownBot, command: str, times: int) -> list[float]:
    """Returns the milliseconds that each answer took; one is asked for after the other."""
    return [await _answered(phone, command, COMMANDS[command]) for _ in range(times) for phone in bot.asking]


async def _answered(phone: Phone, command: str, messages: int) -> float:
    began = time.perf_counter()
    await phone.send(command)
    for _ in range(messages):
        await phone.receives(timeout=_ANSWER_SECONDS_MAX)
    return (time.perf_counter() - began) * MILLISECONDS


def _add(comparisons: Comparisons, part: str, what: str, took: Sequence[float], floor: float) -> None:
    percentiles = quantiles(took, n=100, method="inclusive")
    for name, value in (("p50", percentiles[49]), ("p99", percentiles[98])):
        comparisons.add(Against(part, f"{what}, {name}", "ms", _ROWS), value, floor)


def _floor(bot: GrownBot, scale: GrowthScale) -> float:
    """Returns the milliseconds that the rows of the newest answer take."""
    with closing(sqlite3.connect(f"file:{bot.store}?mode=ro", uri=True)) as connection:
        connection.row_factory = sqlite3.Row
        changes = balance_changes(connection)
    path = bot.store.with_name("floor.db")
    with closing(Floor(bot.store, path)) as floor:
        rate = floor.write(changes, scale.floor)
    path.unlink()
    return MILLISECONDS / rate


async def _begin_broadcast(bot: GrownBot) -> None:
    """Starts a broadcast to all members, which the bot will find; the chats of most do not exist, which it learns."""
    writer, reader = Writer(bot.store), await Reader.open(bot.store)
    try:
        broadcasts, now = BroadcastStore(writer, reader, Signal()), time.time_ns() // 1_000_000
        id = await broadcasts.create(f"bench:{now}", code(0), now)
        await broadcasts.write(id, "en", "Ten per cent off until Friday")
        await broadcasts.start(id, bot.asking[0].id, None, now)
    finally:
        await reader.close()
        writer.close()


def resident(pid: int) -> float | None:
    """Returns the memory that a process occupies, in MiB; None where the system has no /proc."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        return None
    found = re.search(r"^VmRSS:\s*(\d+) kB$", status.read_text(encoding="ascii", errors="replace"), re.MULTILINE)
    return int(found[1]) / 1024 if found is not None else None
