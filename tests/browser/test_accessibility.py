"""What people need who enlarge the page, go by the keyboard or hear it read."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.async_api import Browser, Page, expect

from bot.playground import Playground
from browser import NARROW, Language, axe, call, open_window, send_photo
from demo import open_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

AT_400_PERCENT = (320, 256)
TALK_MIN_PX = 200
ROW = [{"text": "پنهان", "callback_data": "left"}, {"text": "اول", "callback_data": "right"}]
KEYS = {"inline_keyboard": [[{"text": "A", "callback_data": "a"}, {"text": "B", "callback_data": "b"}], ROW]}


def picture() -> bytes:
    buffer = BytesIO()
    Image.new("RGB", (640, 480), "teal").save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize("lang", ["en", "fa"])
async def test_at_400_percent_the_page_scrolls_and_a_conversation_keeps_its_height(
    browser: Browser, tmp_path: Path, lang: Language
) -> None:
    async with (
        open_demo(tmp_path) as demo,
        open_window(browser, demo.site.url, lang=lang, size=AT_400_PERCENT) as window,
    ):
        page = window.page
        await page.click(".phone.current .start-button")
        await expect(page.locator(".phone.current .message.in")).to_be_visible()
        assert await page.locator(".phone.current .talk").evaluate("(talk) => talk.clientHeight") >= TALK_MIN_PX
        assert await page.evaluate("document.scrollingElement.scrollHeight > innerHeight")
        await page.locator(".phone.current textarea").scroll_into_view_if_needed()
        await expect(page.locator(".phone.current textarea")).to_be_in_viewport()
        await window.holds_its_width()
        await window.is_accessible()


async def active(page: Page) -> str:
    return str(await page.evaluate("document.activeElement.className || document.activeElement.tagName"))


@pytest.mark.usefixtures("people")
async def test_links_at_the_beginning_skip_to_each_phone(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url, size=NARROW) as window:
        page = window.page
        for name in ("Nader", "Karim"):
            await page.keyboard.press("Tab")
            await expect(page.locator(":focus")).to_have_text(f"Skip to {name}'s phone")
            await expect(page.locator(":focus")).to_be_in_viewport()
        await page.keyboard.press("Enter")
        await expect(page.locator('.phone[data-person="102"]')).to_be_focused()
        await expect(page.locator('.phone[data-person="102"]')).to_be_visible()
        await page.keyboard.press("Tab")
        assert "more-button" in await active(page)


@pytest.mark.usefixtures("people")
async def test_a_long_chat_is_one_stop_and_arrows_lead_through_it(browser: Browser, server: Playground) -> None:
    for number in range(30):
        await call(server, "sendMessage", chat_id=101, text=f"/help {number}", reply_markup=KEYS)
    async with open_window(browser, server.address.url) as window:
        page = window.page
        await page.focus('.phone[data-person="101"] .more-button')
        stops: list[str] = []
        while "menu-button" not in (stops or [""])[-1]:
            await page.keyboard.press("Tab")
            stops.append(await active(page))
            assert len(stops) < 6, stops
        assert stops[:2] == ["log", "as-link"]
        await page.keyboard.press("Shift+Tab")
        await page.keyboard.press("ArrowDown")
        focused = page.locator(":focus")
        await expect(focused).to_have_attribute("data-data", "a")
        await page.keyboard.press("ArrowRight")
        await expect(focused).to_have_attribute("data-data", "b")
        await page.keyboard.press("ArrowDown")
        await expect(focused).to_have_attribute("data-data", "left")
        await page.keyboard.press("Home")
        await expect(focused).to_have_text("/start")
        await page.keyboard.press("End")
        await page.keyboard.press("ArrowRight")
        await expect(focused).to_have_attribute("data-data", "right")
        await call(server, "sendMessage", chat_id=101, text="news", reply_markup=KEYS)
        await expect(focused).to_have_attribute("data-data", "right")
        await page.keyboard.press("Enter")
        await expect(focused).to_have_attribute("aria-busy", "true")


@pytest.mark.usefixtures("people")
async def test_rows_in_persian_are_walked_from_the_right(browser: Browser, server: Playground) -> None:
    await call(server, "sendMessage", chat_id=101, text="؟", reply_markup={"inline_keyboard": [ROW]})
    async with open_window(browser, server.address.url, lang="fa") as window:
        page = window.page
        stops = page.locator('.phone[data-person="101"] .message:last-child .inline-button')
        assert await stops.evaluate_all("(all) => all.map((each) => each.dataset.data)") == ["right", "left"]
        boxes = [await stop.bounding_box() for stop in await stops.all()]
        assert boxes[0] is not None
        assert boxes[1] is not None
        assert boxes[0]["x"] > boxes[1]["x"], "as it was sent: the last of the row on the right"
        await stops.first.focus()
        await page.keyboard.press("ArrowLeft")
        await expect(stops.last).to_be_focused()


@pytest.mark.usefixtures("people")
async def test_pictures_are_called_what_is_written_under_them(browser: Browser, server: Playground) -> None:
    long = "word " * 60
    link = "https://t.me/moaref_playground_bot?start=8A5X"
    captions = ("<b>Weekly earnings</b>\n12,000 toman", "", long, f"I like these shoes:\n{link}")
    for caption in captions:
        await send_photo(server, 101, picture(), **({"caption": caption, "parse_mode": "HTML"} if caption else {}))
    async with open_window(browser, server.address.url) as window:
        photos = window.page.locator('.phone[data-person="101"] .photo img')
        names = [await each.get_attribute("alt") for each in await photos.all()]
        assert names[:2] == ["Picture: Weekly earnings", "Picture from Moaref"]
        assert names[3] == "Picture with invitation 8A5X: I like these shoes:"
        assert str(names[2]).endswith("…")
        assert len(str(names[2])) < 160
        await window.page.locator(".photo").first.click()
        box = window.page.get_by_role("dialog", name="Picture: Weekly earnings")
        await expect(box.get_by_role("img")).to_have_attribute("alt", "Picture: Weekly earnings")


async def test_nothing_in_the_books_has_a_name_that_is_not_read(browser: Browser, tmp_path: Path) -> None:
    async with open_demo(tmp_path) as demo:
        await demo.earn_a_commission()
        async with open_window(browser, demo.site.url) as window:
            page = window.page
            await page.click(".tour-leave")
            await page.click("#drawer-button")
            await page.click('[data-page="books"]')
            await expect(page.locator(".transfer")).to_have_count(1)
            await page.evaluate(axe())
            found = await page.evaluate("axe.run(document, {runOnly: ['aria-prohibited-attr', 'aria-allowed-attr']})")
            assert [each["id"] for each in (*found["violations"], *found["incomplete"])] == []


async def test_a_page_where_nothing_has_begun_shows_what_a_conversation_will_be(
    browser: Browser, tmp_path: Path
) -> None:
    async with open_demo(tmp_path) as demo, open_window(browser, demo.site.url, lang="fa") as window:
        page = window.page
        outline = page.locator('.phone[data-person="101"] .preview-talk')
        await expect(outline).to_contain_text("۲۰٬۰۰۰ تومان")
        await expect(outline).to_have_attribute("aria-hidden", "true")
        await expect(page.locator(".brand p")).to_contain_text("سیستم همکاری در فروش")
        await page.click('.phone[data-person="101"] .start-button')
        await expect(outline).to_be_hidden()
