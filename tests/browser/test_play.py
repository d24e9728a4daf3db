"""The story that plays itself: from anywhere, until somebody stops it, for whoever goes by keys and wants no motion."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from browser import NARROW, Window, open_window
from demo import Demo, open_demo
from tour import Follower

pytestmark = pytest.mark.asyncio(loop_scope="session")

SHORTEST_S, LONGEST_S = 33, 100  # it is meant to take 40, and the bot may share its processor
LONGEST_MS = LONGEST_S * 1000


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with open_demo(tmp_path) as demo:
        yield demo


def payouts(demo: Demo) -> list[str]:
    with sqlite3.connect(demo.host.show.store) as connection:
        return [state for (state,) in connection.execute("SELECT state FROM withdrawals ORDER BY number")]


async def scene_is(page: Page, scene: str) -> None:
    await expect(page.locator(".tour-card")).to_have_attribute("data-scene", scene, timeout=LONGEST_MS)


async def ends(page: Page) -> None:
    await expect(page.locator("body.playing")).to_have_count(0, timeout=LONGEST_MS)
    await expect(page.locator(".tour-card")).to_have_attribute("data-scene", "finish")


@pytest.mark.timeout(400)
async def test_it_plays_the_whole_story_and_goes_round_once_more(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page, begun = window.page, time.monotonic()
        await page.click('[data-tour="play"]')
        captions = []
        while await page.evaluate("document.body.classList.contains('playing')"):
            caption = await page.locator(".tour-said p").text_content()
            captions += [] if caption in captions else [caption]
            covered = await page.evaluate(
                "document.querySelector('.tour-card').getBoundingClientRect().bottom"
                " > document.querySelector('.phone').getBoundingClientRect().top"
            )
            assert not covered
            await asyncio.sleep(0.2)
        assert SHORTEST_S < time.monotonic() - begun < LONGEST_S
        assert "Babak opens the link and sees who sent it." in captions
        assert 9 <= len(captions) <= 13
        await scene_is(page, "finish")
        assert payouts(demo) == ["paid"]
        assert await page.locator("textarea").evaluate_all("(all) => all.map((each) => each.value)") == ["", "", ""]
        await page.click("#play-button")
        await scene_is(page, "read")
        await page.keyboard.press("Escape")
        await expect(page.locator("#play-button")).to_have_text("Play it for me")


@pytest.mark.timeout(400)
async def test_it_takes_over_in_the_middle_by_keys_without_motion_and_in_persian(
    browser: Browser, tmp_path: Path
) -> None:
    async with (
        open_demo(tmp_path, "fa") as demo,
        open_window(browser, demo.site.url, lang="fa", size=NARROW) as window,
    ):
        page = window.page
        await Follower(window).walk("share.choose")  # whose box is open then
        assert await page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
        await page.keyboard.press("Escape")
        await page.focus("#play-button")
        await page.keyboard.press("Enter")
        await scene_is(page, "share.card")
        await expect(page.locator('[data-tour="stop"]')).to_be_focused()  # within the box, which takes all keys
        await window.is_accessible()
        await scene_is(page, "purchase")
        await window.holds_its_width()
        await expect(page.locator('[data-tour="stop"]')).to_be_focused()
        await ends(page)
        assert payouts(demo) == ["paid"]


async def nothing_more_happens(window: Window, demo: Demo) -> None:
    await expect(window.page.locator("body.playing")).to_have_count(0)
    await asyncio.sleep(0.6)  # what was pressed already is answered
    before = len(await demo.phones.events())
    await asyncio.sleep(3)
    assert len(await demo.phones.events()) == before


@pytest.mark.parametrize("how", ["the button", "Escape", "a press on a phone", "typing"])
async def test_it_can_be_stopped_at_any_time_and_the_tour_stands_where_it_was(
    browser: Browser, demo: Demo, how: str
) -> None:
    await demo.post("/control/users/101/say", {"text": "/start"})
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await page.click("#play-button")
        await scene_is(page, "link")
        if how == "the button":
            await page.click('[data-tour="stop"]')
        elif how == "Escape":
            await page.keyboard.press("Escape")
        elif how == "typing":
            await page.locator('.phone[data-person="101"] textarea').press_sequentially("I")
        else:
            await page.click('.phone[data-person="900"] .phone-head')
        await expect(page.locator("body.playing")).to_have_count(0)
        await nothing_more_happens(window, demo)
        await expect(page.locator(".tour-card")).to_be_visible()
        await expect(page.locator('[data-tour="stop"]')).to_have_count(0)
        scene = await page.get_attribute(".tour-card", "data-scene")
        assert scene in {"link", "share"}


async def test_where_commissions_ripen_it_lets_the_week_pass_and_puts_the_drawer_away(
    browser: Browser, demo: Demo
) -> None:
    await demo.post("/demo/plan", {"id": "direct"})
    await demo.earn_a_commission(amount="15,000")
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await page.click("#play-button")
        await scene_is(page, "wait")
        await scene_is(page, "amount")
        await expect(page.locator("#drawer")).to_be_hidden()
        await page.keyboard.press("Escape")


@pytest.mark.timeout(400)
async def test_a_question_that_is_gone_is_asked_again(browser: Browser, demo: Demo) -> None:
    await demo.earn_a_commission()
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await Follower(window).walk("sheba")
        await demo.post("/control/users/101/say", {"text": "/cancel"})
        await page.click("#play-button")
        await ends(page)
    assert payouts(demo) == ["paid"]
