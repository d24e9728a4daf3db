"""The look at the support chat: what Telegram refuses is told once, and forgotten when it works again."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest, ChatMigrated, Forbidden, TelegramError, TimedOut

from bot.kit.json import Json
from bot.kit.support import SupportChannel
from bot.monitoring.support_watch import SupportWatch
from machine import Store
from ticking import START, StandingClock

CHANNEL = SupportChannel(-500, topic=7)


@dataclass
class Platform:
    """Answers with `answer`, and keeps what it was asked."""

    answer: TelegramError | None = None
    asked: list[Json] = field(default_factory=list)

    async def call(self, method: str, params: Json, *, read_timeout: float | None = None) -> Any:  # noqa: ARG002
        self.asked.append({"method": method, **params})
        if self.answer is not None:
            raise self.answer
        return True


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path / "machine.db")
    try:
        yield opened
    finally:
        await opened.close()


def watch(platform: Platform, store: Store) -> SupportWatch:
    return SupportWatch(platform, store.support, CHANNEL, store.for_outbox(StandingClock()))


@pytest.mark.parametrize("problem", [Forbidden("bot was kicked"), BadRequest("Chat not found")])
async def test_a_refusal_is_noted_until_the_chat_works(problem: TelegramError, store: Store) -> None:
    platform = Platform(problem)
    heard = store.signals.support_failed.subscribe()
    await watch(platform, store).check()
    assert await store.support.failing_chat(CHANNEL.chat) == (str(problem), START)
    assert heard.is_set()
    assert platform.asked == [{"method": "sendChatAction", "chat_id": -500, "action": "typing", "message_thread_id": 7}]
    platform.answer = None
    await watch(platform, store).check()
    assert await store.support.failing_chat(CHANNEL.chat) is None


async def test_an_outage_says_nothing_about_the_chat(store: Store) -> None:
    with pytest.raises(TimedOut):
        await watch(Platform(TimedOut()), store).check()
    assert await store.support.failing_chat(CHANNEL.chat) is None


async def test_a_supergroup_is_asked_from_then_on(store: Store) -> None:
    platform = Platform(ChatMigrated(-900))
    await watch(platform, store).check()
    platform.answer = None
    await watch(platform, store).check()
    assert [each["chat_id"] for each in platform.asked] == [-500, -900]
    assert await store.support.failing_chat(CHANNEL.chat) is None
