"""Simulates many people at once under Telegram's limits: counts each person's messages, and measures the rate.

    async with open_flood(tmp_path, people=60) as flood:
        await flood.admin_broadcasts("hello")
        await flood.until_over()
        assert flood.copies("hello") == {each: 1 for each in flood.people}

Clock, server and bot may share a QuickClock. Other floods (digests, notices) are measured in the same way.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import tomlkit

from aftermath import opened
from bot.app import App
from bot.config import build
from bot.kit.effects import Outgoing
from bot.playground import acts
from bot.playground.chats import User
from bot.playground.client import Playground
from bot.playground.phone import Phone
from bot.playground.server import serving
from bot.playground.world import Settings, World
from bot.runtime.clock import Clock, SystemClock
from bot.store.outbox import Outbox, Priority
from bot.store.profiles import UserSeen
from engine.store.reader import Reader
from engine.store.writer import Writer
from gate import Gate, gate_to
from new_stores import begin_bot
from running import ADMIN, BotProcess, proved_here, tables, until_ready

FIRST = 10_000
PER_SECOND = 30
BROADCASTS_PER_SECOND = 25
STEP_SECONDS_MAX = 60
PLATFORM: Mapping[str, int] = {
    "messages_per_second": PER_SECOND,
    "messages_per_chat_per_second": 1,
    "chat_burst": 1,
    "broadcasts_per_second": BROADCASTS_PER_SECOND,
}
"""Telegram's limits, which the bot must keep and the server checks."""


@dataclass(slots=True)
class Flood:
    """Holds a bot, its server, and the Telegram ids of people who have all started it."""

    playground: Playground
    world: World
    gate: Gate
    database: Path
    clock: Clock
    people: list[int]
    tables: dict[str, Any]
    admin: Phone
    _app: App | None = None
    _running: asyncio.Task[None] | None = None

    @property
    def app(self) -> App:
        assert self._app is not None, "the bot is not running"
        return self._app

    async def start(self) -> None:
        """Starts the bot in this loop."""
        config = build(self.tables, {}, self.database.parent)
        asked = (await self.playground.counts()).get("getWebhookInfo", 0)
        begin_bot(self.database)
        self._app = await App.open(config, self.clock, proved_here)
        self._running = asyncio.create_task(self._app.run())
        await until_ready(self.playground, asked_before=asked)

    def process(self) -> BotProcess:
        """Returns the same bot as a process of its own, not started yet."""
        config = self.database.with_name("config.toml")
        config.write_text(tomlkit.dumps(self.tables), encoding="utf-8")
        config.chmod(0o600)
        return BotProcess(self.playground, config)

    async def stop(self) -> None:
        """Stops the bot in order."""
        if self._app is None or self._running is None:
            return
        self._running.cancel()
        (outcome,) = await asyncio.gather(self._running, return_exceptions=True)
        await self._app.close()
        self._app = self._running = None
        if isinstance(outcome, Exception):
            raise outcome

    async def settle_in(self, count: int, *, members: bool = False) -> None:
        """Lets `count` people start the bot, without any traffic; every second one reads Persian."""
        ids = range(FIRST + len(self.people), FIRST + len(self.people) + count)
        for id in ids:
            acts.join(self.world, User(id, f"Sara {id}", language_code=language_of(id))).started = True
        for start in range(0, count, 200):
            await asyncio.gather(*(self._meet(id, members=members) for id in ids[start : start + 200]))
        self.people += ids

    async def _meet(self, id: int, *, members: bool) -> None:
        person, _ = await self.app.engine.get_or_create_person("telegram", str(id))
        arrival = UserSeen(id, f"Sara {id}", None, "fa" if language_of(id) == "fa" else "en", seq=0)
        await self.app.services.people.arrive(person, arrival, self.clock.now())
        if members:
            await self.app.engine.join(person, key=f"join:{person}")

    async def broadcast(self, text: str) -> int:
        """Lets the admin broadcast an English text to everyone; returns the broadcast's number."""
        await self.admin.send("/broadcast new")
        card = await self.admin.receives("not sent yet", timeout=STEP_SECONDS_MAX)
        await card.tap("Text in English")
        await self.admin.receives("Please send the text", timeout=STEP_SECONDS_MAX)
        await self.admin.send(text)
        card = await self.admin.receives("not sent yet", timeout=STEP_SECONDS_MAX)
        await card.tap("Send")
        card = await self.admin.receives("now?", timeout=STEP_SECONDS_MAX)
        await card.tap("Yes, send it now")
        await self.admin.receives("is being sent", timeout=STEP_SECONDS_MAX)
        return int(self.row("SELECT MAX(id) FROM broadcasts")[0])

    async def limited(self, *, delay_ms: int = 0) -> None:
        """Turns the server's limits on, with a delay for each call."""
        await self.playground.conditions(delay_ms=delay_ms, overall_per_second=PER_SECOND, per_chat_per_second=1)

    async def tell_everybody(self, text: str) -> None:
        """Queues a notice to each person, with a reference: N-1, N-2 ... in their order."""
        writer = Writer(self.database)
        outbox, now = Outbox(writer, cast(Reader, None)), self.clock.now()  # nothing is read

        def write(connection: sqlite3.Connection) -> None:
            for number, id in enumerate(self.people, start=1):
                said = Outgoing(id, "sendMessage", {"text": f"{text} N-{number}"}, reference=f"N-{number}")
                outbox.enqueue(connection, f"digest:{text}/{id}", [said], Priority.NOTICE, now)

        try:
            await writer.run(write)
        finally:
            writer.close()
        if self._app is not None:
            await self.admin.send("/privacy")  # any update wakes the sender

    async def until_over(self, seconds: float = 60) -> None:
        """Waits until no broadcast runs and no message is waiting."""
        waiting = (
            "SELECT (SELECT COUNT(*) FROM broadcasts WHERE started_at IS NOT NULL AND NOT reported)"
            " + (SELECT COUNT(*) FROM outbox WHERE state = 'new')"
        )
        try:
            async with asyncio.timeout(seconds):
                while self.row(waiting) != (0,):
                    await asyncio.sleep(0.05)
        except TimeoutError:
            raise AssertionError(f"not over within {seconds} s: {self.delivery_statuses()}") from None

    # Results

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        with opened(self.database) as store:
            return store.execute(sql).fetchall()

    def row(self, sql: str) -> tuple[Any, ...]:
        return self.rows(sql)[0]

    def delivery_statuses(self) -> Counter[str]:
        """Returns the number of broadcast recipients by delivery status."""
        found = self.rows("SELECT state, COUNT(*) FROM broadcast_recipients GROUP BY state")
        return Counter(dict(found))

    def chats_with(self, state: str) -> set[int]:
        """Returns the recipients of broadcasts with this delivery status."""
        return {id for id, found in self.rows("SELECT chat_id, state FROM broadcast_recipients") if found == state}

    def copies(self, part: str) -> dict[int, int]:
        """Returns the number of messages with this text in each person's chat."""
        return {id: sum(part in text for text in self.texts_to(id)) for id in self.people}

    def texts_to(self, id: int) -> list[str]:
        """Returns the bot's texts to a person."""
        messages = self.world.chats[id].messages.values()
        return [str(each.content.get("text", each.content.get("caption", ""))) for each in messages if each.by_bot]

    def arrivals(self, part: str) -> list[int]:
        """Returns the arrival times of messages with this text, ms of the server's clock, in order."""
        return sorted(
            record.at
            for record in self.world.calls.after(0)
            if record.method.startswith("send") and record.answer["ok"] and part in said(record.params)
        )

    def refusals(self) -> int:
        """Returns the number of calls above the server's limits, without planned faults."""
        return sum(
            not record.answer["ok"] and record.answer.get("error_code") == 429 and record.fault is None
            for record in self.world.calls.after(0)
        )


