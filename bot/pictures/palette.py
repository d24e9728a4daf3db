"""Derives all colours of the pictures from the brand's one.

The ground is tinted rather than white, so that a picture is no bright slab in a dark chat. Letters in ink stand on it
or on the lighter paper, those in the accent on paper alone, those in `on_accent` on the accent: a test holds the
contrasts.
"""

from dataclasses import dataclass

from bot.kit.brand import COLOUR
from bot.kit.colours import INK, WHITE, mixed, readable_on


@dataclass(frozen=True, slots=True)
class Palette:
    """Holds the colours of a picture, "#rrggbb".

    ground: of the whole picture. paper: of cards on it. ink, muted: letters, and less important ones. faint: lines and
    empty tracks. accent: the brand's colour. soft: a bar that is not the one meant. on_accent: letters on the accent.
    good, bad: what grew and what fell.
    """

    ground: str
    paper: str
    ink: str
    muted: str
    faint: str
    accent: str
    soft: str
    on_accent: str
    good: str = "#15703c"
    bad: str = "#b3261e"


def palette_of(accent: str = COLOUR) -> Palette:
    """Returns the palette for a brand's colour."""
    ground = mixed(accent, "#eceff4", 0.10)
    return Palette(
        ground=ground,
        paper=mixed(accent, "#fbfcfe", 0.02),
        ink=INK,
        muted="#48566f",
        faint=mixed(accent, "#d3dae5", 0.12),
        accent=accent,
        soft=mixed(accent, WHITE, 0.45),
        on_accent=readable_on(accent),
    )
