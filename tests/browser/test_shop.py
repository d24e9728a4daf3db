"""The buyer's shop behind the scenes: the whole circle from a basket to the member's phone, and back again."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from browser import NARROW, WIDE, Language, Window, open_window
from demo import Demo, open_demo

pytestmark = pytest.mark.asyncio(loop_scope="session")

NADER, BABAK = 101, 102
CASES = pytest.mark.parametrize(
    ("demo", "lang", "size"),
    [("en", "en", WIDE), ("fa", "fa", NARROW)],
    ids=["en-wide", "fa-narrow"],
    indirect=["demo"],
)
EARNED = {"en": "You earned 222,000", "fa": "۲۲۲٬۰۰۰"}
TAKEN_BACK = {"en": "20,000 toman was taken back", "fa": "۲۰٬۰۰۰"}
PAID_ON = {
    "en": re.compile(r"^[A-Z][a-z]+day, \d+ [A-Z][a-z]+ \d{4} at \d\d:\d\d$"),
    "fa": re.compile(r"^[آ-ی‌]+ [۰-۹]+ [آ-ی]+ [۰-۹]{4}، ساعت [۰-۹]{2}:[۰-۹]{2}$"),
}
PART = {"en": "100000", "fa": "۱۰۰٬۰۰۰"}


@pytest_asyncio.fixture(loop_scope="session")
async def demo(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Demo]:
    language: Language = getattr(request, "param", "en")
    async with open_demo(tmp_path, language) as demo:
        yield demo


async def invite(demo: Demo, lang: Language) -> None:
    """Babak comes through Nader's link."""
    nader = await demo.phones.phone(NADER, "Nader", username="nader", language_code=lang)
    babak = await demo.phones.phone(BABAK, "Babak", username="babak", language_code=lang)
    await nader.send("/link")
    await nader.receives("t.me/")  # the poster; the card with the buttons to copy comes below it
    copied = (await nader.receives("t.me/")).copy_texts
    await babak.open(next(text for text in copied if "t.me" in text))
    await babak.receives("")


async def open_shop(window: Window) -> Page:
    """The page, with the tour put away and the drawer open at the shop."""
    page = window.page
    if await page.locator(".tour-leave").is_visible():
        await page.click(".tour-leave")
    await page.click("#drawer-button")
    await page.click('[data-page="shop"]')
    await expect(page.locator('[data-more="polish"]')).to_be_visible()
    return page


async def fill_basket(page: Page) -> None:
    for goods in ("winter-boots", "polish", "polish", "polish"):
        await page.click(f'[data-more="{goods}"]')
    await page.click('[data-less="polish"]')


@CASES
async def test_what_is_bought_is_earned_from_and_what_goes_back_is_taken_back(
    browser: Browser, demo: Demo, lang: Language, size: tuple[int, int]
) -> None:
    await invite(demo, lang)
    async with open_window(browser, demo.site.url, lang=lang, size=size) as window:
        page = await open_shop(window)
        await expect(page.locator('[data-act="buy"]')).to_be_disabled()
        await fill_basket(page)
        await expect(page.locator("#shop-code")).not_to_have_value("")
        await page.click('[data-act="buy"]')
        await expect(page.locator('.record[data-status="201"]')).to_have_count(1)
        await expect(page.locator('[data-sale="1001"]')).to_have_attribute("data-kind", "paid")
        heard = page.locator(f'.phone[data-person="{NADER}"] .message.in')
        await expect(heard.filter(has_text=EARNED[lang])).to_have_count(1)
        await page.click('[data-again="1001"]')
        await expect(page.locator('.record[data-status="200"]')).to_have_count(1)
        await page.fill('[data-amount="1001"]', PART[lang])
        await page.click('[data-refund="1001"]')
        await expect(page.locator('[data-sale="1001"]')).to_have_attribute("data-kind", "part")
        await expect(heard.filter(has_text=TAKEN_BACK[lang])).not_to_have_count(0)
        await page.click('[data-refund="1001"]')
        await expect(page.locator('[data-sale="1001"]')).to_have_attribute("data-kind", "refunded")
        await expect(page.locator('[data-refund="1001"]')).to_have_count(0)
        await expect(page.locator(".sale")).to_have_count(1)
        await page.locator(".record summary").first.click()
        await expect(page.locator(".record .json").first).to_contain_text('"Authorization": "Bearer …"')
        for scheme in ("dark", "light"):
            await page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            await window.is_accessible()
        await window.holds_its_width()


async def test_the_account_is_linked_by_a_token_of_the_chat(browser: Browser, demo: Demo) -> None:
    await invite(demo, "en")
    async with open_window(browser, demo.site.url) as window:
        page = await open_shop(window)
        await fill_basket(page)
        await expect(page.locator(".shop-customer")).to_contain_text("not linked")
        before = await page.input_value("#shop-code")
        await page.click('[data-act="link"]')
        await expect(page.locator('[data-act="buy"]')).to_be_focused()
        assert await page.input_value("#shop-code") != before
        await page.click('[data-act="buy"]')
        await expect(page.locator(".shop-customer")).to_contain_text(", linked to the bot")
        await expect(page.locator("#shop-code")).to_be_hidden()
        bought = page.locator(f'.phone[data-person="{NADER}"] .message.in').filter(has_text="You earned")
        await expect(bought.filter(has_text="Babak")).to_have_count(1)


