"""The tour: the whole story by what it points at, in every dress, by keys, left and resumed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from browser import NARROW, WIDE, Language, open_window
from demo import Demo, open_demo
from tour import Follower

pytestmark = pytest.mark.asyncio(loop_scope="session")

STORY = (
    *("welcome", "start", "link", "share", "share.choose", "share.card", "open", "admin", "purchase", "send", "record"),
    *("why", "read", "withdraw", "send", "amount", "sheba", "send", "confirm", "approve", "pay", "tracking", "send"),
    "finish",
)
LOOKED_AT_CLOSELY = frozenset({"share.choose", "share.card", "purchase", "read", "finish"})


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with open_demo(tmp_path) as demo:
        yield demo


@pytest.mark.parametrize(
    ("lang", "size"),
    [
        pytest.param("fa", WIDE, id="fa-wide"),
        pytest.param("en", NARROW, id="en-narrow"),
        pytest.param("en", WIDE, id="en-wide", marks=pytest.mark.soak),
        pytest.param("fa", NARROW, id="fa-narrow", marks=pytest.mark.soak),
    ],
)
async def test_the_whole_tour(browser: Browser, tmp_path: Path, lang: Language, size: tuple[int, int]) -> None:
    async with (
        open_demo(tmp_path, lang) as demo,
        open_window(browser, demo.site.url, lang=lang, size=size) as window,
    ):
        follower, seen = Follower(window), []
        async for scene in follower.scenes():
            seen.append(scene)
            follower.points_well()
            await window.holds_its_width()
            if scene in LOOKED_AT_CLOSELY:
                await window.is_accessible()
                await window.page.emulate_media(color_scheme="dark")
                await window.is_accessible()
                await window.page.emulate_media(color_scheme="light")
        assert tuple(scene for scene in seen if scene != "tab") == STORY
        assert ("tab" in seen) is (size == NARROW)
        assert await window.page.get_attribute("html", "dir") == ("rtl" if lang == "fa" else "ltr")
    assert await demo_is_paid(demo) is True


async def demo_is_paid(demo: Demo) -> bool:
    """Whether the books of a demo that is over hold a payout."""
    import sqlite3

    with sqlite3.connect(demo.host.show.store) as connection:
        return connection.execute("SELECT state FROM withdrawals").fetchall() == [("paid",)]


async def test_the_whole_tour_by_the_enter_key_alone(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        follower = Follower(window)
        await window.page.focus('[data-tour="begin"]')
        seen = await follower.walk(by="keys")
    assert [scene for scene in seen if scene != "send"] == [scene for scene in STORY if scene != "send"]


async def test_it_can_be_left_and_resumed_where_it_was(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page, card = window.page, window.page.locator(".tour-card")
        await Follower(window).walk("open")
        await page.click(".tour-leave")
        await expect(card).to_be_hidden()
        await page.reload()
        await page.wait_for_selector("html[data-ready]", state="attached")
        await expect(card).to_be_hidden()
        await page.click("#tour-button")
        await expect(card).to_have_attribute("data-scene", "open")
        await page.keyboard.press("Escape")
        await expect(card).to_be_hidden()


async def test_it_notices_what_was_done_elsewhere(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        card = window.page.locator(".tour-card")
        await window.page.click('[data-tour="begin"]')
        await expect(card).to_have_attribute("data-scene", "start")
        await demo.post("/control/users/101/say", {"text": "/link"})
        await expect(card).to_have_attribute("data-scene", "share")
        await demo.post("/demo/restart")
        await expect(card).to_have_attribute("data-scene", "start")


async def test_a_button_that_is_gone_is_brought_back(browser: Browser, demo: Demo) -> None:
    await demo.earn_a_commission()
    async with open_window(browser, demo.site.url) as window:
        await Follower(window).walk("amount")
        await window.page.locator('.phone[data-person="101"] [data-data="home:0"]').last.click()
        await expect(window.page.locator(".tour-card code")).to_have_text("/withdraw")
        assert await Follower(window).walk("sheba") == ["amount", "send", "amount", "sheba"]


async def test_a_link_that_was_put_away_is_sent_again(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        await Follower(window).walk("open")
        await window.page.click(".incoming .round")
        await expect(window.page.locator(".tour-card")).to_have_attribute("data-scene", "share")
        assert await Follower(window).walk("admin") == ["share", "share.choose", "share.card", "open", "admin"]


async def test_where_commissions_ripen_it_leads_to_the_clock(browser: Browser, demo: Demo) -> None:
    await demo.post("/demo/plan", {"id": "direct"})
    await demo.earn_a_commission(amount="15,000")
    async with open_window(browser, demo.site.url) as window:
        follower = Follower(window)
        assert await follower.walk("wait") == ["welcome", "why", "read", "wait"]
        for way in ("#drawer-button", '[data-page="time"]', '[data-step="week"]'):
            await window.page.click(way)
        await follower.comes_to_rest("wait")
        assert follower.scene == "withdraw"
