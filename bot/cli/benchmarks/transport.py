"""Measures the bot's calls to Telegram (`moaref bench transport`), against the same by the library's own HTTPXRequest.

Both send to one local Bot API server in a process of its own, in turn. Paced as Telegram accepts messages, the CPU time
of each message and its latency count; unpaced, the rate.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Final, NamedTuple

from telegram import Bot
from telegram.request import HTTPXRequest

from bot.botapi.client import build_bot
from bot.cli.benchmarks.figures import Against, Comparison, Comparisons
from bot.cli.benchmarks.processes import platform
from bot.cli.benchmarks.scale import TransportScale
from bot.cli.benchmarks.timing import MILLISECONDS

PER_SECOND: Final = 30
CLIENTS: Final = (1, 16)
_CHAT: Final = 101
_MESSAGE: Final = {"chat_id": _CHAT, "text": "Ten per cent off until Friday. " * 10}
_FLOOR: Final = "the same call by python-telegram-bot's own HTTPXRequest"

Send = Callable[[], Awaitable[object]]


class Paced(NamedTuple):
    """Holds the CPU time of a message and the latency of half and of 99 in 100 of them, in milliseconds."""

    cpu: float
    p50: float
    p99: float


async def measure_transport(scale: TransportScale, tell: Callable[[str], None]) -> list[Comparison]:
    """Returns all figures; the bot and the floor alternate."""
    comparisons = Comparisons()
    async with platform() as playground:
        person = await playground.phone(_CHAT, "Sara")
        await person.send("/start")
        bot = build_bot(playground.token, base_url=playground.base_url)
        own = HTTPXRequest(connection_pool_size=64, read_timeout=20, pool_timeout=None)
        library = Bot(playground.token, playground.base_url, request=own, get_updates_request=HTTPXRequest())
        await bot.connect()
        await library.initialize()

        async def by_the_bot() -> None:
            await bot.call("sendMessage", _MESSAGE)

        async def by_the_library() -> None:
            await library.do_api_request("sendMessage", dict(_MESSAGE))

        try:
            for send in (by_the_bot, by_the_library):
                await rate(send, max(CLIENTS), scale.messages)  # opens the connections
            for number in range(1, scale.rounds + 1):
                tell(f"round {number}")
                await _measure(by_the_bot, by_the_library, scale, comparisons)
        finally:
            await bot.shutdown()
            await library.shutdown()
    return comparisons.figures()


async def _measure(ours: Send, floor: Send, scale: TransportScale, comparisons: Comparisons) -> None:
    mine, bare = await paced(ours, scale.paced), await paced(floor, scale.paced)
    part = f"{PER_SECOND} messages a second"
    for what, value, least in zip(("CPU time", "latency, p50", "latency, p99"), mine, bare, strict=True):
        comparisons.add(Against(part, what, "ms a message", _FLOOR), value, least)
    for clients in CLIENTS:
        against = Against("unpaced", f"{clients} at once", "messages a second", _FLOOR)
        comparisons.add(against, await rate(ours, clients, scale.messages), await rate(floor, clients, scale.messages))


async def paced(send: Send, messages: int) -> Paced:
    """Sends that many messages, each at its time, whether or not those before it were answered."""
    loop, latencies = asyncio.get_running_loop(), list[float]()

    async def one() -> None:
        began = time.perf_counter()
        await send()
        latencies.append(time.perf_counter() - began)

    cpu, start = time.process_time(), loop.time()
    async with asyncio.TaskGroup() as group:
        for number in range(messages):
            await asyncio.sleep(max(0.0, start + number / PER_SECOND - loop.time()))
            group.create_task(one())
    cpu = time.process_time() - cpu
    latencies.sort()
    p50, p99 = (latencies[int(messages * part)] for part in (0.5, 0.99))
    return Paced(cpu / messages * MILLISECONDS, p50 * MILLISECONDS, p99 * MILLISECONDS)


async def rate(send: Send, clients: int, messages: int) -> float:
    """Returns the messages a second; each client sends its next one when the last is answered."""
    each = max(1, messages // clients)

    async def client() -> None:
        for _ in range(each):
            await send()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return each * clients / (time.perf_counter() - began)
