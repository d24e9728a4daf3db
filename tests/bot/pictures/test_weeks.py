"""The chart of a member's last weeks, looked at by its colours and by the labels that the canvas records."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from time import process_time
from typing import Any

import pytest
from PIL import Image

from bot.kit.brand import Brand
from bot.kit.colours import channels
from bot.kit.formatting import Choice, Compact, Count, Money
from bot.kit.languages import Language
from bot.kit.texts import LOCALE, Texts
from bot.pictures.canvas import Canvas
from bot.pictures.lettering import SMALLEST
from bot.pictures.palette import palette_of
from bot.pictures.renderer import ImageRenderer
from bot.pictures.weeks import chart_of, draw_weeks
from engine.money import Currency
from posters import clipped_or_overlapping

DAYS = {
    "en": ["14 March", "21 March", "28 March", "4 April", "11 April", "18 April", "25 September", "2 May"],
    "fa": [
        "۲۳ اسفند", "۱ فروردین", "۸ فروردین", "۱۵ فروردین", "۲۲ فروردین", "۲۹ فروردین", "۵ اردیبهشت", "۱۲ اردیبهشت",
    ],
}  # fmt: skip
PLAIN = Brand()
PALETTE = palette_of()
TEXTS = Texts(LOCALE)
SEVERAL = [13_000, 0, 260_000, 120_000, 0, 0, 333_000, 52_000]

both_languages = pytest.mark.parametrize("language", ["en", "fa"])


def recipe(language: Language, amounts: list[int], currency: str = "IRT") -> dict[str, Any]:
    money = Currency.of(currency)
    change = abs(amounts[-1] - amounts[-2]) if len(amounts) > 1 else 0
    total = Money(sum(amounts), money)
    return {
        "kind": "weeks",
        "language": language,
        "title": TEXTS.plain(language, "digest-chart", weeks=Count(len(amounts)), total=total),
        "change": TEXTS.plain(language, "digest-chart-change", way=Choice("less"), amount=Money(change, money)),
        "days": DAYS[language][-len(amounts) :],
        "values": [TEXTS.plain(language, "chart-value", value=Compact(each, money)) for each in amounts],
        "amounts": amounts,
    }


def bars(png: bytes, colour: str) -> list[tuple[int, int]]:
    """Returns the x and the height of each column of px with this colour."""
    image, wanted = Image.open(BytesIO(png)).convert("RGB"), channels(colour)
    mask = Image.new("L", image.size)
    mask.putdata([255 * (pixel == wanted) for pixel in image.get_flattened_data()])
    columns = [(x, mask.crop((x, 0, x + 1, image.height)).getbbox()) for x in range(image.width)]
    return [(x, box[3] - box[1]) for x, box in columns if box]


def words(canvas: Canvas) -> list[str]:
    return [each.words for each in canvas.labels]


@both_languages
def test_the_last_week_stands_at_the_end_of_the_reading_direction(language: Language) -> None:
    png = draw_weeks(recipe(language, SEVERAL), PLAIN)
    last, others = ([x for x, _ in bars(png, colour)] for colour in (PALETTE.accent, PALETTE.soft))
    assert max(last) < min(others) if language == "fa" else min(last) > max(others)


def test_a_bar_twice_as_high_stands_for_twice_the_money() -> None:
    png = draw_weeks(recipe("en", [100_000, 0, 0, 0, 0, 0, 0, 200_000]), PLAIN)
    heights = [max(high for _, high in bars(png, colour)) for colour in (PALETTE.soft, PALETTE.accent)]
    assert heights[1] == pytest.approx(2 * heights[0], abs=4)


@both_languages
def test_each_bar_says_its_value_and_its_week_and_the_title_the_sum(language: Language) -> None:
    drawn = words(chart_of(recipe(language, SEVERAL), PLAIN))
    if language == "en":
        assert drawn[:2] == ["8 weeks: 778,000 toman", "This week 281,000 toman less than last week"]
        assert drawn[2:5] == ["13K", "14", "March"]
        assert drawn[-3:] == ["52K", "2", "May"]
    else:
        assert drawn[:2] == ["پورسانت ۸ هفته: ۷۷۸٬۰۰۰ تومان", "این هفته ۲۸۱٬۰۰۰ تومان کمتر از هفتهٔ قبل"]
        assert drawn[2:6] == ["۱۳", "هزار", "۲۳", "اسفند"]
        assert drawn[-4:] == ["۵۲", "هزار", "۱۲", "اردیبهشت"]


@both_languages
@pytest.mark.parametrize("currency", ["IRT", "USD", "KWD"])
@pytest.mark.parametrize(
    "amounts",
    [
        SEVERAL,
        [0] * 7 + [1],
        [10**15] * 8,
        [0] * 8,
        [-5_000] + [0] * 7,
        [9_999_999_999 - n for n in range(8)],
        [7],
        [5, 9],
    ],
)
def test_any_amounts_are_drawn_whole_and_nothing_meets_anything(
    language: Language, currency: str, amounts: list[int]
) -> None:
    canvas = chart_of(recipe(language, amounts, currency), PLAIN)
    assert clipped_or_overlapping(canvas) == []
    assert [each.words for each in canvas.labels] == [each.wanted for each in canvas.labels]
    assert min(each.size for each in canvas.labels) >= SMALLEST


def test_its_numbers_are_more_than_twice_as_large_as_they_were() -> None:
    """They were 14 px at a width of 800."""
    sizes = {each.words: each.size for each in chart_of(recipe("en", SEVERAL), PLAIN).labels}
    assert sizes["333K"] / 1080 >= 2.1 * 14 / 800
    assert sizes["14"] / 1080 >= 2.1 * 14 / 800


def test_it_has_the_brand_s_colour() -> None:
    assert bars(draw_weeks(recipe("en", SEVERAL), Brand("#5b2a86")), "#5b2a86")


def test_it_is_small_and_quickly_drawn() -> None:
    draw_weeks(recipe("fa", SEVERAL), PLAIN)
    begun = process_time()
    png = draw_weeks(recipe("fa", SEVERAL), PLAIN)
    assert process_time() - begun < 0.5
    assert len(png) < 60_000


def test_many_threads_that_want_charts_get_each_its_own() -> None:
    gallery = ImageRenderer()
    recipes = [recipe("en", [number * 1_000] * 8) for number in range(1, 9)]
    with ThreadPoolExecutor(8) as pool:
        drawn = list(pool.map(gallery.draw, recipes))
    assert drawn == [draw_weeks(each, PLAIN) for each in recipes]