async def test_a_refund_of_more_than_is_left_is_refused_and_told(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window:
        page = await open_shop(window)
        await page.click('[data-more="wool-socks"]')
        await page.click('[data-act="buy"]')
        await expect(page.locator(".drawer-answer.good")).to_contain_text("Nobody earns from it")
        await page.fill('[data-amount="1001"]', "45001")
        await page.click('[data-refund="1001"]')
        await expect(page.locator(".drawer-answer.bad")).to_contain_text("422")
        await expect(page.locator('[data-sale="1001"]')).to_have_attribute("data-kind", "paid")
        await page.fill('[data-amount="1001"]', "a lot")
        await page.click('[data-refund="1001"]')
        await expect(page.locator('[data-amount="1001"]')).to_have_value("45,000")


async def test_two_browsers_see_the_same_orders_until_all_begins_anew(browser: Browser, demo: Demo) -> None:
    async with open_window(browser, demo.site.url) as window, open_window(browser, demo.site.url) as other:
        page, second = await open_shop(window), await open_shop(other)
        await page.click('[data-more="polish"]')
        await page.click('[data-act="buy"]')
        await expect(second.locator(".sale")).to_have_count(1)
        await page.click('[data-more="polish"]')
        await demo.post("/demo/plan", {"id": "direct"})
        for each in (page, second):
            await expect(each.locator(".sale")).to_have_count(0)
            await expect(each.locator(".till .pieces").last).to_have_text("0")
        await page.click('[data-more="polish"]')
        await page.click('[data-act="buy"]')
        await expect(second.locator('[data-sale="1001"]')).to_be_visible()


@CASES
async def test_an_invoice_is_paid_on_the_phone_and_given_back(
    browser: Browser, demo: Demo, lang: Language, size: tuple[int, int]
) -> None:
    await invite(demo, lang)
    await demo.post(f"/control/users/{BABAK}/say", {"text": "/buy"})
    async with open_window(browser, demo.site.url, lang=lang, size=size) as window:
        page = window.page
        if await page.locator(".tour-leave").is_visible():
            await page.click(".tour-leave")
        babak = await window.phone(BABAK)
        await page.locator(f'{babak} [data-data^="inv"]').first.click()
        await expect(page.locator(f"{babak} .invoice-price")).to_contain_text("★")
        await page.click(f"{babak} [data-pay]")
        await window.is_accessible()
        await page.click("dialog .plain-button:not(.quiet)")
        await expect(page.locator(f'{babak} [data-payment="paid"]')).to_be_visible()
        await page.click(f"{babak} [data-receipt]")
        await expect(page.locator("dialog .receipt dd").nth(1)).to_have_text(PAID_ON[lang])
        await window.is_accessible()
        await page.keyboard.press("Escape")
        charge = next(iter(demo.host.world.payments.paid))
        await demo.post(f"/control/users/{BABAK}/refund", {"charge": charge})
        await expect(page.locator(f'{babak} [data-payment="refunded"]')).to_be_visible()
        await window.holds_its_width()
        await window.is_accessible()


async def test_a_paid_invoice_has_a_receipt_for_everybody_who_looks_on(browser: Browser, demo: Demo) -> None:
    await demo.post(f"/control/users/{BABAK}/say", {"text": "/buy"})
    async with open_window(browser, demo.site.url) as window, open_window(browser, demo.site.url) as other:
        page, second = window.page, other.page
        for each in (page, second):
            await each.click(".tour-leave")
        babak = await window.phone(BABAK)
        await page.locator(f'{babak} [data-data^="inv"]').first.click()
        await second.click(f"{babak} [data-pay]")  # asked, and not yet answered when the other pays
        await page.click(f"{babak} [data-pay]")
        await page.click("dialog .plain-button:not(.quiet)")
        for each in (page, second):
            await expect(each.locator(f"{babak} [data-receipt]")).to_have_text("Receipt")
            await expect(each.locator(f"{babak} [data-pay]")).to_have_count(0)
        await expect(page.locator(f"{babak} [data-receipt]")).to_be_focused()
        await second.click("dialog .plain-button:not(.quiet)")
        [(charge, payment)] = demo.host.world.payments.paid.items()
        await expect(second.locator("dialog .receipt")).to_contain_text(charge)
        await second.keyboard.press("Escape")
        await page.reload()
        await page.wait_for_selector("html[data-ready]", state="attached")
        await page.click(f"{babak} [data-receipt]")
        receipt = page.locator("dialog .receipt")
        await expect(receipt.locator(".invoice-price")).to_have_text(f"{payment.invoice.total} ★")
        await expect(receipt.locator("dd")).to_have_count(3)
        await window.is_accessible()
        await page.keyboard.press("Escape")
        await demo.post(f"/control/users/{BABAK}/refund", {"charge": charge})
        await expect(page.locator(f'{babak} [data-payment="refunded"]')).to_be_visible()
        await page.click(f"{babak} [data-receipt]")
        await expect(receipt.locator("dd")).to_have_count(4)


async def test_a_payment_that_the_bot_refuses_is_an_alert(browser: Browser, demo: Demo) -> None:
    await demo.post(f"/control/users/{BABAK}/say", {"text": "/buy"})
    async with open_window(browser, demo.site.url) as window:
        page = window.page
        await page.click(".tour-leave")
        babak = await window.phone(BABAK)
        await page.locator(f'{babak} [data-data^="inv"]').first.click()
        await expect(page.locator(f"{babak} .invoice")).to_be_visible()
        payments = demo.host.world.payments
        [(place, invoice)] = payments._invoices.items()
        payments._invoices[place] = type(invoice)("g:gone:1", invoice.currency, invoice.total)
        await page.click(f"{babak} [data-pay]")
        await page.click("dialog .plain-button:not(.quiet)")
        await expect(page.locator("dialog .box-text")).to_contain_text("You were not charged.")
        await page.click("dialog .plain-button")
        await expect(page.locator(f"{babak} .service")).to_have_count(0)
