"""Behind the scenes: what the curious see, and what they can do to the world."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, Route, expect

from browser import NARROW, WIDE, Language, Window, open_window
from demo import Demo, open_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAGES = ("calls", "books", "time", "shop", "programme", "trouble")


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with open_demo(tmp_path) as demo:
        yield demo


async def open_drawer(window: Window, name: str) -> Page:
    """The page, with the tour put away and the drawer open at a page of that name."""
    page = window.page
    if await page.locator(".tour-leave").is_visible():
        await page.click(".tour-leave")
    if await page.locator("#drawer").is_hidden():
        await page.click("#drawer-button")
    await page.click(f'[data-page="{name}"]')
    return page


def answer(page: Page, kind: str = "good") -> Locator:
    return page.locator(f".drawer-answer.{kind}")


@pytest.mark.parametrize(("size", "lang"), [(WIDE, "fa"), (NARROW, "en")], ids=["wide-fa", "narrow-en"])
async def test_every_page_is_usable_in_light_and_dark(
    browser: Browser, demo: Demo, size: tuple[int, int], lang: Language
) -> None:
    await demo.post("/control/users/101/say", {"text": "/link"})
    async with open_window(browser, demo.site.url, lang=lang, size=size) as window:
        page = window.page
        for name in PAGES:
            await open_drawer(window, name)
            await expect(page.locator(f'[data-page="{name}"]')).to_have_attribute("aria-selected", "true")
            if name in {"calls", "books"}:
                await page.locator(".record summary").first.click()
            for scheme in ("dark", "light"):
                await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
                await window.is_accessible()
            await window.holds_its_width()
        await page.keyboard.press("Escape")
        await expect(page.locator("#drawer")).to_be_hidden()
        await expect(page.locator("#drawer-button")).to_be_focused()


async def test_calls_are_shown_with_their_answers_as_they_come(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "calls")
        await demo.post("/control/users/101/say", {"text": "/start"})
        call = page.locator('.record[data-method="sendMessage"]')
        await call.locator("summary").click()
        await expect(call).to_contain_text('"callback_data": "link"')
        await expect(call).to_contain_text('"message_id": 2')
        await expect(page.locator('.record[data-method="getUpdates"]')).to_have_count(0)
        await page.check("#calls-waiting")
        await expect(page.locator('.record[data-method="getUpdates"]').first).to_be_visible()


async def test_the_books_show_the_money_that_an_order_moves(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "books")
        await expect(page.locator('.record[data-event="programme"]')).to_be_visible()
        await demo.earn_a_commission()
        await expect(page.locator(".transfer")).to_have_text("programme→toNader, available20,000 toman")


async def test_time_passes_and_what_came_of_it_is_said(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "time")
        before = await page.get_attribute(".demo-clock", "datetime")
        await page.click('[data-step="month"]')
        await expect(answer(page)).to_contain_text("A month has passed.")
        after = await page.get_attribute(".demo-clock", "datetime")
        assert str(after)[:7] > str(before)[:7]


async def test_what_comes_next_is_listed_and_follows_the_clock(browser: Browser, demo: Demo) -> None:
    await demo.post("/demo/plan", {"id": "direct"})
    await demo.earn_a_commission(amount="15,000")
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "time")
        matures = page.locator('.upcoming [data-what="maturity"]')
        await expect(matures).to_contain_text("Commissions mature: 15,000 toman")
        assert {"admin-summary", "tidying"} <= set(
            await page.locator(".upcoming li").evaluate_all("(all) => all.map((each) => each.dataset.what)")
        )
        assert not any("drawer." in text for text in await page.locator(".upcoming li").all_text_contents())
        await page.click('[data-step="week"]')
        await expect(answer(page)).to_contain_text("A week has passed.")
        await page.click('[data-step="day"]')
        await expect(matures).to_have_count(0)


@pytest.mark.parametrize(("page_name", "path"), [("calls", "/control/calls"), ("books", "/demo/journal")])
async def test_nothing_is_said_to_be_missing_before_it_is_known(
    browser: Browser, demo: Demo, page_name: str, path: str
) -> None:
    asked, go_on = asyncio.Event(), asyncio.Event()

    async def slowly(route: Route) -> None:
        asked.set()
        await go_on.wait()
        await route.continue_()

    async with open_window(browser, demo.site.url) as window:
        await window.page.route(f"**{path}**", slowly)
        page = await open_drawer(window, page_name)
        await asked.wait()
        await expect(page.locator(".drawer-none")).to_have_text("Loading…")
        go_on.set()
        await expect(page.locator(".record").first).to_be_visible()
        await expect(page.locator(".drawer-none")).to_be_hidden()
        await page.unroute_all(behavior="ignoreErrors")


@pytest.mark.parametrize("lang", ["en", "fa"])
async def test_its_pages_stand_as_far_from_the_left_as_from_the_right(
    browser: Browser, demo: Demo, lang: Language
) -> None:
    async with open_window(browser, demo.site.url, lang=lang) as window:
        for name in PAGES:
            page = await open_drawer(window, name)
            left, right = await page.evaluate(
                """() => {
                    const [body, inner] = ['.drawer-body', '.drawer-page'].map((each) => document.querySelector(each));
                    const [outside, inside] = [body, inner].map((each) => each.getBoundingClientRect());
                    const gutter = getComputedStyle(body).scrollbarGutter;
                    const padding = Number.parseFloat(getComputedStyle(inner).paddingLeft);
                    if (gutter !== 'stable both-edges') throw new Error(gutter);
                    return [inside.left - outside.left + padding, outside.right - inside.right + padding];
                }"""
            )
            assert abs(left - right) < 1


async def test_eighty_members_come_and_the_first_phone_hears_of_some(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "programme")
        await page.click('[data-act="members"]')
        await expect(page.locator(".drawer-progress")).to_be_visible()
        await expect(answer(page)).to_contain_text("Eighty members came", timeout=120_000)
        assert await page.locator('.phone[data-person="101"] .message').count() > 20


async def test_each_plan_says_what_it_is_good_for_and_who_is_paid(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "programme")
        plan = page.locator(".plan.current")
        await expect(plan.locator(".strength")).to_contain_text("Those above a seller share")
        await expect(plan.locator(".drawback")).not_to_be_empty()
        drawing = plan.get_by_role("img")
        await expect(drawing).to_be_visible()
        told = str(await drawing.get_attribute("aria-label"))
        assert "Of an order of 100,000 toman, 20,000 toman is paid out." in told
        assert "F gets 13,000 toman." in told
        await expect(drawing).to_contain_text("+3,000")
        await expect(page.locator(".plan").filter(has_text="Binary")).to_contain_text("adds 8% of the weaker leg")
        await plan.locator("summary").click()
        await expect(plan.locator(".drawn .drawn .drawn > li > .drawn-paid").first).to_have_text(
            "level 1: 15% of F’s commission"
        )


async def test_another_plan_and_a_fresh_start_empty_the_phones(browser: Browser, demo: Demo) -> None:
    await demo.post("/control/users/101/say", {"text": "/start"})
    async with open_window(browser, demo.site.url) as window, open_window(browser, demo.site.url) as other:
        page = await open_drawer(window, "programme")
        await expect(page.locator('.phone[data-person="101"] .message')).to_have_count(2)
        await page.click('[data-plan="matrix"]')
        await expect(page.locator("dialog .plain-button.quiet")).to_be_focused()
        await page.click("dialog .plain-button.danger")
        await expect(page.locator(".plan.current h4")).to_contain_text("Matrix")
        for each in (page, other.page):
            await expect(each.locator('.phone[data-person="101"] .start-button')).to_be_visible()
    assert (await demo.state())["plan"] == "matrix"


async def test_a_trouble_is_told_from_its_planning_to_its_end(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "trouble")
        await page.click('[data-trouble="cut_after"]')
        await expect(answer(page, "working")).to_contain_text("Ready")
        await demo.post("/control/users/101/say", {"text": "/start"})
        await expect(answer(page)).to_contain_text("it stands there twice", timeout=10_000)
        await expect(page.locator('.phone[data-person="101"] .message.in')).to_have_count(2)


async def test_what_comes_at_a_bad_moment_is_told_and_breaks_nothing(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "trouble")
        await page.route("**/demo/trouble", lambda route: route.abort())
        await page.click('[data-trouble="429"]')
        await expect(answer(page, "bad")).to_have_text("The server isn't answering.")
        demo.host.changing = True
        await page.click('[data-block="101"]')
        await expect(answer(page, "bad")).to_contain_text("busy")
        demo.host.changing = False
        await page.unroute("**/demo/trouble")
        await page.click('[data-trouble="429"]')
        await expect(answer(page, "working")).to_contain_text("Ready")
        await demo.post("/demo/restart")
        await expect(answer(page, "working")).to_have_count(0)
        own_words = ("503", "ERR_FAILED")  # the browser's on what did not come
        window.complaints[:] = [each for each in window.complaints if not any(word in each for word in own_words)]


async def test_an_answer_is_copied_and_that_is_said(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url, permissions=["clipboard-read", "clipboard-write"]) as window:
        page = await open_drawer(window, "calls")
        await page.locator(".record summary").first.click()
        await page.locator(".json .round").first.click()
        await expect(page.locator(".json-said").first).to_have_text("Copied")
        assert (await page.evaluate("navigator.clipboard.readText()")).startswith(("{", "["))


async def test_a_phone_can_block_the_bot_and_come_back(browser: Browser, demo: Demo) -> None:
    await demo.post("/control/users/101/say", {"text": "/start"})
    async with open_window(browser, demo.site.url) as window:
        page = await open_drawer(window, "trouble")
        await page.click('[data-block="101"]')
        await expect(page.locator('.phone[data-person="101"] .unblock-button')).to_be_visible()
        await page.click('[data-unblock="101"]')
        await expect(page.locator('.phone[data-person="101"] textarea')).to_be_visible()
