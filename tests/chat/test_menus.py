"""The commands that Telegram lists for people: in each language, and the admins' own for admins alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.app import App
from bot.config import build
from bot.kit.languages import LANGUAGES, Language
from bot.kit.routes import Routes
from bot.kit.texts import LOCALE, Texts
from bot.playground import Phone, Playground, playground_server
from bot.playground.story import shop_tables
from bot.playground.story.stage import ADMINS
from handlers.chat import features
from quick_clock import QuickClock
from running import proved_here, tables

OFFERED = Routes(features(with_shops=False, with_products=False))
LISTED = [command for command in OFFERED.commands.values() if command.menu]
ALL = [command.name for command in LISTED]
OF_MEMBERS = [command.name for command in LISTED if not command.admin]
OF_ADMINS = [command.name for command in LISTED if command.admin]


@asynccontextmanager
async def hurried_app(playground: Playground, folder: Path) -> AsyncIterator[App]:
    """A bot whose heart beats every half a second or so."""
    config = build(tables(playground, folder / "moaref.db", shop_tables()), {}, folder)
    app = await App.open(config, QuickClock(), proved_here)
    running = asyncio.ensure_future(app.run())
    try:
        yield app
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
        await app.close()


async def until_listed(phone: Phone, names: list[str], language: Language) -> None:
    """Until the person's menu holds exactly these commands, in their order, described in this language."""
    texts = Texts(LOCALE, strict=True)
    wanted = [(name, texts.plain(language, f"command-{name}")) for name in names]
    menu: list[tuple[str, str]] = []
    try:
        async with asyncio.timeout(10):
            while (menu := list((await phone.commands()).items())) != wanted:
                await asyncio.sleep(0.05)
    except TimeoutError:
        assert menu == wanted


@pytest.mark.parametrize("language", LANGUAGES)
async def test_members_see_their_commands_in_their_language(tmp_path: Path, language: Language) -> None:
    async with playground_server() as playground, hurried_app(playground, tmp_path):
        nader = await playground.phone(101, "Nader", language_code=language)
        await until_listed(nader, OF_MEMBERS, language)
        assert {"start", "link", "balance", "history", "withdraw", "language", "help", "cancel"} <= set(OF_MEMBERS)


async def test_who_speaks_another_language_sees_english(tmp_path: Path) -> None:
    async with playground_server() as playground, hurried_app(playground, tmp_path):
        ali = await playground.phone(102, "Ali", language_code="xx")
        await until_listed(ali, OF_MEMBERS, "en")


@pytest.mark.parametrize("language", LANGUAGES)
async def test_an_admin_sees_the_admins_commands_once_they_have_begun_a_chat(
    tmp_path: Path, language: Language
) -> None:
    async with playground_server() as playground, hurried_app(playground, tmp_path):
        hamid = await playground.phone(ADMINS["hamid"], "Hamid", language_code=language)
        ali = await playground.phone(ADMINS["ali"], "Ali", language_code=language)
        nader = await playground.phone(101, "Nader", language_code=language)
        await until_listed(hamid, OF_MEMBERS, language)
        await hamid.send("/start")
        await until_listed(hamid, ALL, language)
        for other in (ali, nader):
            assert not set(OF_ADMINS) & (await other.commands()).keys()
        await playground.assert_no_violations()


async def test_no_menu_is_sent_for_an_admin_who_has_not_begun_a_chat(tmp_path: Path) -> None:
    async with playground_server() as playground, hurried_app(playground, tmp_path):
        nader = await playground.phone(101, "Nader", language_code="en")
        await until_listed(nader, OF_MEMBERS, "en")
        await asyncio.sleep(1.5)  # some heartbeats
        calls = await playground.get("calls", method="setMyCommands")
        assert [each["answer"] for each in calls if not each["answer"]["ok"]] == []


async def test_what_is_set_is_not_set_again(tmp_path: Path) -> None:
    async with playground_server() as playground, hurried_app(playground, tmp_path) as app:
        for id, name in ((ADMINS["hamid"], "Hamid"), (ADMINS["ali"], "Ali")):
            phone = await playground.phone(id, name, language_code="en")
            await phone.send("/start")
            await until_listed(phone, ALL, "en")
        async with asyncio.timeout(10):
            while app.chat.menus.left:
                await asyncio.sleep(0.05)
        before = (await playground.counts())["setMyCommands"]
        await asyncio.sleep(1.5)  # some heartbeats
        assert (await playground.counts())["setMyCommands"] == before


async def profile_of(playground: Playground, language: str) -> dict[str, str]:
    """Returns the bot's own profile as people with this language see it."""
    return dict(await playground.get("profile", language=language))


@pytest.mark.parametrize(
    ("language", "name", "short"),
    [
        ("en", "Nader's Shoes", "Share your link and earn up to 20% of your friends' purchases."),
        ("fa", "کفش نادر", "لینکتان را بفرستید و از خرید دوستانتان تا ۲۰٪ پورسانت بگیرید."),
        ("de", "Nader's Shoes", "Share your link and earn up to 20% of your friends' purchases."),
    ],
)
async def test_the_bot_s_own_profile_says_whose_it_is_and_what_it_pays(
    language: str, name: str, short: str, tmp_path: Path
) -> None:
    async with playground_server() as playground, hurried_app(playground, tmp_path):
        await until_presented(playground)
        shown = await profile_of(playground, language)
        assert (shown["name"], without_isolates(shown["short_description"])) == (name, short)
        assert name in shown["description"]
        assert "20%" in shown["description"] or "۲۰٪" in shown["description"]
        await playground.assert_no_violations()


async def test_a_wait_of_hours_for_the_name_holds_up_nobody(tmp_path: Path) -> None:
    async with playground_server() as playground:
        await playground.fault("429", "setMyName", retry_after=40_000, count=1000)
        async with hurried_app(playground, tmp_path):
            await until_presented(playground, "setMyShortDescription")
            nader = await playground.phone(101, "Nader", language_code="en")
            await nader.send("/start")
            await nader.receives("Nader's Shoes", timeout=20)
            await asyncio.sleep(1.5)  # some heartbeats
            assert (await playground.counts())["setMyName"] == 1


async def until_presented(playground: Playground, method: str = "getChatMenuButton") -> None:
    """Waits until the last part of the profile was told, the menu button, or another."""
    async with asyncio.timeout(20):
        while not (await playground.counts()).get(method):
            await asyncio.sleep(0.05)


def without_isolates(text: str) -> str:
    return "".join(each for each in text if each not in "\u2068\u2069")
