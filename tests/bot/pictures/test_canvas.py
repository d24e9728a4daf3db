"""What is drawn where: by pixels, and by the labels that the canvas records."""

from io import BytesIO

import pytest
from PIL import Image

from bot.kit.brand import COLOUR
from bot.kit.colours import LARGE_LETTERS, channels, contrast
from bot.kit.languages import HABITS, Language
from bot.pictures.canvas import WIDTH, Box, Canvas
from bot.pictures.lettering import SMALLEST
from bot.pictures.palette import palette_of

PALETTE = palette_of()
BRANDS = [COLOUR, "#ef4056", "#0a7d33", "#000000", "#5b2a86", "#b45309"]


def canvas(language: Language = "en", height: int = 400) -> Canvas:
    return Canvas(height, HABITS[language], PALETTE)


def opened(drawn: Canvas) -> Image.Image:
    return Image.open(BytesIO(drawn.png())).convert("RGB")


def filled(drawn: Canvas, colour: str) -> tuple[int, int, int, int] | None:
    """Returns where the picture has exactly this colour: left, top, right, bottom."""
    image, wanted = opened(drawn), channels(colour)
    spots = [
        (place % image.width, place // image.width)
        for place, pixel in enumerate(image.get_flattened_data())
        if pixel == wanted
    ]
    if not spots:
        return None
    xs, ys = zip(*spots, strict=True)
    return min(xs), min(ys), max(xs) + 1, max(ys) + 1


@pytest.mark.parametrize(("language", "left"), [("en", 100), ("fa", WIDTH - 100 - 300)])
def test_places_are_counted_from_where_one_begins_to_read(language: Language, left: int) -> None:
    drawn = canvas(language)
    drawn.rectangle(Box(100, 50, 300, 80), PALETTE.accent)
    assert filled(drawn, PALETTE.accent) == (left, 50, left + 300, 130)


@pytest.mark.parametrize("language", ["en", "fa"])
@pytest.mark.parametrize("align", ["start", "middle", "end"])
def test_words_stand_at_their_side_of_the_box(language: Language, align: str) -> None:
    drawn = canvas(language)
    words = "سلام" if language == "fa" else "Hello"
    ink = drawn.text(Box(100, 50, 800, 90), words, 60, align=align).ink  # type: ignore[arg-type]
    left, right = (WIDTH - 900, WIDTH - 100) if language == "fa" else (100, 900)
    at_left = (align == "start") != (language == "fa")
    if align == "middle":
        assert (ink.x + ink.end) / 2 == pytest.approx((left + right) / 2, abs=6)
    elif at_left:
        assert ink.x == pytest.approx(left, abs=10)
    else:
        assert ink.end == pytest.approx(right, abs=10)
    assert ink.y >= 50
    assert ink.bottom <= 140


def test_a_label_records_what_was_wanted_what_was_written_and_where() -> None:
    drawn = canvas()
    label = drawn.text(Box(100, 50, 200, 60), "A name that is much too long for two hundred pixels", 40)
    assert drawn.labels == [label]
    assert label.wanted.startswith("A name that is much too long")
    assert label.words.endswith("…")
    assert label.size == SMALLEST
    assert label.ink.x >= 100
    assert label.ink.end <= 300
    painted = filled(drawn, PALETTE.ink)
    assert painted is not None
    assert painted[0] >= label.ink.x
    assert painted[2] <= label.ink.end


@pytest.mark.parametrize("words", ["", "🎉", "\u200c"])
def test_words_without_letters_leave_the_canvas_as_it_was(words: str) -> None:
    drawn = canvas()
    assert drawn.text(Box(100, 50, 200, 60), words, 40).ink.width == 0
    assert drawn.png() == canvas().png()


@pytest.mark.parametrize(("language", "start"), [("en", 100), ("fa", WIDTH - 100)])
def test_progress_grows_from_the_start_and_the_least_of_it_is_seen(language: Language, start: int) -> None:
    wide = {}
    for share in (0.0, 0.001, 0.5, 1.0, 7.0):
        drawn = canvas(language)
        drawn.progress(Box(100, 50, 800, 40), share)
        found = filled(drawn, PALETTE.accent)
        wide[share] = found[2] - found[0] if found else 0
        assert found is None or min(abs(found[0] - start), abs(found[2] - start)) <= 1
    assert wide == {0.0: 0, 0.001: pytest.approx(40, abs=2), 0.5: pytest.approx(400, abs=2), 1.0: 800, 7.0: 800}


def test_corners_are_round_and_a_box_of_nothing_is_not_drawn() -> None:
    drawn = canvas()
    drawn.rectangle(Box(100, 50, 300, 80), PALETTE.accent, radius=500)
    drawn.rectangle(Box(10, 10, 0, 80), PALETTE.bad)
    drawn.rectangle(Box(10, 10, 80, -5), PALETTE.bad, radius=9)
    image = opened(drawn)
    assert image.getpixel((101, 51)) == channels(PALETTE.ground)
    assert image.getpixel((250, 51)) == channels(PALETTE.accent)
    assert filled(drawn, PALETTE.bad) is None


def test_a_transparent_picture_lets_the_ground_through_and_keeps_its_shape() -> None:
    picture = Image.new("RGBA", (400, 100), (0, 0, 0, 0))
    picture.paste((200, 10, 10, 255), (0, 0, 200, 100))
    drawn = canvas()
    drawn.image(Box(100, 50, 200, 200), picture)
    assert filled(drawn, "#c80a0a") == pytest.approx((100, 125, 200, 175), abs=4)
    assert opened(drawn).getpixel((250, 150)) == pytest.approx(channels(PALETTE.ground), abs=2)


def test_few_colours_make_a_palette_and_many_are_kept_as_they_are() -> None:
    drawn = canvas()
    drawn.text(Box(100, 50, 800, 90), "Hello", 60)
    assert Image.open(BytesIO(drawn.png())).mode == "P"
    drawn.image(Box(0, 0, 400, 400), Image.linear_gradient("L").convert("RGB"))
    drawn.image(Box(500, 0, 400, 400), Image.radial_gradient("L").convert("RGB").rotate(45))
    drawn.image(Box(0, 0, 300, 300), Image.effect_noise((300, 300), 90).convert("RGB"))
    exact = Image.merge(
        "RGB", [Image.linear_gradient("L"), Image.linear_gradient("L").rotate(90), Image.new("L", (256, 256))]
    )
    drawn.image(Box(400, 0, 256, 256), exact)
    assert Image.open(BytesIO(drawn.png())).mode == "RGB"


@pytest.mark.parametrize("brand", BRANDS)
def test_all_letters_can_be_read_on_all_grounds(brand: str) -> None:
    palette = palette_of(brand)
    for ground in (palette.ground, palette.paper):
        assert contrast(palette.ink, ground) >= 7
        assert contrast(palette.muted, ground) >= 4.5
        assert contrast(palette.good, ground) >= LARGE_LETTERS
        assert contrast(palette.bad, ground) >= LARGE_LETTERS
    assert contrast(palette.accent, palette.paper) >= LARGE_LETTERS
    assert contrast(palette.on_accent, palette.accent) >= LARGE_LETTERS
    assert contrast(palette.ground, "#ffffff") > 1.1  # no white slab in a dark chat
