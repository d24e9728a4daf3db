"""Looks at pictures: recipes of posters as handlers make them, labels on a canvas, what a phone's camera sees."""

from io import BytesIO
from itertools import combinations
from typing import Any, Final

import zxingcpp
from PIL import Image, ImageFilter

from bot.kit.bidi import isolate
from bot.kit.languages import Language
from bot.pictures.canvas import Box, Canvas

CODE: Final = "K7Q2M9XA"
LINK: Final = f"https://t.me/kafsh_nader_bot?start={CODE}"
SHOPS: Final = {"en": "Nader Shoes", "fa": "کفش نادر"}
BENEFITS: Final = {"en": "10% off your first order", "fa": "۱۰٪ تخفیف اولین خرید"}
NAMES: Final = {"en": "Maryam", "fa": "مریم"}


def poster_recipe(language: Language, form: str = "post", **other: Any) -> dict[str, Any]:
    """Returns the recipe of a poster with everything on it."""
    name = other.get("name", NAMES[language])
    invitation = f"{isolate(name)} invites you" if language == "en" else f"{isolate(name)} شما را دعوت کرده است"
    hint = "Scan with your phone’s camera" if language == "en" else "با دوربین گوشی اسکن کنید"
    return {
        "kind": "poster",
        "form": form,
        "language": language,
        "link": LINK,
        "code": CODE,
        "shop": SHOPS[language],
        "benefit": BENEFITS[language],
        "name": name,
        "invitation": invitation,
        "hint": hint,
        "bot": "@kafsh_nader_bot",
        **other,
    }


def clipped_or_overlapping(canvas: Canvas) -> list[str]:
    """Returns what of the labels' ink leaves the picture or meets another's."""
    labels = [each for each in canvas.labels if each.ink.width]
    picture = Box(0, 0, canvas.width, canvas.height)
    outside = [each.words for each in labels if not _inside(each.ink, picture)]
    meeting = [f"{one.words} / {other.words}" for one, other in combinations(labels, 2) if one.ink.overlaps(other.ink)]
    return outside + meeting


def _inside(ink: Box, picture: Box) -> bool:
    return ink.x >= 0 and ink.end <= picture.end and ink.y >= 0 and ink.bottom <= picture.bottom


def scanned(picture: bytes | Image.Image) -> str | None:
    """Returns the text of the QR code in a picture; None if there is none that can be read."""
    image = picture if isinstance(picture, Image.Image) else Image.open(BytesIO(picture))
    found = zxingcpp.read_barcode(image.convert("L"))
    return found.text if found is not None else None


def photographed(picture: bytes, *, turned: float) -> Image.Image:
    """Returns the picture as somebody photographs it from another screen: turned, from the side, small, blurred, and
    as a JPEG of quality 50.
    """
    image = Image.open(BytesIO(picture)).convert("RGB")
    image = image.rotate(turned, expand=True, resample=Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))
    wide, high = image.size
    leaning = (0, 0.03 * high, 0.06 * wide, high, 0.97 * wide, 0.94 * high, wide, 0)
    image = image.transform(image.size, Image.Transform.QUAD, leaning, Image.Resampling.BICUBIC, fillcolor=(90, 90, 90))
    image.thumbnail((640, 640), Image.Resampling.LANCZOS)
    file = BytesIO()
    image.filter(ImageFilter.GaussianBlur(1)).save(file, "JPEG", quality=50)
    return Image.open(BytesIO(file.getvalue()))
