"""The chart of a member's last weeks, looked at by its colours."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from bot.kit.languages import Language
from bot.pictures.renderer import ImageRenderer
from bot.pictures.weeks import _BAR, _LAST_BAR, draw_weeks

DAYS = {
    "en": ["14 March", "21 March", "28 March", "4 April", "11 April", "18 April", "25 April", "2 May"],
    "fa": [
        "۲۳ اسفند", "۱ فروردین", "۸ فروردین", "۱۵ فروردین", "۲۲ فروردین", "۲۹ فروردین", "۵ اردیبهشت", "۱۲ اردیبهشت",
    ],
}  # fmt: skip
TITLES = {"en": "Earned each week (toman)", "fa": "پورسانت هر هفته (تومان)"}


def recipe(language: Language, amounts: list[int], exponent: int = 0) -> dict[str, Any]:
    return {
        "kind": "weeks",
        "language": language,
        "title": TITLES[language],
        "days": DAYS[language],
        "amounts": amounts,
        "exponent": exponent,
    }


def spots(png: bytes, colour: str) -> list[tuple[int, int]]:
    """Where the picture has exactly this colour."""
    picture = Image.open(BytesIO(png)).convert("RGB")
    wanted = tuple(bytes.fromhex(colour[1:]))
    width, height = picture.size
    pixels = picture.load()
    assert pixels is not None
    return [(x, y) for x in range(width) for y in range(height) if pixels[x, y] == wanted]


@pytest.mark.parametrize("language", ["en", "fa"])
def test_the_last_week_stands_at_the_end_of_the_reading_direction(language: Language) -> None:
    png = draw_weeks(recipe(language, [13_000, 0, 260_000, 120_000, 0, 0, 333_000, 52_000]))
    last = [x for x, _ in spots(png, _LAST_BAR)]
    others = [x for x, _ in spots(png, _BAR)]
    assert max(last) < min(others) if language == "fa" else min(last) > max(others)


def test_a_bar_twice_as_high_stands_for_twice_the_money() -> None:
    png = draw_weeks(recipe("en", [100_000, 0, 0, 0, 0, 0, 0, 200_000]))
    heights = [max(ys) - min(ys) for ys in ([y for _, y in spots(png, colour)] for colour in (_BAR, _LAST_BAR))]
    assert heights[1] == pytest.approx(2 * heights[0], abs=4)


@pytest.mark.parametrize("amounts", [[0] * 7 + [1], [10**15] * 8, [0] * 8, [-5_000] + [0] * 7])
def test_any_amounts_are_drawn(amounts: list[int]) -> None:
    for exponent in (0, 2, 3):
        assert draw_weeks(recipe("fa", amounts, exponent)).startswith(b"\x89PNG")


def test_many_threads_that_want_charts_get_each_its_own() -> None:
    gallery = ImageRenderer()
    recipes = [recipe("en", [number * 1_000] * 8) for number in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(gallery.draw, recipes))
    assert drawn == [draw_weeks(each) for each in recipes]


def test_nothing_of_it_is_loaded_before_the_first_chart() -> None:
    code = "import sys, bot.pictures.renderer; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