def said(params: Mapping[str, Any]) -> str:
    """Returns a call's text or caption."""
    return str(params.get("text") or params.get("caption") or "")


def language_of(id: int) -> str:
    return "fa" if id % 2 else "en"


def pace_of(arrivals: list[int]) -> float:
    """Returns the messages a second, from the first to the last."""
    return (len(arrivals) - 1) * 1000 / (arrivals[-1] - arrivals[0])


def best_pace_of(arrivals: list[int], stretch: int = 100) -> float:
    """Returns the best rate over any stretch of so many messages: the bot's rate when the machine is not the limit."""
    return max(pace_of(arrivals[start : start + stretch]) for start in range(len(arrivals) - stretch + 1))


def busiest_second(arrivals: list[int]) -> int:
    """Returns the largest number of arrivals in any one second."""
    most = first = 0
    for place, at in enumerate(arrivals):
        while arrivals[first] <= at - 1000:
            first += 1
        most = max(most, place - first + 1)
    return most


@asynccontextmanager
async def open_flood(
    folder: Path, people: int, *, clock: Clock | None = None, members: bool = False
) -> AsyncIterator[Flood]:
    """Opens a bot with an admin and people, which reaches its server through a Gate; the limits are on."""
    clock = clock or SystemClock()
    async with (
        serving(settings=Settings(now_ms=clock.now)) as server,
        Playground.connect(server.address) as playground,
        gate_to(server.address.url) as gate,
    ):
        database = folder / "moaref.db"
        config = tables(playground, database)
        addresses = {"base_url": f"{gate.url}/bot", "base_file_url": f"{gate.url}/file/bot"}
        config["telegram"] |= {**PLATFORM, **addresses}
        admin = await playground.phone(ADMIN, "Ali", language_code="en")
        flood = Flood(playground, server.world, gate, database, clock, [], config, admin)
        await flood.start()
        try:
            await admin.send("/start")
            await admin.receives()
            await flood.settle_in(people, members=members)
            await flood.limited()
            yield flood
        finally:
            await flood.stop()
