"""The poster: read back by a decoder, and looked at through the labels that the canvas records."""

from io import BytesIO
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from PIL import Image

from bot.kit.brand import Brand
from bot.kit.languages import Language
from bot.pictures.canvas import WIDTH, Canvas
from bot.pictures.lettering import SMALLEST
from bot.pictures.poster import FORMS, draw_poster, poster_of
from posters import CODE, LINK, clipped_or_overlapping, photographed, poster_recipe, scanned

HEIGHTS = {"post": 1350, "story": 1920}
PLAIN = Brand()
NAMES = [
    "M" * 40,
    "ع" * 40,
    "🎉" * 64,
    "<b>Sara</b>&amp;",
    "\u202eSara\u200f\u2067",
    "Иван",
    "\u2800",
    "علی‌رضا",
    "x",
]

both_languages = pytest.mark.parametrize("language", ["en", "fa"])
both_forms = pytest.mark.parametrize("form", list(FORMS))


def logo(
    folder: Path, mode: str = "RGBA", size: tuple[int, int] = (600, 300), colour: Any = (255, 255, 255, 255)
) -> Brand:
    """A logo that fills half of its picture."""
    picture = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else 255)
    picture.paste(colour, (0, 0, size[0] // 2, size[1]))
    picture.save(folder / "logo.png")
    return Brand("#0a6b4f", str(folder / "logo.png"))


def written(canvas: Canvas) -> list[str]:
    return [each.words for each in canvas.labels if each.ink.width]


@both_languages
@both_forms
def test_a_phone_reads_the_link_from_either_size(language: Language, form: str) -> None:
    png = draw_poster(poster_recipe(language, form), PLAIN)
    assert Image.open(BytesIO(png)).size == (WIDTH, HEIGHTS[form])
    assert scanned(png) == LINK


@both_forms
@pytest.mark.parametrize("turned", [0, 17, 90, 205])
def test_a_photo_of_it_from_the_side_blurred_and_compressed_is_read_too(form: str, turned: float) -> None:
    assert scanned(photographed(draw_poster(poster_recipe("fa", form), PLAIN), turned=turned)) == LINK


@pytest.mark.parametrize("brand", ["#ef4056", "#000000", "#5b2a86", "#0a7d33"])
def test_it_is_read_in_any_brand_s_colour(brand: str) -> None:
    png = draw_poster(poster_recipe("en"), Brand(brand))
    assert scanned(png) == LINK
    colours = Image.open(BytesIO(png)).convert("RGB").getcolors(1 << 24)
    assert tuple(bytes.fromhex(brand[1:])) in [colour for _, colour in colours or []]


@pytest.mark.parametrize(
    "link",
    [
        "https://t.me/ab_bot?start=A",
        LINK,
        f"https://t.me/{'b' * 32}?start={'x' * 64}",
        "https://ble.ir/b?s=" + "y" * 300,
    ],
)
def test_the_code_fills_45_per_cent_of_the_width_with_its_quiet_zone_around(link: str) -> None:
    png = draw_poster(poster_recipe("en", link=link), PLAIN)
    assert scanned(png) == link
    image = Image.open(BytesIO(png)).convert("L")
    row = image.height // 2
    dark = [x for x in range(WIDTH) for y in range(row - 330, row + 330, 6) if image.getpixel((x, y)) < 60]  # type: ignore[operator]
    assert max(dark) - min(dark) >= 0.45 * WIDTH


@both_languages
@both_forms
def test_everything_is_on_it_whole_and_nothing_meets_anything(language: Language, form: str) -> None:
    recipe = poster_recipe(language, form)
    canvas = poster_of(recipe, PLAIN)
    shop, benefit, invitation, code, hint, bot = written(canvas)
    assert [shop, benefit, invitation, hint] == [recipe[key] for key in ("shop", "benefit", "invitation", "hint")]
    assert "".join(filter(str.isalnum, code)) == CODE
    assert "@kafsh_nader_bot" in bot
    assert clipped_or_overlapping(canvas) == []
    assert min(each.size for each in canvas.labels) >= SMALLEST


@both_languages
@both_forms
@pytest.mark.parametrize("name", NAMES)
def test_any_name_leaves_it_whole(language: Language, form: str, name: str, tmp_path: Path) -> None:
    brand = logo(tmp_path)
    shop, benefit = "فروشگاه بزرگ کفش نادر و برادران تهران و شهرستان‌ها، از ۱۳۲۰", "ده درصد تخفیف " * 5
    canvas = poster_of(poster_recipe(language, form, name=name, shop=shop, benefit=benefit), brand)
    assert clipped_or_overlapping(canvas) == []
    assert min(each.size for each in canvas.labels) >= SMALLEST
    assert scanned(canvas.png()) == LINK


@pytest.mark.parametrize("name", ["🎉" * 64, "Иван", "\u2800", ""])
def test_a_name_that_cannot_be_written_is_left_out_with_its_sentence(name: str) -> None:
    canvas = poster_of(poster_recipe("en", name=name), PLAIN)
    assert not any("invites you" in words for words in written(canvas))


def test_without_a_benefit_its_line_is_left_out() -> None:
    canvas = poster_of(poster_recipe("en", benefit=""), PLAIN)
    assert written(canvas)[:2] == ["Nader Shoes", poster_recipe("en")["invitation"]]


def test_a_long_benefit_takes_two_lines() -> None:
    canvas = poster_of(poster_recipe("en", benefit="Ten per cent off your very first order of anything"), PLAIN)
    assert " ".join(written(canvas)[1:3]) == "Ten per cent off your very first order of anything"


def test_a_story_keeps_its_top_and_bottom_free() -> None:
    canvas = poster_of(poster_recipe("fa", "story"), PLAIN)
    assert min(each.ink.y for each in canvas.labels) >= 250
    assert max(each.ink.bottom for each in canvas.labels) <= 1920 - 250


def test_a_recipe_of_an_earlier_version_with_link_and_code_alone_is_a_poster() -> None:
    png = draw_poster({"kind": "qr", "link": LINK, "code": CODE}, PLAIN)
    assert scanned(png) == LINK


def test_a_light_logo_stands_on_the_brand_s_colour_and_a_dark_one_on_paper(tmp_path: Path) -> None:
    light = poster_of(poster_recipe("en"), logo(tmp_path))
    canvas_ground = tuple(bytes.fromhex(light.palette.accent[1:]))
    image = Image.open(BytesIO(light.png())).convert("RGB")
    place = light.labels[0].ink  # the shop's name, beside the logo
    beside = (place.x - 40, place.y + place.height / 2)
    assert image.getpixel((round(beside[0]), round(beside[1]))) == pytest.approx(canvas_ground, abs=3)

    (tmp_path / "dark").mkdir()
    dark = poster_of(poster_recipe("en"), logo(tmp_path / "dark", colour=(20, 20, 40, 255)))
    image = Image.open(BytesIO(dark.png())).convert("RGB")
    place = dark.labels[0].ink
    beside = (place.x - 40, place.y + place.height / 2)
    assert image.getpixel((round(beside[0]), round(beside[1]))) == pytest.approx(
        tuple(bytes.fromhex(dark.palette.paper[1:])), abs=3
    )


@pytest.mark.parametrize("mode", ["RGB", "L", "P", "LA", "1", "CMYK"])
def test_a_logo_of_any_kind_of_colours_is_shown(mode: str, tmp_path: Path) -> None:
    picture = Image.linear_gradient("L").convert("RGB").convert(mode)
    path = tmp_path / ("logo.jpg" if mode == "CMYK" else "logo.png")
    picture.save(path)
    assert scanned(draw_poster(poster_recipe("en"), Brand(logo=str(path)))) == LINK


def test_a_logo_that_has_gone_since_the_start_is_left_out(tmp_path: Path) -> None:
    assert scanned(draw_poster(poster_recipe("en"), Brand(logo=str(tmp_path / "gone.png")))) == LINK


@both_forms
def test_it_is_small_and_quickly_drawn(form: str) -> None:
    recipe = poster_recipe("fa", form)
    draw_poster(recipe, PLAIN)
    begun = process_time()
    png = draw_poster(recipe, PLAIN)
    assert process_time() - begun < 0.5
    assert len(png) < 100_000
