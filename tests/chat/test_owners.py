"""Owners add and remove admins in the chat: at once in force, in menus too, and still so after a restart."""

from __future__ import annotations

import asyncio
import tomllib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.app import App
from bot.cli.toml_text import toml_of
from bot.config import load
from bot.kit.languages import Language
from bot.kit.routes import Routes
from bot.kit.texts import LOCALE, Texts
from bot.playground import Playground
from bot.playground.card import ChatCard
from bot.playground.phone import Phone
from bot.playground.story.words import story_languages
from bot.runtime.clock import SystemClock
from handlers.chat import features
from running import (
    ADMIN,
    LAST_CALL_BEFORE_POLLING,
    SECOND_ADMIN,
    proved_here,
    running_app,
    tables,
    until_ready,
)

PATIENCE_S = 30
COMMANDS = list(Routes(features(with_shops=False, with_products=False)).commands.values())
OF_ADMINS = {each.name for each in COMMANDS if each.admin and each.menu and not each.owner}
OF_OWNERS = {each.name for each in COMMANDS if each.owner}
TEXTS = Texts(LOCALE, strict=True)


class Desk:
    """Reads the catalogue in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def label(self, id: str, **arguments: Any) -> str:
        return TEXTS.plain(self.language, id, **arguments)


async def asks(phone: Phone, text: str, *parts: str) -> ChatCard:
    await phone.send(text)
    return await phone.receives(*parts, timeout=PATIENCE_S)


async def until_menu(phone: Phone, *, has: set[str], lacks: set[str]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not has <= (names := (await phone.commands()).keys()) or lacks & names:
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("language", story_languages())
async def test_an_admin_is_added_told_and_listed_the_commands_and_all_of_it_is_taken_back(
    playground: Playground, tmp_path: Path, language: Language
) -> None:
    desk = Desk(language)
    async with running_app(playground, tmp_path / "m.db"):
        hamid = await playground.phone(ADMIN, "Hamid", language_code=language)
        ali = await playground.phone(SECOND_ADMIN, "Ali", language_code=language)
        sara = await playground.phone(101, "Sara", username="sara", language_code=language)
        for phone in (hamid, ali, sara):
            await asks(phone, "/start")
        await until_menu(hamid, has=OF_ADMINS | OF_OWNERS, lacks=set())
        await asks(sara, "/admins", desk.label("unknown-command"))
        card = await asks(hamid, "/admins @sara", "Sara")
        await card.tap(desk.label("button-admins-confirm-add"))
        await hamid.receives("Sara", timeout=PATIENCE_S)
        home = await sara.receives("Hamid", timeout=PATIENCE_S)
        await ali.receives("Hamid", "Sara", timeout=PATIENCE_S)
        await until_menu(sara, has=OF_ADMINS, lacks=OF_OWNERS)
        await home.tap(desk.label("button-admin"))
        page = await sara.receives(timeout=PATIENCE_S)
        await page.tap(desk.label("button-admin-commands"))
        listed = await sara.receives("/pending", timeout=PATIENCE_S)
        assert "/offer" not in listed.text
        await asks(sara, "/offer 30%", desk.label("refused-owners_only"))
    async with running_app(playground, tmp_path / "m.db", restarted=True):
        await asks(sara, "/pending")
        listed = await asks(hamid, "/admins", "Sara", "added by" if language == "en" else "با انتخاب")
        removing = next(b.text for row in listed.buttons for b in row if "Sara" in b.text)
        await listed.tap(removing)
        asked = await hamid.receives("Sara", timeout=PATIENCE_S)
        await asked.tap(desk.label("button-admins-confirm-remove"))
        await sara.receives("Hamid", timeout=PATIENCE_S)
        await until_menu(sara, has=set(), lacks=OF_ADMINS | OF_OWNERS)
        await asks(sara, "/pending", desk.label("unknown-command"))
        answer = await page.press(desk.label("button-admin-commissions"), timeout=PATIENCE_S)
        assert answer is not None
        assert answer.text == desk.label("refused-old_button")
        await asks(hamid, "/admins remove @sara", "Sara")
        await playground.assert_no_violations()


async def test_who_is_an_admin_by_the_configuration_is_not_removed_in_the_chat(
    playground: Playground, tmp_path: Path
) -> None:
    async with running_app(playground, tmp_path / "m.db"):
        hamid = await playground.phone(ADMIN, "Hamid", language_code="en")
        ali = await playground.phone(SECOND_ADMIN, "Ali", language_code="en")
        for phone in (hamid, ali):
            await asks(phone, "/start")
        await asks(hamid, f"/admins remove {SECOND_ADMIN}", "Ali", "is an owner")
        await asks(hamid, f"/admins add {SECOND_ADMIN}", "Ali", "is already an admin")
        await asks(hamid, "/admins @nobody", "I do not know")
        await asks(ali, "/pending")


async def test_cards_of_requests_reach_an_added_admin_and_no_removed_one(
    playground: Playground, tmp_path: Path
) -> None:
    async with running_app(playground, tmp_path / "m.db") as app:
        hamid = await playground.phone(ADMIN, "Hamid", language_code="en")
        sara = await playground.phone(101, "Sara", username="sara", language_code="en")
        member = await playground.phone(102, "Nader", language_code="en")
        for phone in (hamid, sara):
            await asks(phone, "/start")
        await asks(member, "/link")
        await (await asks(hamid, "/admins @sara", "Sara")).tap("Yes, make them an admin")
        await sara.receives("You are an admin now", timeout=PATIENCE_S)
        id, _ = await app.engine.get_or_create_person("telegram", "102")
        await app.engine.adjust("gift", id, 50_000, "a gift", actor="test")
        destination = await app.engine.keep_destination(id, "sheba", "IR820540102680020817909002")
        await app.engine.withdraw("w-1", id, 5_000, destination)
        await sara.receives("Withdrawal", timeout=PATIENCE_S)
        await hamid.receives("Withdrawal", timeout=PATIENCE_S)
        await (await asks(hamid, "/admins remove @sara", "as an admin?")).tap("Yes, remove")
        await sara.receives("no longer an admin", timeout=PATIENCE_S)
        hidden = await sara.receives("Withdrawal", "5,000", "•••• 9002", timeout=PATIENCE_S)
        assert [button.text for row in hidden.buttons for button in row if button.text in ("Approve", "Reject")] == []
        await app.engine.withdraw("w-2", id, 6_000, destination)
        await hamid.receives("Withdrawal", "6,000", timeout=PATIENCE_S)
        await sara.receives_nothing(within=0.5)


@asynccontextmanager
async def app_of_file(playground: Playground, file: Path, *, restarted: bool = False) -> AsyncIterator[App]:
    """Runs the bot on a configuration's file."""
    asked_before = (await playground.counts()).get(LAST_CALL_BEFORE_POLLING, 0) if restarted else 0
    app = await App.open(load(file, {}), SystemClock(), proved_here)
    running = asyncio.ensure_future(app.run())
    try:
        await until_ready(playground, asked_before=asked_before)
        yield app
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()


