"""Reads the state after a bot's end: its ledger and tables, and the messages that arrived at Telegram."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.playground.client import Playground
from bot.store.outbox import fingerprint

Message = str
"""A message's fingerprint: its chat, the edited message or a mark for a new one, and its text."""

REPEAT_NOTE = re.compile(r"\n(You may have received this already|شاید این پیام را قبلاً گرفته باشید)\.[^\n]*\Z")
"""The last line of a message that is sent again, which the first one has not."""

TELLING = ("send", "edit")
UNCHANGED = "message is not modified"
IDLE_SECONDS_MAX = 60
UNDER_WAY_MS = 500
"""Delay within which the server may still read a call that a killed bot had sent."""


@contextmanager
def opened(database: Path) -> Iterator[sqlite3.Connection]:
    """Opens the store for reading, beside a bot that may be running."""
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        yield connection
    finally:
        connection.close()


async def until_settled(playground: Playground, database: Path) -> None:
    """Waits until the bot is idle: all updates confirmed and handled, all messages sent.

    There is no total limit, but some progress must be made every minute. What is gathered for a later hour, as after a
    busy day, is due then.
    """
    loop = asyncio.get_running_loop()
    least, done_at = None, loop.time()
    while any(waiting := (await playground.pending_updates(), *_left(database))):
        if least is None or sum(waiting) < least:
            least, done_at = sum(waiting), loop.time()
        if loop.time() - done_at > IDLE_SECONDS_MAX:
            raise AssertionError(f"updates, inbox, outbox, notices and those that are held still wait: {waiting}")
        await asyncio.sleep(0.05)


def _left(database: Path) -> tuple[int, int, int, int]:
    with opened(database) as connection:
        (inbox,) = connection.execute("SELECT COUNT(*) FROM inbox WHERE state = 'new'").fetchone()
        (outbox,) = connection.execute("SELECT COUNT(*) FROM outbox WHERE state = 'new'").fetchone()
        read = "SELECT COALESCE(MAX(value), 0) FROM cursors WHERE name = 'notices'"
        (notices,) = connection.execute(f"SELECT COUNT(*) FROM notices WHERE number > ({read})").fetchone()  # noqa: S608
        soon = (round(time.time()) + IDLE_SECONDS_MAX) * 1000
        (held,) = connection.execute("SELECT COUNT(*) FROM held_notices WHERE due_at <= ?", (soon,)).fetchone()
    return inbox, outbox, notices, held


@dataclass(slots=True)
class Post:
    """Holds one message: how often it was queued, and its arrival times (ms, UTC)."""

    chat: int = 0
    words: str = ""
    wanted: int = 0
    arrived: list[int] = field(default_factory=list)

    @property
    def repeats(self) -> int:
        return len(self.arrived) - self.wanted

    def kills_meanwhile(self, kills: list[int]) -> int:
        """Returns the number of kills that may have repeated it."""
        return sum(min(self.arrived) - UNDER_WAY_MS <= kill < max(self.arrived) for kill in kills)


async def post_of(playground: Playground, database: Path) -> dict[Message, Post]:
    """Returns every message that was queued or that arrived."""
    post: dict[Message, Post] = defaultdict(Post)
    with opened(database) as connection:
        for (message,) in connection.execute("SELECT fingerprint FROM outbox"):
            post[message].wanted += 1
    for call in await playground.calls():
        if call["method"].startswith(TELLING) and _came(call["answer"]):
            params = {key: REPEAT_NOTE.sub("", str(value)) for key, value in call["params"].items()}
            message = fingerprint(int(params["chat_id"]), call["method"], params)
            post[message].chat = int(params["chat_id"])
            post[message].words = params.get("text") or params["caption"]
            post[message].arrived.append(call["at"])
    return post


def _came(answer: dict[str, Any]) -> bool:
    """Returns whether the call took effect. A repeated edit changes nothing, which the server reports."""
    return bool(answer["ok"]) or UNCHANGED in answer["description"]
