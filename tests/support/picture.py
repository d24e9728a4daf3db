"""`make picture`: takes the READMEs' pictures in a headless browser: the demo as an animation of a few moments.

The tour is walked on a shop with eighty members, from the commission and its reason to the payout. Then the friend asks
for their own poster, and the member gets a digest with its chart. The last moment holds all three.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.async_api import Page, expect

from bot.assembly.scheduling import prove_in_a_process, timetable_of
from bot.cli.demo_bot import HostedBot
from browser import Language, open_window, running_browser
from demo import Demo, open_demo
from tour import Follower

DOCS: Final = Path(__file__).parents[2] / "docs"
PICTURES: Final[dict[str, Language]] = {"hero.webp": "en", "hero.fa.webp": "fa"}
WINDOW: Final = (1360, 850)
WIDTH: Final = 1120
"""Of the picture, in pixels: twice what a README's column shows of small text, within its bytes."""
QUALITY: Final = 82
BYTES_MAX: Final = 1_500_000
DURATION_MAX_MS: Final = 8_000
MOMENTS_MS: Final = {"read": 1500, "approve": 1300, "pay": 900, "finish": 700}
"""The tour's scenes that are shown, and how long; scenes between them are walked unseen."""
POSTER_MS: Final = 1500
CHART_MS: Final = 2100
MEMBER, FRIEND = 101, 102
PATIENCE_MS: Final = 30_000


@dataclass(frozen=True, slots=True)
class Moment:
    """Holds a screenshot, and how long it is shown."""

    shot: Image.Image
    ms: int


async def moments(demo: Demo, page: Page, follower: Follower) -> list[Moment]:
    """Returns the moments in their order."""
    shown = [await _seen(page, MOMENTS_MS[scene]) async for scene in follower.scenes() if scene in MOMENTS_MS]
    await _poster(demo, page)
    shown.append(await _seen(page, POSTER_MS))
    await _chart(demo, page)
    shown.append(await _seen(page, CHART_MS))
    return shown


async def _poster(demo: Demo, page: Page) -> None:
    """Lets the friend become a member, and brings their own picture into view."""
    await demo.post(f"/control/users/{FRIEND}/say", {"text": "/link"})
    await _look_at_the_last_picture(page, FRIEND, before=0)


async def _chart(demo: Demo, page: Page) -> None:
    """Sends the digests now, and brings the member's chart into view."""
    before = await page.locator(_photos(MEMBER)).count()
    bot = demo.host.show.bot
    assert isinstance(bot, HostedBot)
    await timetable_of(bot.app.services, prove_in_a_process).run_by_hand("balance-digest", force=True)
    await _look_at_the_last_picture(page, MEMBER, before)


async def _look_at_the_last_picture(page: Page, person: int, before: int) -> None:
    photos = page.locator(_photos(person))
    await expect(photos).not_to_have_count(before, timeout=PATIENCE_MS)
    last = photos.last
    await last.scroll_into_view_if_needed()
    await expect(last).to_have_js_property("complete", value=True)
    await asyncio.sleep(1)  # what comes with it
    await last.evaluate("(photo) => { photo.closest('.log').scrollTop += photo.getBoundingClientRect().top - "
                        "photo.closest('.log').getBoundingClientRect().top - 14; }")  # fmt: skip


def _photos(person: int) -> str:
    return f'.phone[data-person="{person}"] .message .photo img'


async def _seen(page: Page, ms: int) -> Moment:
    """Takes the window once notes have faded and new messages stand still."""
    await page.mouse.move(0, 0)
    await page.evaluate("document.activeElement.blur()")
    await expect(page.locator(".toast")).to_have_count(0, timeout=PATIENCE_MS)
    await asyncio.sleep(0.4)
    shot = Image.open(BytesIO(await page.screenshot())).convert("RGB")
    return Moment(shot.resize((WIDTH, shot.height * WIDTH // shot.width), Image.Resampling.LANCZOS), ms)


def save(shown: list[Moment], path: Path) -> None:
    """Saves the animation, which repeats. Raises AssertionError where it is too long or too large for a README."""
    duration = sum(each.ms for each in shown)
    first, *others = (each.shot for each in shown)
    path.parent.mkdir(exist_ok=True)
    first.save(
        path,
        save_all=True,
        append_images=others,
        duration=[each.ms for each in shown],
        loop=0,
        quality=QUALITY,
        method=6,
        minimize_size=True,
    )
    size = path.stat().st_size
    print(f"{path}: {size // 1024} KB, {duration / 1000} seconds", file=sys.stderr)  # noqa: T201
    assert duration <= DURATION_MAX_MS, duration
    assert size <= BYTES_MAX, size


async def take(lang: Language) -> list[Moment]:
    """Opens a demo with a crowd in it, and returns its moments."""
    with tempfile.TemporaryDirectory() as folder:
        async with open_demo(Path(folder), lang) as demo, running_browser() as browser:
            (await demo.post("/demo/members")).result  # noqa: B018  (raises where they did not come)
            async with open_window(browser, demo.site.url, lang=lang, size=WINDOW) as window:
                return await moments(demo, window.page, Follower(window))


async def main() -> None:
    """Takes all pictures."""
    for name, lang in PICTURES.items():
        save(await take(lang), DOCS / name)


if __name__ == "__main__":
    asyncio.run(main())
