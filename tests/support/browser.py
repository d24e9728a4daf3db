"""Runs a browser for tests of pages, with windows that collect every reported problem.

async with open_window(browser, server.address.url, lang="fa", width=390) as window:
    await window.page.click(".start-button")
"""

from __future__ import annotations

import importlib.resources
import os
import shutil
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Final, Literal
from urllib.parse import urlsplit

import aiohttp
import pytest
from playwright.async_api import Browser, ConsoleMessage, Page, Request, async_playwright

from bot.playground import Playground

Language = Literal["en", "fa"]
Scheme = Literal["light", "dark"]
Json = dict[str, Any]

WIDE: Final = (1440, 900)
NARROW: Final = (390, 844)
LOCALES: Final = {"en": "en-GB", "fa": "fa-IR"}
NEEDED: Final = ("CI", "MOAREF_NEEDS_BROWSER")
NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS: Final = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
LOUD: Final = frozenset({"serious", "critical"})


def chromium() -> str:
    """Returns the path of Chromium.

    Without one a test is skipped, or fails where a browser is required (`CI` is set).
    """
    for name in NAMES:
        if found := shutil.which(name):
            return found
    reason = "no Chromium here: apt install chromium"
    if any(os.environ.get(name) for name in NEEDED):
        pytest.fail(reason)
    pytest.skip(reason)


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    """Yields a headless Chromium of Debian's."""
    path = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            await browser.close()


@dataclass
class Window:
    """Holds a loaded page, and the problems that the browser reported."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    async def phone(self, person: int) -> str:
        """Returns the selector of a person's phone, after bringing it to the front in a narrow window."""
        tab = self.page.locator(f'.tab[data-person="{person}"]')
        if await tab.is_visible():
            await tab.click()
        return f'.phone[data-person="{person}"]'

    async def texts(self, person: int) -> list[str]:
        """Returns the texts in a person's chat, message by message."""
        words = self.page.locator(f'.phone[data-person="{person}"] .message .words')
        return await words.all_text_contents()

    async def holds_its_width(self) -> None:
        """Asserts that neither the page nor any chat needs horizontal scrolling."""
        wider = await self.page.evaluate(
            """() => [document.documentElement, document.body, ...document.querySelectorAll('.log, .messages')]
                .filter((element) => element.scrollWidth > element.clientWidth + 1)
                .map((element) => `${element.tagName}.${element.className}`)"""
        )
        if wider:
            raise AssertionError(f"wider than their place: {wider}")

    async def is_accessible(self) -> None:
        """Asserts that axe-core finds no serious or critical problem, once all motion has ended."""
        await self.page.evaluate(
            """() => Promise.allSettled(document.getAnimations()
                .filter((animation) => Number.isFinite(animation.effect.getComputedTiming().endTime))
                .map((animation) => animation.finished))"""
        )
        await self.page.evaluate(axe())
        found = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        loud = [problem for problem in found["violations"] if problem["impact"] in LOUD]
        told = [
            f"{each['id']}: {node['html'][:160]} {node['failureSummary']}" for each in loud for node in each["nodes"]
        ]
        if told:
            raise AssertionError("\n".join(told))

    def is_content(self) -> None:
        """Asserts that the browser reported no problem."""
        if self.complaints:
            raise AssertionError("\n".join(self.complaints))


@asynccontextmanager
async def open_window(
    browser: Browser,
    url: str,
    *,
    lang: Language = "en",
    size: tuple[int, int] = WIDE,
    scheme: Scheme = "light",
    permissions: Sequence[str] = (),
    locale: str | None = None,
) -> AsyncIterator[Window]:
    """Opens the page at `url` in its own context, in a browser of that language, or of that `locale`.

    At the end asserts that there was no error and no request elsewhere.
    """
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        color_scheme=scheme,
        locale=locale or LOCALES[lang],
        timezone_id="Asia/Tehran",
        permissions=list(permissions),
    )
    try:
        window = Window(await context.new_page())
        _listen(window, urlsplit(url).netloc)
        await window.page.goto(url)
        await window.page.wait_for_selector("html[data-ready]", state="attached")
        yield window
        window.is_content()
    finally:
        await context.close()


def _listen(window: Window, host: str) -> None:
    def console(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            window.complaints.append(f"{message.type}: {message.text}")

    def request(sent: Request) -> None:
        if urlsplit(sent.url).netloc != host:
            window.complaints.append(f"asked {sent.url}")

    window.page.on("console", console)
    window.page.on("pageerror", lambda error: window.complaints.append(f"thrown: {error}"))
    window.page.context.on("request", request)


def axe() -> str:
    """Returns axe-core's source; it is evaluated, because the page's policy allows no script tag from a test."""
    return (importlib.resources.files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")


async def call(server: Playground, method: str, **params: Any) -> Any:
    """Calls a method of the Bot API as the bot; asserts success."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.base_url}{server.token}/{method}", json=params) as answer,
    ):
        body: Json = await answer.json()
        assert body["ok"], body
        return body["result"]


async def send_photo(server: Playground, chat_id: int, data: bytes, **params: str) -> Any:
    """Sends a picture as the bot."""
    form = aiohttp.FormData({"chat_id": str(chat_id), **params})
    form.add_field("photo", data, filename="picture.png", content_type="image/png")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{server.base_url}{server.token}/sendPhoto", data=form) as answer,
    ):
        body: Json = await answer.json()
        assert body["ok"], body
        return body["result"]
