from io import BytesIO

import qrcode
from PIL import Image
from qrcode.constants import ERROR_CORRECT_M

from bot.pictures.qr import draw_qr

RECIPE = {"kind": "qr", "link": "https://t.me/moaref_shop_bot?start=K7Q2M9XA", "code": "K7Q2M9XA"}


def opened(picture: bytes) -> Image.Image:
    return Image.open(BytesIO(picture)).convert("L")


def dark_box(card: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int]:
    """Where the dark pixels inside the box are, in the card's own coordinates."""
    found = card.crop(box).point(lambda grey: 255 * (grey < 128)).getbbox()
    assert found is not None
    return (box[0] + found[0], box[1] + found[1], box[0] + found[2], box[1] + found[3])


def test_the_modules_on_the_card_are_those_of_the_link() -> None:
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(RECIPE["link"])
    code.make(fit=True)
    wanted = code.get_matrix()

    card = opened(draw_qr(RECIPE))
    left, top, right, bottom = dark_box(card, (0, 0, card.width, card.width - 90))
    size = (right - left) // len(wanted)
    assert (right - left, bottom - top) == (size * len(wanted), size * len(wanted))
    middles = range(size // 2, size * len(wanted), size)
    assert [[card.getpixel((left + x, top + y)) < 128 for x in middles] for y in middles] == wanted  # type: ignore[operator]


def test_a_quiet_zone_of_four_white_modules_surrounds_it() -> None:
    card = opened(draw_qr(RECIPE))
    left, top, right, bottom = dark_box(card, (0, 0, card.width, card.width - 90))
    quiet = 4 * (right - left) // 33
    around = [
        (left, top - quiet, right, top),
        (left, bottom, right, bottom + quiet),
        (left - quiet, top, left, bottom),
        (right, top, right + quiet, bottom),
    ]
    assert [card.crop(box).getextrema() for box in around] == [(255, 255)] * 4


def test_the_code_stands_below_in_large_letters_and_another_code_looks_different() -> None:
    cards = [opened(draw_qr({**RECIPE, "code": code})) for code in ("K7Q2M9XA", "B")]
    bands = [dark_box(card, (0, card.width - 60, card.width, card.height)) for card in cards]
    heights = [bottom - top for _, top, _, bottom in bands]
    assert all(height > 50 for height in heights)
    assert bands[0][2] - bands[0][0] > 5 * (bands[1][2] - bands[1][0])


def test_a_long_link_and_a_long_code_stay_on_the_paper() -> None:
    card = opened(draw_qr({**RECIPE, "link": f"https://t.me/moaref_shop_bot?start={'x' * 64}", "code": "W" * 32}))
    left, _, right, bottom = dark_box(card, (0, 0, card.width, card.height))
    assert left > 60
    assert right < card.width - 60
    assert bottom < card.height - 60


def test_a_card_is_a_small_png() -> None:
    picture = draw_qr(RECIPE)
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 30_000
