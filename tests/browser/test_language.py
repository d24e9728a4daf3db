"""Which language the page and its people speak, and that changing it loses nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from browser import open_window
from demo import open_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

NADER = '.phone[data-person="101"]'
COMMANDS = ("/start", "/link", "/balance", "/help", "/history", "/start", "/help", "/link")
WELCOME = {"en": "Nader's Shoes", "fa": "کفش نادر"}

SEEN = """() => {
    const log = document.querySelector('.phone[data-person="101"] .log');
    const { top } = log.getBoundingClientRect();
    const first = [...log.querySelectorAll('.message')].find((each) => each.getBoundingClientRect().bottom > top);
    return [first.dataset.message, Math.round(first.getBoundingClientRect().top - top)];
}"""


@pytest.mark.parametrize(
    ("locale", "asked_for", "lang"),
    [("fa-IR", None, "fa"), ("en-US", None, "en"), ("de-DE", None, "en"), ("fa-IR", "en", "en"), ("en-GB", "fa", "fa")],
)
async def test_the_page_and_its_people_speak_the_browser_s_language_unless_the_command_was_given_one(
    browser: Browser, tmp_path: Path, locale: str, asked_for: str | None, lang: str
) -> None:
    async with (
        open_demo(tmp_path, asked_for) as demo,
        open_window(browser, demo.site.url, locale=locale) as window,
    ):
        await expect(window.page.locator("html")).to_have_attribute("lang", lang)
        assert (await demo.state())["lang"] == lang
        await window.page.click(f"{NADER} .start-button")
        await expect(window.page.locator(f"{NADER} .message.in")).to_contain_text(WELCOME[lang])


async def test_a_second_browser_has_a_language_of_its_own_and_does_not_teach_it_to_people_who_have_begun(
    browser: Browser, tmp_path: Path
) -> None:
    async with open_demo(tmp_path) as demo, open_window(browser, demo.site.url, lang="fa") as window:
        await window.page.click(f"{NADER} .start-button")
        async with open_window(browser, demo.site.url, lang="en") as other:
            await expect(other.page.locator("html")).to_have_attribute("lang", "en")
        assert (await demo.state())["lang"] == "fa"
        await expect(window.page.locator("html")).to_have_attribute("lang", "fa")


async def until_still(page: Page) -> None:
    """Waits until no answer comes any more."""
    count = -1
    while count != (count := await page.locator(f"{NADER} .message").count()) or count < len(COMMANDS):
        await page.wait_for_timeout(500)


async def put_everything_in_use(page: Page) -> None:
    """A long chat that is read in its middle, a draft, and the drawer with something unfolded in it."""
    await page.click(".tour-leave")
    await page.fill(f"{NADER.replace('101', '102')} textarea", "half a sent")
    await page.locator(f"{NADER} .log").evaluate("(log) => { log.scrollTop = log.scrollHeight / 3; }")
    await expect(page.locator(f"{NADER} .to-bottom")).to_be_visible()
    await page.click("#drawer-button")
    await page.click('[data-page="shop"]')
    await page.fill("#shop-code", "MYCODE1")
    await page.click('[data-page="books"]')
    await page.locator('.record[data-event="join"] summary').click()


async def test_changing_it_keeps_what_is_read_written_and_unfolded(browser: Browser, tmp_path: Path) -> None:
    async with open_demo(tmp_path) as demo:
        for text in COMMANDS:
            await demo.post("/control/users/101/say", {"text": text})
        await demo.post("/control/users/102/say", {"text": "/start"})
        async with open_window(browser, demo.site.url) as window:
            page = window.page
            await until_still(page)
            await put_everything_in_use(page)
            before = await page.evaluate(SEEN)
            texts = await window.texts(101)
            await page.click("#language-button")
            await expect(page.locator("html")).to_have_attribute("dir", "rtl")
            await expect(page.locator('.record[data-event="join"]')).to_have_attribute("open", "")
            await expect(page.locator(f"{NADER.replace('101', '102')} textarea")).to_have_value("half a sent")
            message, from_top = await page.evaluate(SEEN)
            assert message == before[0]
            assert abs(from_top - before[1]) < 40
            assert await window.texts(101) == texts
            await page.click('[data-page="shop"]')
            await expect(page.locator("#shop-code")).to_have_value("MYCODE1")
            await expect(page.locator(".toast")).to_have_text("ربات از حالا فارسی می‌نویسد.")
            await page.reload()
            await page.wait_for_selector("html[data-ready]", state="attached")
            await expect(page.locator("html")).to_have_attribute("lang", "fa")
        assert (await demo.state())["generation"] == 0


async def test_a_language_chosen_on_the_page_wins_over_the_command_s(browser: Browser, tmp_path: Path) -> None:
    async with open_demo(tmp_path, "en") as demo, open_window(browser, demo.site.url) as window:
        await window.page.click("#language-button")
        await window.page.reload()
        await window.page.wait_for_selector("html[data-ready]", state="attached")
        await expect(window.page.locator("html")).to_have_attribute("lang", "fa")
        assert (await demo.state())["lang"] == "fa"
