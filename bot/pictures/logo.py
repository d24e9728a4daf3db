"""Reads the shop's logo for pictures, which the configuration has checked at the start."""

import logging
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PIL import Image, ImageStat

from bot.kit.colours import contrast

SIDE_MAX: Final = 480
"""Px: larger than it is ever shown."""

_SEEN: Final = 128  # of an alpha of 255
_FULL: Final = 0.98  # of the rectangle: a logo with rounded corners, say
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Logo:
    """Holds the logo in RGBA, small enough to be drawn quickly, and the mean colour of what is seen of it; None for
    one that fills its rectangle.
    """

    picture: Image.Image
    colour: str | None

    def needs_paper(self, ground: str, paper: str) -> bool:
        """Returns whether it is better seen on paper than on the ground."""
        return self.colour is None or contrast(self.colour, paper) >= contrast(self.colour, ground)


@lru_cache(maxsize=4)
def read_logo(path: str) -> Logo | None:
    """Returns the logo; None without one, or if its file has gone since."""
    if not path:
        return None
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as file:
            file.draft("RGB", (SIDE_MAX, SIDE_MAX))  # a JPEG is then decoded at a part of its size
            picture = file.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        _log.warning("posters are drawn without the logo %s: %s", path, problem)
        return None
    picture.thumbnail((SIDE_MAX, SIDE_MAX), Image.Resampling.LANCZOS)
    return Logo(picture, _mean_colour(picture))


def _mean_colour(picture: Image.Image) -> str | None:
    seen = picture.getchannel("A").point([255 * (alpha > _SEEN) for alpha in range(256)])
    share = ImageStat.Stat(seen).mean[0] / 255
    if not 0 < share <= _FULL:
        return None
    return "#" + bytes(round(each) for each in ImageStat.Stat(picture.convert("RGB"), seen).mean).hex()
