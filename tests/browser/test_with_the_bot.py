"""The page with the real bot behind it: an invitation goes from one phone to the other, in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.playground import Settings, playground_server
from browser import NARROW, WIDE, Language, open_window
from running import running_app

pytestmark = pytest.mark.asyncio(loop_scope="session")

CAME = {"en": "used your link.", "fa": "با لینک شما آمد."}


@pytest.mark.parametrize(("lang", "size"), [("en", NARROW), ("fa", WIDE)], ids=["en-narrow", "fa-wide"])
async def test_an_invitation_goes_from_phone_to_phone(
    browser: Browser, tmp_path: Path, lang: Language, size: tuple[int, int]
) -> None:
    async with (
        playground_server(settings=Settings(inline_mode=False)) as server,  # cards go by the share page
        running_app(server, tmp_path / "moaref.db"),
        open_window(browser, server.address.url, lang=lang, size=size) as window,
    ):
        page = window.page
        nader = await window.phone(101)
        await page.click(f"{nader} .start-button")
        await page.click(f'{nader} [data-data="link"]')
        await expect(page.locator(f"{nader} .photo img")).not_to_have_js_property("naturalWidth", 0)
        await page.click(f"{nader} .inline-button:has(.icon-share)")
        await page.click('dialog [data-choice="102"]')
        karim = '.phone[data-person="102"]'
        await page.click(f"{karim} .incoming [data-link]")
        await expect(page.locator(f"{karim} .message.in .inline-button").first).to_be_visible()
        await window.holds_its_width()
        await window.phone(101)
        await expect(page.locator(f"{nader} .message.in").last).to_contain_text(CAME[lang])
        await page.fill(f"{nader} textarea", "/")
        offered = page.locator(f"{nader} .command")
        await expect(offered.first).to_be_visible()
        assert await offered.count() > 10
        await window.is_accessible()
        await server.assert_no_violations()