@pytest.mark.parametrize(
    ("language", "line", "shown"),
    [
        ("en", "/offer 30% to a week title Nowruz offer", ("30%", "Nowruz offer")),
        ("fa", "/offer ۳۰٪ تا یک هفته عنوان پیشنهاد نوروزی", ("۳۰٪", "پیشنهاد نوروزی")),
    ],
)
async def test_an_offer_is_in_force_in_the_file_and_before_members_eyes_at_once(
    playground: Playground, tmp_path: Path, language: Language, line: str, shown: tuple[str, ...]
) -> None:
    desk, file = Desk(language), tmp_path / "config.toml"
    file.write_text("# mine\n" + toml_of(tables(playground, tmp_path / "m.db")), encoding="utf-8")
    async with app_of_file(playground, file) as app:
        hamid = await playground.phone(ADMIN, "Hamid", language_code=language)
        sara = await playground.phone(101, "Sara", language_code=language)
        await asks(hamid, "/start")
        await asks(sara, "/link")
        await (await asks(hamid, line, *shown)).tap(desk.label("button-proposal-confirm"))
        await hamid.receives(timeout=PATIENCE_S)
        await asks(sara, "/offers", *shown)
        assert app.engine.programme.offers[0].commission.text == "30%"
        text = file.read_text(encoding="utf-8")
        assert text.startswith("# mine\n")
        assert tomllib.loads(text)["offers"][0]["title"] == {language: shown[1]}
    async with app_of_file(playground, file, restarted=True):
        await asks(sara, "/offers", *shown)
        await playground.assert_no_violations()
