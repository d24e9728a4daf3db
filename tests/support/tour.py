"""Follows the tour's instructions, by pointer or by keys, and checks that it points at the right place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any, Final, Literal

from playwright.async_api import Error, expect

from browser import Window

Json = dict[str, Any]

LONGEST: Final = 60
PATIENCE_MS: Final = 6_000
TRIES: Final = 4
LAST: Final = "finish"

_AT_REST = """(was) => {
    const [card, ring] = [document.querySelector('.tour-card:popover-open'), document.querySelector('.tour-ring')];
    if (!card || card.dataset.scene === was) return false;
    const pointing = !['welcome', 'finish'].includes(card.dataset.scene);
    if (pointing && ['nowhere', 'moving'].some((name) => ring.classList.contains(name))) return false;
    const places = {
        scene: card.dataset.scene,
        card: card.getBoundingClientRect().toJSON(),
        ring: pointing && ring.getBoundingClientRect().toJSON(),
        window: [innerWidth, innerHeight],
        phones: [...document.querySelectorAll('.phone')].map((each) => each.getBoundingClientRect())
            .filter((rect) => rect.width).map((rect) => rect.top),
    };
    const before = window.placesOfTour;
    window.placesOfTour = JSON.stringify(places);
    return before === window.placesOfTour && places;
}"""


class Follower:
    """Follows the tour in a window."""

    def __init__(self, window: Window) -> None:
        self._window = window
        self._page = window.page
        self.scene = ""
        self._places: Json = {}

    async def scenes(self, last: str = LAST, *, by: Literal["pointer", "keys"] = "pointer") -> AsyncIterator[str]:
        """Yields the name of each scene, and then does its task, up to and without the `last`."""
        await self._page.emulate_media(reduced_motion="reduce")  # animations end at once
        await self.comes_to_rest()
        for _ in range(LONGEST):
            yield self.scene
            if self.scene == last:
                return
            await self._go_on(by)
        raise AssertionError(f"the tour does not end: it stands at {self.scene}")

    async def walk(self, last: str = LAST, *, by: Literal["pointer", "keys"] = "pointer") -> list[str]:
        """Walks the whole tour; returns the scenes."""
        return [scene async for scene in self.scenes(last, by=by)]

    async def comes_to_rest(self, after: str = "") -> None:
        """Waits for a scene other than `after`, and until all its motion has ended."""
        seen = await self._page.wait_for_function(_AT_REST, arg=after, timeout=PATIENCE_MS, polling=60)
        self._places = await seen.json_value()
        self.scene = str(self._places["scene"])

    async def _go_on(self, by: Literal["pointer", "keys"]) -> None:
        """Does the scene's task. A message arriving meanwhile moves a button away: a miss is retried."""
        before = self.scene
        for _ in range(TRIES):
            await (self._press() if by == "pointer" else self._enter())
            try:
                await self.comes_to_rest(before)
            except Error:
                await self.comes_to_rest()
            else:
                return
        card = await self._page.locator(".tour-card").evaluate("(card) => card.outerHTML")
        raise AssertionError(f"nothing comes after {before}: {card}")

    def points_well(self) -> None:
        """Asserts that card and ring are inside the window, and that the card covers neither the ring nor a phone."""
        card, ring, (width, height) = (self._places[name] for name in ("card", "ring", "window"))
        if card["left"] < 0 or card["top"] < 0 or card["right"] > width + 1 or card["bottom"] > height + 1:
            raise AssertionError(f"{self.scene}: the card sticks out: {card}")
        if any(card["bottom"] > top for top in self._places["phones"]):
            raise AssertionError(f"{self.scene}: the card {card} covers a phone")
        apart = not ring or (
            card["right"] <= ring["left"]
            or card["left"] >= ring["right"]
            or card["bottom"] <= ring["top"]
            or card["top"] >= ring["bottom"]
        )
        if not apart:
            raise AssertionError(f"{self.scene}: the card {card} covers the ring {ring}")

    async def _press(self) -> None:
        for own in ("begin", "next", "fill"):
            button = self._page.locator(f'.tour-card [data-tour="{own}"]')
            if await button.count():
                await button.click()
                return
        ring = self._places["ring"]
        await self._page.mouse.click(ring["left"] + ring["width"] / 2, ring["top"] + ring["height"] / 2)

    async def _enter(self) -> None:
        """Presses Enter, once for the card and once more for the card's target."""
        on_card = await self._page.evaluate(
            "() => document.querySelector('.tour-card').contains(document.activeElement)"
        )
        own = await self._page.locator('.tour-card [data-tour="begin"], .tour-card [data-tour="next"]').count()
        await self._page.keyboard.press("Enter")
        if on_card and not own and not await self._page.locator('.tour-card [data-tour="fill"]').count():
            await expect(self._page.locator(".tour-card :focus")).to_have_count(0)
            if self.scene != "send":
                await self._page.keyboard.press("Enter")
