"""What a phone shows of each thing that a bot sends, and of each thing that a person does."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, expect

from bot.playground import Phone, Playground
from browser import call, open_window, send_photo

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.usefixtures("people")]

LINK = "https://t.me/moaref_playground_bot?start=A1B2C3"
SHARE = "https://t.me/share/url?url=https%3A%2F%2Ft.me%2Fmoaref_playground_bot%3Fstart%3DA1B2C3&text=Good%20shoes%3A"


def picture(colour: str = "teal", size: tuple[int, int] = (640, 480)) -> bytes:
    buffer = BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


def keys(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"inline_keyboard": list(rows)}


async def test_each_kind_of_entity_looks_like_what_it_is(browser: Browser, server: Playground) -> None:
    html = (
        "<b>bold <i>both</i></b> <u>under</u> <s>gone</s> <code>o-1</code> <tg-spoiler>secret</tg-spoiler>\n"
        '<a href="https://example.com/a">words</a> https://example.com/b /help @nader 😀 <b>after</b>\n'
        "<blockquote>quoted</blockquote><blockquote expandable>" + "long\n" * 9 + "</blockquote>"
        "<pre>two\nlines</pre>"
    )
    await call(server, "sendMessage", chat_id=101, text=html, parse_mode="HTML")
    async with open_window(browser, server.address.url) as window:
        words = window.page.locator('.phone[data-person="101"] .message.in .words')
        assert await words.locator("strong").all_text_contents() == ["bold both", "after"]
        assert await words.locator("strong em").text_content() == "both"
        assert await words.locator("u").text_content() == "under"
        assert await words.locator("s").text_content() == "gone"
        assert await words.locator("code").text_content() == "o-1"
        assert await words.locator("pre").text_content() == "two\nlines"
        assert await words.locator("blockquote").first.text_content() == "quoted"
        hrefs = [await link.get_attribute("href") for link in await words.locator("a").all()]
        assert hrefs == ["https://example.com/a", "https://example.com/b"]
        spoiler = words.locator(".spoiler")
        await spoiler.press("Enter")
        await expect(spoiler).to_have_class("spoiler shown")
        unfold = words.locator(".unfold")
        await unfold.click()
        await expect(unfold).to_have_attribute("aria-expanded", "true")
        await words.locator("button.as-link").click()
        await expect(window.page.locator('.phone[data-person="101"] .message.out .words').last).to_have_text("/help")


async def test_markup_in_a_text_stays_text(browser: Browser, server: Playground, nader: Phone) -> None:
    await nader.send("<img src=x onerror=alert(1)><b>no</b>")
    async with open_window(browser, server.address.url) as window:
        words = window.page.locator('.phone[data-person="101"] .message.out .words').last
        await expect(words).to_have_text("<img src=x onerror=alert(1)><b>no</b>")
        assert await words.locator("img, b").count() == 0


async def test_a_picture_opens_and_closes_again(browser: Browser, server: Playground) -> None:
    await send_photo(server, 101, picture(), caption="A card")
    async with open_window(browser, server.address.url) as window:
        thumb = window.page.locator(".photo img")
        await expect(thumb).to_have_js_property("naturalWidth", 640)
        await window.page.click(".photo")
        box = window.page.locator("dialog.lightbox")
        await expect(box).to_be_visible()
        await expect(box.locator("figcaption")).to_have_text("A card")
        await window.page.keyboard.press("Escape")
        await expect(box).to_have_count(0)
        assert await window.page.evaluate("document.activeElement.className") == "photo"


async def test_a_document_is_downloaded_under_its_name(browser: Browser, server: Playground, nader: Phone) -> None:
    await nader.send_document("orders.csv", b"a,b\n1,2\n", "text/csv")
    async with open_window(browser, server.address.url) as window:
        await expect(window.page.locator(".file-size")).to_have_text("8 bytes")
        async with window.page.expect_download() as download:
            await window.page.click(".file")
        assert (await download.value).suggested_filename == "orders.csv"
        assert (await (await download.value).path()).read_bytes() == b"a,b\n1,2\n"


async def test_buttons_stand_in_the_order_in_which_they_were_sent(browser: Browser, server: Playground) -> None:
    rows = keys(
        [{"text": "راست", "callback_data": "a"}, {"text": "چپ", "callback_data": "b", "style": "success"}],
        [{"text": "No", "callback_data": "c", "style": "danger"}],
    )
    await call(server, "sendMessage", chat_id=101, text="Well?", reply_markup=rows)
    for lang in ("en", "fa"):
        async with open_window(browser, server.address.url, lang=lang) as window:
            buttons = window.page.locator('.phone[data-person="101"] .inline-button')
            places = [box["x"] for button in await buttons.all() if (box := await button.bounding_box())]
            assert places[1] < places[0], "a row in Persian is walked from the right, and looks as it was sent"
            assert [await each.get_attribute("data-data") for each in await buttons.all()] == ["b", "a", "c"]
            await expect(buttons.first).to_have_class("inline-button success")


async def test_a_press_waits_for_its_answer_and_shows_it(browser: Browser, server: Playground) -> None:
    rows = keys([{"text": "Go", "callback_data": "go"}])
    await call(server, "sendMessage", chat_id=101, text="Well?", reply_markup=rows)
    async with open_window(browser, server.address.url) as window:
        button = window.page.locator('[data-data="go"]')
        for alert in (False, True):
            seen = (await server.events())[-1]["seq"]
            await button.click()
            await expect(button).to_have_attribute("aria-busy", "true")
            (pressed,) = await server.events(after=seen, timeout=5)
            query = pressed["content"]["query_id"]
            await call(server, "answerCallbackQuery", callback_query_id=query, text="Done", show_alert=alert)
            told = window.page.locator("dialog .box-text" if alert else ".toast")
            await expect(told).to_have_text("Done")
            await expect(button).not_to_have_attribute("aria-busy", "true")
        await window.page.keyboard.press("Escape")
        await expect(window.page.locator("dialog")).to_have_count(0)


async def test_an_edit_is_made_in_place_and_a_deleted_message_goes(browser: Browser, server: Playground) -> None:
    first = await call(server, "sendMessage", chat_id=101, text="one")
    await call(server, "sendMessage", chat_id=101, text="two")
    async with open_window(browser, server.address.url) as window:
        await call(server, "editMessageText", chat_id=101, message_id=first["message_id"], text="changed")
        await expect(
            window.page.locator(f'.phone[data-person="101"] [data-message="{first["message_id"]}"]')
        ).to_contain_text("changed")
        assert (await window.texts(101))[-2:] == ["changed", "two"]
        await call(server, "deleteMessage", chat_id=101, message_id=first["message_id"])
        await expect(window.page.locator('.phone[data-person="101"] .message')).to_have_count(2)


async def test_copy_buttons_copy_and_say_so(browser: Browser, server: Playground) -> None:
    rows = keys([{"text": "Copy", "copy_text": {"text": "A1B2C3"}}])
    html = "<code>\u2066o-7\u2069</code>"
    await call(server, "sendMessage", chat_id=101, text=html, parse_mode="HTML", reply_markup=rows)
    allowed = ["clipboard-read", "clipboard-write"]
    async with open_window(browser, server.address.url, permissions=allowed) as window:
        for selector, text in (('[data-copy="A1B2C3"]', "A1B2C3"), (".words code", "o-7")):
            await window.page.click(selector)
            await expect(window.page.locator(".toast").last).to_have_text("Copied")
            assert await window.page.evaluate("navigator.clipboard.readText()") == text


async def test_a_shared_link_opens_in_the_phone_it_is_sent_to(browser: Browser, server: Playground) -> None:
    await call(
        server, "sendMessage", chat_id=101, text="Share it", reply_markup=keys([{"text": "Share", "url": SHARE}])
    )
    async with open_window(browser, server.address.url) as window:
        await window.page.click(f'[data-url="{SHARE}"]')
        await expect(window.page.locator("dialog .preview")).to_contain_text(LINK)
        await window.page.click('dialog [data-choice="102"]')
        incoming = window.page.locator('.phone[data-person="102"] .incoming')
        await expect(incoming).to_contain_text("Good shoes:")
        await incoming.locator(".round").click()
        await expect(incoming).to_be_hidden()
        await window.page.reload()
        await window.page.wait_for_selector("html[data-ready]", state="attached")
        await expect(incoming).to_be_hidden()
        await window.page.click(f'[data-url="{SHARE}"]')
        await window.page.click('dialog [data-choice="102"]')
        await incoming.locator("[data-link]").click()
        await expect(incoming).to_be_hidden()
        await expect(window.page.locator('.phone[data-person="102"] .message.out')).to_have_count(2)
        said = (await server.get("chats/102"))["messages"][-1]["text"]
        assert said == "/start A1B2C3"
        assert (await window.texts(102))[-1] == "/start"


async def test_a_link_that_is_pasted_is_opened_and_one_in_a_message_too(browser: Browser, server: Playground) -> None:
    await call(server, "sendMessage", chat_id=101, text=f"Mine: {LINK}")
    async with open_window(browser, server.address.url) as window:
        field = window.page.locator('.phone[data-person="102"] .composer textarea')
        await field.fill(LINK)
        await expect(window.page.locator('.phone[data-person="102"] .hint')).to_be_visible()
        await field.press("Enter")
        await expect(window.page.locator('.phone[data-person="102"] .message.out')).to_have_count(2)
        await window.page.click('.phone[data-person="101"] .words a')
        await expect(window.page.locator('.phone[data-person="101"] .message.out')).to_have_count(2)
    for person in (101, 102):
        assert (await server.get(f"chats/{person}"))["messages"][-1]["text"] == "/start A1B2C3"


async def test_typing_is_shown_until_something_comes(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        doing = window.page.locator('.phone[data-person="101"] .doing')
        await call(server, "sendChatAction", chat_id=101, action="typing")
        await expect(doing).to_have_text("Moaref is typing")
        await call(server, "sendMessage", chat_id=101, text="there")
        await expect(doing).to_have_text("talking with Moaref")


async def test_a_keyboard_in_place_of_letters_sends_what_its_keys_say(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        await call(server, "sendMessage", chat_id=101, text="Well?", reply_markup={"keyboard": [[{"text": "Yes"}]]})
        await window.page.click(".reply-button")
        await expect(window.page.locator('.phone[data-person="101"] .message.out .words').last).to_have_text("Yes")
        await call(server, "sendMessage", chat_id=101, text="Thanks", reply_markup={"remove_keyboard": True})
        await expect(window.page.locator(".reply-button")).to_have_count(0)


async def test_files_go_up_as_photo_or_document(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        phone = '.phone[data-person="101"]'
        await window.page.fill(f"{phone} textarea", "my receipt")
        files = [{"name": "receipt.png", "mimeType": "image/png", "buffer": picture()}]
        await window.page.set_input_files(f"{phone} .chooser", files)  # type: ignore[arg-type]
        await expect(window.page.locator(f"{phone} .message.out .photo")).to_be_visible()
        files = [{"name": "orders.csv", "mimeType": "text/csv", "buffer": b"a,b"}]
        await window.page.set_input_files(f"{phone} .chooser", files)  # type: ignore[arg-type]
        await expect(window.page.locator(f"{phone} .file-name")).to_have_text("orders.csv")
    sent = (await server.get("chats/101"))["messages"]
    assert [set(message) & {"photo", "document", "caption"} for message in sent[-2:]] == [
        {"photo", "caption"},
        {"document"},
    ]


async def test_commands_are_offered_by_the_menu_and_after_a_slash(browser: Browser, server: Playground) -> None:
    commands = [{"command": "link", "description": "My link"}, {"command": "balance", "description": "What I have"}]
    await call(server, "setMyCommands", commands=commands)
    own = [{"command": "approve", "description": "Approve"}]
    await call(server, "setMyCommands", commands=own, scope={"type": "chat", "chat_id": 900})
    async with open_window(browser, server.address.url) as window:
        await window.page.click('.phone[data-person="900"] .menu-button')
        await expect(window.page.locator(".command:visible")).to_have_text(["Approve/approve"])
        await window.page.keyboard.press("Escape")
        await expect(window.page.locator(".command:visible")).to_have_count(0)
        field = window.page.locator('.phone[data-person="101"] textarea')
        await field.press_sequentially("/")
        await expect(window.page.locator(".command:visible")).to_have_count(2)
        await field.press("ArrowDown")
        await field.press("Tab")
        await expect(field).to_have_value("/balance ")
        await field.fill("/li")
        await expect(window.page.locator(".command:visible")).to_have_count(1)
        await field.press("Enter")
        await expect(window.page.locator('.phone[data-person="101"] .message.out .words').last).to_have_text("/link")


async def test_shift_and_enter_begins_a_line(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        field = window.page.locator('.phone[data-person="101"] textarea')
        await field.press_sequentially("one")
        await field.press("Shift+Enter")
        await field.press_sequentially("two")
        await field.press("Enter")
        await expect(field).to_have_value("")
        await expect(window.page.locator('.phone[data-person="101"] .message.out')).to_have_count(2)
    assert (await server.get("chats/101"))["messages"][-1]["text"] == "one\ntwo"


async def test_a_block_is_shown_and_taken_back(browser: Browser, server: Playground) -> None:
    async with open_window(browser, server.address.url) as window:
        phone = '.phone[data-person="101"]'
        await window.page.click(f"{phone} .more-button")
        await window.page.click('dialog [data-choice="block"]')
        await expect(window.page.locator(f"{phone} .unblock-button")).to_be_visible()
        await window.page.click(f"{phone} .unblock-button")
        await expect(window.page.locator(f"{phone} textarea")).to_be_visible()
