"""The bot's own profile: told once, kept across restarts, and never before Telegram allows it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError, TimedOut

from bot.botapi.bot_profile import DAY_MS, HOUR_MS, KeptText, ProfileKeeper
from bot.kit.bot_profile import ProfileText
from bot.kit.json import Json
from bot.store.bot_profile import BotProfileRows
from machine import Store
from ticking import StandingClock

TOKEN = "7:secret"
DESCRIPTION = ProfileText("description", "", "Earn 20%", is_own=False)
PERSIAN = ProfileText("description", "fa", "۲۰٪ پورسانت", is_own=False)
NAME = ProfileText("name", "", "Nader's shop", is_own=True)
NAME_IN_PERSIAN = ProfileText("name", "fa", "فروشگاه نادر", is_own=True)
BUTTON = ProfileText("menu_button", "", "commands", is_own=False)


@dataclass
class Platform:
    """Answers as Telegram does: a language without a text has the one for all."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    button: str = "default"
    calls: list[tuple[str, str]] = field(default_factory=list)
    failing: dict[str, TelegramError] = field(default_factory=dict)

    async def call(self, method: str, params: Json, *, read_timeout: float | None = None) -> Any:  # noqa: ARG002
        language = params.get("language_code", "")
        self.calls.append((method, language))
        if method in self.failing:
            raise self.failing[method]
        if method.endswith("MenuButton"):
            self.button = params["menu_button"]["type"] if method.startswith("set") else self.button
            return {"type": self.button}
        kind = {"MyName": "name", "MyDescription": "description"}[method[3:]]
        if method.startswith("get"):
            return {kind: self.texts.get((kind, language)) or self.texts.get((kind, ""), "")}
        self.texts[kind, language] = params[kind]
        return True


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[Store]:
    opened = await Store.open(tmp_path / "machine.db")
    try:
        yield opened
    finally:
        await opened.close()


def keeper(platform: Platform, store: Store, clock: StandingClock, *wanted: ProfileText) -> ProfileKeeper:
    rows = BotProfileRows(store.writer, store.reader, TOKEN)
    return ProfileKeeper(platform, rows, lambda: wanted, clock)


async def test_a_text_is_told_once_also_after_a_restart(store: Store) -> None:
    platform, clock = Platform(), StandingClock()
    for _ in range(2):
        started = keeper(platform, store, clock, DESCRIPTION, PERSIAN, NAME, BUTTON)
        await started.tell()
        await started.tell()
    assert platform.texts == {
        ("description", ""): "Earn 20%",
        ("description", "fa"): "۲۰٪ پورسانت",
        ("name", ""): "Nader's shop",
    }
    assert platform.button == "commands"
    assert [method for method, _ in platform.calls if method.startswith("set")] == [
        *("setMyDescription", "setMyDescription", "setMyName", "setChatMenuButton"),
    ]
    assert len(platform.calls) == 7  # three of which asked what there was before


async def test_a_text_that_has_changed_is_told_again(store: Store) -> None:
    platform, clock = Platform(), StandingClock()
    await keeper(platform, store, clock, DESCRIPTION).tell()
    await keeper(platform, store, clock, ProfileText("description", "", "Earn 30%", is_own=False)).tell()
    assert platform.texts == {("description", ""): "Earn 30%"}


async def test_what_the_operator_wrote_at_telegram_stays_until_the_configuration_says_otherwise(store: Store) -> None:
    platform, clock = Platform({("description", ""): "Written by hand"}, button="web_app"), StandingClock()
    await keeper(platform, store, clock, DESCRIPTION, PERSIAN, BUTTON).tell()
    assert (platform.texts, platform.button) == ({("description", ""): "Written by hand"}, "web_app")
    await keeper(platform, store, clock, ProfileText("description", "", "Ours", is_own=True)).tell()
    assert platform.texts == {("description", ""): "Ours"}


async def test_what_the_operator_has_removed_at_telegram_is_worked_out_after_the_next_start(store: Store) -> None:
    platform, clock = Platform({("description", ""): "Written by hand"}), StandingClock()
    started = keeper(platform, store, clock, DESCRIPTION, PERSIAN)
    await started.tell()
    platform.texts.clear()
    await started.tell()
    assert platform.texts == {}
    await keeper(platform, store, clock, DESCRIPTION, PERSIAN).tell()
    assert platform.texts == {("description", ""): "Earn 20%", ("description", "fa"): "۲۰٪ پورسانت"}


async def test_a_wait_of_hours_is_kept_across_restarts_and_holds_nothing_else_up(store: Store) -> None:
    platform, clock = Platform(failing={"setMyName": RetryAfter(20 * 3600)}), StandingClock()
    for _ in range(3):
        await keeper(platform, store, clock, NAME, NAME_IN_PERSIAN, DESCRIPTION).tell()
    assert [method for method, _ in platform.calls].count("setMyName") == 1
    assert platform.texts == {("description", ""): "Earn 20%"}
    platform.failing.clear()
    clock.time += 20 * HOUR_MS - 1
    await keeper(platform, store, clock, NAME, NAME_IN_PERSIAN).tell()
    assert ("name", "") not in platform.texts
    clock.time += 1
    await keeper(platform, store, clock, NAME, NAME_IN_PERSIAN).tell()
    assert platform.texts[("name", "")] == "Nader's shop"
    assert platform.texts[("name", "fa")] == "فروشگاه نادر"


async def test_a_text_that_telegram_refuses_is_tried_again_the_next_day(store: Store) -> None:
    platform, clock = Platform(failing={"setMyName": BadRequest("name is bad")}), StandingClock()
    started = keeper(platform, store, clock, NAME)
    await started.tell()
    clock.time += DAY_MS - 1
    await started.tell()
    assert platform.calls == [("setMyName", "")]
    clock.time += 1
    platform.failing.clear()
    await started.tell()
    assert platform.texts == {("name", ""): "Nader's shop"}


@pytest.mark.parametrize(("problem", "wait_ms"), [(TimedOut(), 0), (InvalidToken("Not Found"), HOUR_MS)])
async def test_an_outage_is_no_refusal(problem: TelegramError, wait_ms: int, store: Store) -> None:
    platform, clock = Platform(failing={"setMyName": problem}), StandingClock()
    started = keeper(platform, store, clock, NAME, DESCRIPTION)
    await started.tell()
    assert platform.calls == [("setMyName", "")]
    assert await BotProfileRows(store.writer, store.reader, TOKEN).texts() == {}
    platform.failing.clear()
    clock.time += wait_ms
    await started.tell()
    assert platform.texts[("name", "")] == "Nader's shop"


async def test_another_bot_on_the_same_store_is_told_by_itself(store: Store) -> None:
    platform, clock = Platform(), StandingClock()
    await keeper(platform, store, clock, NAME).tell()
    other = BotProfileRows(store.writer, store.reader, "8:secret")
    assert await other.texts() == {}
    await other.keep(("name", ""), KeptText("Another shop", ours=True, retry_at=5))
    assert await BotProfileRows(store.writer, store.reader, "8:other").texts() == {
        ("name", ""): KeptText("Another shop", ours=True, retry_at=5)
    }
