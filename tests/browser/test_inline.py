"""Inline mode on the page: a chat is chosen, then a card, which its reader can open; by pointer and by keys."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from bot.playground import Playground, Settings, playground_server
from browser import NARROW, WIDE, Language, call, open_window
from demo import Demo, open_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

NADER, BABAK = 101, 102
SENT = {"en": "Nader sent you this", "fa": "نادر این را برایتان فرستاد"}
INVITED = {"en": "invited you", "fa": "شما را دعوت کرده است"}


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with open_demo(tmp_path) as demo:
        yield demo


async def leave_tour(page: Page) -> None:
    if await page.locator(".tour-leave").is_visible():
        await page.click(".tour-leave")


@asynccontextmanager
async def answering(server: Playground, **answer: Any) -> AsyncIterator[None]:
    """A bot that answers each inline query so."""

    async def answer_all() -> None:
        offset = 0
        while True:
            for update in await call(server, "getUpdates", offset=offset, timeout=1):
                offset = update["update_id"] + 1
                if (query := update.get("inline_query")) is not None:
                    await call(server, "answerInlineQuery", inline_query_id=query["id"], **answer)

    task = asyncio.create_task(answer_all())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def article(id: str, text: str, *keys: dict[str, Any]) -> dict[str, Any]:
    content = {"message_text": text, "parse_mode": "HTML"}
    markup = {"reply_markup": {"inline_keyboard": [list(keys)]}} if keys else {}
    return {"type": "article", "id": id, "title": f"Card {id}", "input_message_content": content, **markup}


@pytest.mark.parametrize(("lang", "size"), [("en", WIDE), ("fa", NARROW)], ids=["en-wide", "fa-narrow"])
async def test_a_card_goes_from_phone_to_phone_and_opens_the_bot(
    browser: Browser, tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async with (
        open_demo(tmp_path, lang) as demo,
        open_window(browser, demo.site.url, lang=lang, size=size) as window,
        open_window(browser, demo.site.url, lang=lang) as other,
    ):
        page = window.page
        await demo.post(f"/control/users/{NADER}/say", {"text": "/link"})
        await leave_tour(page)
        nader = await window.phone(NADER)
        await page.click(f"{nader} .inline-button[data-share]")
        await page.click(f'dialog [data-choice="{BABAK}"]')
        await expect(page.locator("dialog .card")).to_have_count(3)
        await expect(page.locator("dialog [role=status]")).not_to_be_empty()
        await window.is_accessible()
        await window.holds_its_width()
        await page.locator("dialog .card").first.click()
        for each in (page, other.page):
            incoming = each.locator(f'.phone[data-person="{BABAK}"] .incoming')
            await expect(incoming).to_contain_text(SENT[lang])
            await expect(incoming.locator(".incoming-via")).to_contain_text("@moaref_playground_bot")
        await window.is_accessible()
        await page.click(f'.phone[data-person="{BABAK}"] .incoming .inline-button')
        await expect(page.locator(f'.phone[data-person="{BABAK}"] .message.in')).to_contain_text(INVITED[lang])
        for each in (page, other.page):
            await expect(each.locator(f'.phone[data-person="{BABAK}"] .incoming')).to_be_hidden()


async def test_by_keys_alone_and_what_is_typed_chooses(browser: Browser, demo: Demo) -> None:
    await demo.post(f"/control/users/{NADER}/say", {"text": "/link"})
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await leave_tour(page)
        share = page.locator(f'.phone[data-person="{NADER}"] .inline-button[data-share]')
        await share.focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(f'dialog [data-choice="{BABAK}"]')).to_be_focused()
        await page.keyboard.press("Enter")
        field = page.locator("dialog input")
        await expect(field).to_be_focused()
        await expect(page.locator("dialog .card")).to_have_count(3)
        await page.keyboard.type("laces")
        await expect(page.locator("dialog .card")).to_have_count(1)
        await field.fill("nothing like this")
        await expect(page.locator("dialog [role=status]")).to_have_text("No results.")
        await field.fill("")
        await expect(page.locator("dialog .card")).to_have_count(3)
        for key in ("ArrowDown", "ArrowDown", "ArrowUp"):
            await page.keyboard.press(key)
        await expect(page.locator("dialog .card").first).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(share).to_be_focused()
        assert await page.locator(".incoming").count() == 0


async def test_the_name_typed_in_the_chat_with_the_bot_offers_there(browser: Browser, demo: Demo) -> None:
    await demo.post(f"/control/users/{NADER}/say", {"text": "/link"})
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await leave_tour(page)
        nader = f'.phone[data-person="{NADER}"]'
        field = page.locator(f"{nader} .composer textarea")
        await field.fill("@Moaref_Playground_Bot laces")
        await expect(page.locator(f"{nader} .hint")).to_contain_text("offers here")
        await field.press("Enter")
        await expect(page.locator("dialog .card")).to_have_count(1)
        await page.keyboard.press("Escape")
        await expect(field).to_have_value("@Moaref_Playground_Bot laces")
        await field.press("Enter")
        await page.locator("dialog .card").click()
        sent = page.locator(f"{nader} .message.out").last
        await expect(sent.locator(".via")).to_contain_text("via")
        await expect(sent).to_contain_text("laces")
        await expect(sent.locator(".inline-button")).to_have_count(1)
        await expect(field).to_have_value("")
        await window.is_accessible()


async def test_what_was_offered_goes_with_its_world(browser: Browser, demo: Demo) -> None:
    await demo.post(f"/control/users/{NADER}/say", {"text": "/link"})
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await leave_tour(page)
        await page.click(f'.phone[data-person="{NADER}"] .inline-button[data-share]')
        await page.click(f'dialog [data-choice="{BABAK}"]')
        await expect(page.locator("dialog .card")).to_have_count(3)
        await demo.post("/demo/restart")
        await expect(page.locator("dialog")).to_have_count(0)
        await expect(page.locator(f'.phone[data-person="{NADER}"] .start-button')).to_be_visible()


async def test_who_has_no_link_is_led_to_one(browser: Browser, demo: Demo) -> None:
    await demo.post(f"/control/users/{BABAK}/say", {"text": "/start"})
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await leave_tour(page)
        babak = f'.phone[data-person="{BABAK}"]'
        await page.fill(f"{babak} .composer textarea", "@moaref_playground_bot")
        await page.press(f"{babak} .composer textarea", "Enter")
        await page.click('dialog [data-way="link"]')
        await expect(page.locator(f"{babak} .photo")).to_be_visible()


async def test_a_card_of_any_bot_is_shown_with_its_marks_and_cannot_do_more_than_it_can(
    browser: Browser, server: Playground
) -> None:
    for id, name in ((NADER, "Nader"), (BABAK, "Babak")):
        await (await server.phone(id, name)).send("/start")
    keys = [{"text": "Here", "switch_inline_query_current_chat": ""}, {"text": "There", "switch_inline_query": "x"}]
    await call(server, "sendMessage", chat_id=NADER, text="Cards", reply_markup={"inline_keyboard": [keys]})
    marked = article("a", "<b>Look</b> <script>", {"text": "Press", "callback_data": "p"})
    marked["input_message_content"]["message_text"] = "<b>Look</b> &lt;script&gt;"
    async with (
        answering(server, results=[marked, article("b", "Plain words")]),
        open_window(browser, server.address.url) as window,
    ):
        page = window.page
        await page.click('[data-offer=""]')
        await page.locator("dialog .card").last.click()
        sent = page.locator(f'.phone[data-person="{NADER}"] .message.out').last
        await expect(sent.locator(".words")).to_have_text("Plain words")
        await page.click('[data-share="x"]')
        await page.click(f'dialog [data-choice="{BABAK}"]')
        await page.locator("dialog .card").first.click()
        incoming = page.locator(f'.phone[data-person="{BABAK}"] .incoming')
        await expect(incoming.locator("strong")).to_have_text("Look")
        await expect(incoming.locator(".incoming-text")).to_contain_text("<script>")
        await incoming.locator(".inline-button").focus()
        await call(server, "sendMessage", chat_id=BABAK, text="something else")
        await expect(page.locator(f'.phone[data-person="{BABAK}"] .message')).to_have_count(2)
        await expect(incoming.locator(".inline-button")).to_be_focused()
        await incoming.locator(".inline-button").click()
        await expect(page.locator(f'.phone[data-person="{BABAK}"] .toast')).to_contain_text("only works in Telegram")
        await expect(page.locator(f'.phone[data-person="{BABAK}"] .message')).to_have_count(2)


async def test_a_bot_without_inline_mode_says_so_and_its_name_is_a_text(browser: Browser) -> None:
    async with playground_server(settings=Settings(inline_mode=False)) as server:
        nader = await server.phone(NADER, "Nader")
        await nader.send("/start")
        keys = [[{"text": "Here", "switch_inline_query_current_chat": ""}]]
        await call(server, "sendMessage", chat_id=NADER, text="Cards", reply_markup={"inline_keyboard": keys})
        async with open_window(browser, server.address.url) as window:
            page = window.page
            field = page.locator(f'.phone[data-person="{NADER}"] .composer textarea')
            await field.fill("@moaref_playground_bot laces")
            await field.press("Enter")
            sent = page.locator(f'.phone[data-person="{NADER}"] .message.out').last
            await expect(sent).to_contain_text("laces")
            await page.click('[data-offer=""]')
            await expect(page.locator("dialog [role=status]")).to_contain_text("inline mode is off")
            window.complaints[:] = [each for each in window.complaints if "400" not in each]  # the browser logs it
