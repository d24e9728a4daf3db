"""The page as a whole: in both languages, wide and narrow, light and dark, for two browsers, a crowd of messages."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from itertools import product

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from bot.playground import Phone, Playground, Settings
from bot.playground.server import start
from browser import NARROW, WIDE, Language, Scheme, call, open_window, send_photo

pytestmark = pytest.mark.asyncio(loop_scope="session")

LONG_WORD = "https://example.com/" + "a" * 300
SMOOTH_MS = 100
KEYS = {"inline_keyboard": [[{"text": "موجودی", "callback_data": "a"}, {"text": "Withdraw", "callback_data": "b"}]]}


async def some_talk(server: Playground, people: Mapping[int, Phone]) -> None:
    """A little of everything, in each chat."""
    commands = [{"command": "link", "description": "My link"}, {"command": "balance", "description": "موجودی من"}]
    await call(server, "setMyCommands", commands=commands)
    for id, phone in people.items():
        text = f"<b>سلام {phone.name}</b> <code>A1B2C3</code> {LONG_WORD}\n<blockquote>so</blockquote><pre>a = 1</pre>"
        await call(server, "sendMessage", chat_id=id, text=text, parse_mode="HTML", reply_markup=KEYS)
        await send_photo(server, id, picture(id), caption="A card")
        await phone.send_document()
        await phone.send_sticker()


def picture(seed: int, size: tuple[int, int] = (800, 600)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, (seed % 256, 120, 200 - seed % 200)).save(buffer, "PNG")
    return buffer.getvalue()


DRESSES = {
    f"{lang}-{'wide' if size == WIDE else 'narrow'}-{scheme}": (lang, size, scheme)
    for lang, size, scheme in product(("en", "fa"), (WIDE, NARROW), ("light", "dark"))
}
IN_SHORT = ("en-wide-light", "en-narrow-dark", "fa-wide-dark", "fa-narrow-light")
"""Each two of a language, a size and a scheme occur together; the long runs have all three."""


@pytest.mark.parametrize(
    ("lang", "size", "scheme"),
    [pytest.param(*dress, id=id, marks=[] if id in IN_SHORT else pytest.mark.soak) for id, dress in DRESSES.items()],
)
async def test_the_page_is_whole_and_usable_in_every_dress(
    browser: Browser,
    server: Playground,
    people: Mapping[int, Phone],
    lang: Language,
    size: tuple[int, int],
    scheme: Scheme,
) -> None:
    await some_talk(server, people)
    async with open_window(browser, server.address.url, lang=lang, size=size, scheme=scheme) as window:
        page = window.page
        assert await page.get_attribute("html", "dir") == ("rtl" if lang == "fa" else "ltr")
        await expect(page.locator(".phone:visible")).to_have_count(3 if size == WIDE else 1)
        for person in people:
            await expect(page.locator(f"{await window.phone(person)} .photo")).to_be_visible()
            await window.holds_its_width()
        await window.is_accessible()
        await page.click(".phone:visible .menu-button >> nth=0")
        await expect(page.locator(".command:visible")).to_have_count(2)
        await window.is_accessible()
        await page.click(".phone:visible .more-button >> nth=0")
        await expect(page.locator(".command:visible")).to_have_count(0)
        await window.is_accessible()
        await page.keyboard.press("Escape")
        await page.click(".phone:visible .photo >> nth=0")
        await window.is_accessible()
        await window.holds_its_width()


async def test_start_is_pressed_once_and_the_focus_goes_on_to_the_field(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        phone = '.phone[data-person="101"]'
        await window.page.focus(f"{phone} .start-button")
        await window.page.evaluate("document.activeElement.click(), document.activeElement.click()")
        await expect(window.page.locator(f"{phone} textarea")).to_be_focused()
        await expect(window.page.locator(f"{phone} .message")).to_have_count(1)
    assert len((await server.get("chats/101"))["messages"]) == 1


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
async def test_a_page_where_nothing_has_begun_is_usable_too(
    browser: Browser, server: Playground, size: tuple[int, int]
) -> None:
    async with open_window(browser, server.address.url, lang="fa", size=size) as window:
        await window.is_accessible()
        await window.holds_its_width()
        phone = await window.phone(102)
        await window.page.click(f"{phone} .start-button")
        await expect(window.page.locator(f"{phone} textarea")).to_be_visible()
    assert (await server.get("chats/102"))["messages"][0]["text"] == "/start"
    assert (await server.get("chats/102"))["chat"]["first_name"] == "کریم"


async def test_two_browsers_on_one_world_see_the_same(browser: Browser, server: Playground, nader: Phone) -> None:
    async with (
        open_window(browser, server.address.url) as one,
        open_window(browser, server.address.url, size=NARROW) as other,
    ):
        await one.page.fill('.phone[data-person="101"] textarea', "from the first")
        await one.page.press('.phone[data-person="101"] textarea', "Enter")
        await call(server, "sendMessage", chat_id=101, text="answered", reply_markup=KEYS)
        for window in (one, other):
            await expect(window.page.locator('.phone[data-person="101"] .message .words').last).to_have_text("answered")
        assert await one.texts(101) == await other.texts(101) == ["/start", "from the first", "answered"]
        await one.page.click('[data-data="b"]')
        await expect(other.page.locator('[data-data="b"]')).to_have_attribute("aria-busy", "true")
        await nader.block()
        await expect(one.page.locator('.phone[data-person="101"] .unblock-button')).to_be_visible()
        await expect(other.page.locator('.phone[data-person="101"] .unblock-button')).to_be_visible()


@pytest.mark.usefixtures("people")
async def test_what_comes_unseen_is_counted_until_it_is_looked_at(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url, lang="fa", size=NARROW) as window:
        for text in ("one", "two"):
            await call(server, "sendMessage", chat_id=102, text=text)
        await call(server, "sendMessage", chat_id=101, text="seen")
        badge = window.page.locator('.tab[data-person="102"] .badge')
        await expect(badge).to_contain_text("۲")
        await expect(window.page).to_have_title("(۲) معرف")
        await expect(window.page.locator('.tab[data-person="101"] .badge')).to_be_hidden()
        await window.page.click('.tab[data-person="102"]')
        await expect(badge).to_be_hidden()
        await expect(window.page).to_have_title("معرف")


@pytest.mark.usefixtures("people")
async def test_who_reads_above_is_not_pulled_down(browser: Browser, server: Playground) -> None:
    for number in range(30):
        await call(server, "sendMessage", chat_id=101, text=f"message {number}")
    async with open_window(browser, server.address.url) as window:
        log = window.page.locator('.phone[data-person="101"] .log')
        await expect(log.locator(".message").last).to_be_in_viewport()
        await log.evaluate("(log) => { log.scrollTop = 0; }")
        bottom = window.page.locator('.phone[data-person="101"] .to-bottom')
        await expect(bottom).to_be_visible()
        await call(server, "sendMessage", chat_id=101, text="news")
        await expect(bottom.locator(".badge")).to_have_text("1")
        assert await log.evaluate("(log) => log.scrollTop") == 0
        await bottom.click()
        await expect(log.locator(".message").last).to_be_in_viewport()
        await expect(bottom).to_be_hidden()


@pytest.mark.usefixtures("people")
async def test_a_hundred_messages_and_ten_pictures_stay_smooth(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        log = window.page.locator('.phone[data-person="101"] .log')
        await log.evaluate(
            """(log) => {
                window.changed = 0;
                new MutationObserver((changes) => {
                    for (const each of changes) changed += each.addedNodes.length + each.removedNodes.length;
                }).observe(log.firstChild, { childList: true });
            }"""
        )
        for number in range(100):
            await call(
                server, "sendMessage", chat_id=101, text=f"<b>{number}</b>", parse_mode="HTML", reply_markup=KEYS
            )
            if number % 10 == 9:
                await send_photo(server, 101, picture(number, (1200, 900)))
        await expect(log.locator(".message")).to_have_count(111)
        await expect(log.locator(".message").last).to_be_in_viewport()
        frames = await log.evaluate(
            """async (log) => {
                const gaps = [];
                let before = performance.now();
                for (let step = 0; step < 60; step += 1) {
                    log.scrollTop -= log.scrollHeight / 60;
                    await new Promise(requestAnimationFrame);
                    gaps.push(performance.now() - before);
                    before = performance.now();
                }
                return gaps.sort((one, other) => one - other);
            }"""
        )
        assert frames[len(frames) // 2] < SMOOTH_MS
        assert await window.page.evaluate("changed") == 110, "each message is added once, and nothing else is touched"
        assert await log.locator(".photo img").evaluate_all("(all) => all.every((each) => each.loading == 'lazy')")


async def test_the_page_comes_back_when_the_server_does(browser: Browser) -> None:
    first = await start(0, Settings())
    port = int(first.address.url.rpartition(":")[2])
    page_url = first.address.url
    async with open_window(browser, page_url) as window:
        await window.page.click('.phone[data-person="101"] .start-button')
        await expect(window.page.locator('.phone[data-person="101"] .message')).to_have_count(1)
        await first.stop()
        await expect(window.page.locator(".connection")).to_be_visible()
        second = await start(port, Settings())
        try:
            await expect(window.page.locator(".connection")).to_be_hidden(timeout=15_000)
            await expect(window.page.locator('.phone[data-person="101"] .start-button')).to_be_visible()
            await window.page.click('.phone[data-person="101"] .start-button')
            await expect(window.page.locator('.phone[data-person="101"] .message')).to_have_count(1)
        finally:
            window.complaints[:] = [
                each for each in window.complaints if "ERR_CONNECTION" not in each and "ERR_INCOMPLETE" not in each
            ]
            await second.stop()


@pytest.mark.usefixtures("people")
async def test_the_language_and_the_dress_are_chosen_and_kept(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url, lang="en", scheme="light") as window:
        page = window.page
        await page.fill('.phone[data-person="101"] textarea', "half a sent")
        await page.click("#language-button")
        await expect(page.locator("html")).to_have_attribute("dir", "rtl")
        await expect(page.locator("h1")).to_have_text("معرف")
        await expect(page.locator('.phone[data-person="101"] textarea')).to_have_value("half a sent")
        await page.click("#theme-button")
        await expect(page.locator("html")).to_have_attribute("data-theme", "dark")
        assert await page.evaluate("[localStorage['moaref.language'], localStorage['moaref.theme']]") == ["fa", "dark"]
        await window.is_accessible()


@pytest.mark.usefixtures("people")
async def test_everything_can_be_done_from_the_keyboard(browser: Browser, server: Playground) -> None:
    await call(server, "sendMessage", chat_id=101, text="Well?", reply_markup=KEYS)
    async with open_window(browser, server.address.url) as window:
        reached = set()
        for _ in range(40):
            await window.page.keyboard.press("Tab")
            reached.add(await window.page.evaluate("document.activeElement.className.split(' ')[0]"))
        assert {"skip", "tool", "round", "log", "inline-button"} <= reached
        await window.page.focus('[data-data="a"]')
        await window.page.keyboard.press("Enter")
        await expect(window.page.locator('[data-data="a"]')).to_have_attribute("aria-busy", "true")
