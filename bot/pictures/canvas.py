"""Draws words, bars and pictures on a surface whose places are counted from where a language begins to read.

Sizes are px at a width of 1080. A Box's x is the distance from the start edge: the left one in English, the right one
in Persian; so one layout serves both, mirrored. No letter is smaller than lettering.SMALLEST, and what was written
where is kept in `labels`, by which tests see that nothing is clipped or overlaps.

Edges are smoothed in a few steps only: a picture then has few colours, is small, and is quickly encoded.
"""

from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from typing import Final, Literal, NamedTuple

from PIL import Image, ImageDraw

from bot.kit.colours import channels
from bot.kit.languages import Habits
from bot.pictures.lettering import fit, font, glyphs
from bot.pictures.palette import Palette

WIDTH: Final = 1080

Align = Literal["start", "middle", "end"]

_BASELINE: Final = 0.36
"""Below the middle of a box, as a part of the letters' size: capitals and Persian letters then stand in its middle."""

_STEPS: Final = 8
_OVERSAMPLING: Final = 4
_COLOURS_MAX: Final = 256
_COMPRESS_LEVEL: Final = 3  # of zlib: the next ones take longer and save nothing


class Box(NamedTuple):
    """Holds a rectangle in px. x: from the start edge, or, where it says so, from the left one."""

    x: float
    y: float
    width: float
    height: float

    @property
    def end(self) -> float:
        """Returns where it ends along a line."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Returns where it ends downwards."""
        return self.y + self.height

    def inset(self, x: float, y: float) -> "Box":
        """Returns the box without a margin at both sides, above and below."""
        return Box(self.x + x, self.y + y, self.width - 2 * x, self.height - 2 * y)

    def overlaps(self, other: "Box") -> bool:
        """Returns whether they share more than an edge."""
        return self.x < other.end and other.x < self.end and self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class Label:
    """Records words on the canvas: `wanted` to be written, `words` that were, with an ellipsis if they were too many;
    their size in px, and the box of their ink, counted from the left.
    """

    wanted: str
    words: str
    size: int
    ink: Box


class Canvas:
    """Draws one picture. Not thread-safe."""

    def __init__(self, height: int, habits: Habits, palette: Palette, width: int = WIDTH) -> None:
        self.width, self.height = width, height
        self.palette = palette
        self.labels: list[Label] = []
        self._right_to_left = habits.right_to_left
        self._image = Image.new("RGB", (width, height), channels(palette.ground))

    def text(
        self,
        box: Box,
        words: str,
        size: int,
        *,
        align: Align = "start",
        colour: str | None = None,
        bold: bool = False,
    ) -> Label:
        """Writes one line into the middle of the box's height: smaller if it is too wide, then with an ellipsis.

        Words of the other direction with marks at their ends, such as @bot, need an isolate around them (kit.bidi).
        """
        fitted = fit(words, size, box.width, bold=bold, right_to_left=self._right_to_left)
        letters = font(fitted.size, bold=bold)
        shown = glyphs(fitted.words, right_to_left=self._right_to_left)
        place = self._from_left(box)
        x = _aligned(place, letters.getlength(shown), self._side(align))
        y = place.y + place.height / 2 + fitted.size * _BASELINE
        ink = self._ink((x, y), shown, fitted.size, colour or self.palette.ink, bold=bold)
        label = Label(words, fitted.words, fitted.size, ink)
        self.labels.append(label)
        return label

    def rectangle(self, box: Box, colour: str, radius: float = 0) -> None:
        """Fills the box, with rounded corners."""
        place = self._from_left(box)
        left, top = round(place.x), round(place.y)
        size = round(place.end) - left, round(place.bottom) - top
        if min(size) <= 0:
            return
        corner = round(min(radius, min(size) / 2))
        if not corner:
            self._image.paste(channels(colour), (left, top, left + size[0], top + size[1]))
            return
        self._image.paste(channels(colour), (left, top + corner, left + size[0], top + size[1] - corner))
        for y, upper in ((top, True), (top + size[1] - corner, False)):
            self._image.paste(channels(colour), (left, y), _edge(size[0], corner, upper=upper))

    def progress(self, box: Box, share: float, colour: str | None = None, track: str | None = None) -> None:
        """Fills `share` (0 to 1) of the box from its start, on a track; a share above 0 is always seen."""
        self.rectangle(box, track or self.palette.faint, box.height / 2)
        if share > 0:
            done = max(box.height, box.width * min(share, 1.0))
            self.rectangle(box._replace(width=done), colour or self.palette.accent, box.height / 2)

    def image(self, box: Box, picture: Image.Image, align: Align = "middle") -> None:
        """Shows a picture as large as fits into the box; transparent parts let the ground through."""
        place = self._from_left(box)
        scale = min(place.width / picture.width, place.height / picture.height)
        size = max(1, round(picture.width * scale)), max(1, round(picture.height * scale))
        shown = picture.convert("RGBA")
        if shown.size != size:
            shown = shown.resize(size, Image.Resampling.LANCZOS)
        x = _aligned(place, size[0], self._side(align))
        self._image.paste(shown, (round(x), round(place.y + (place.height - size[1]) / 2)), shown)

    def stencil(self, box: Box, mask: Image.Image, colour: str) -> None:
        """Fills the box with the colour where the mask is 255; each of its pixels becomes a square, unsmoothed."""
        place = self._from_left(box)
        size = round(place.width), round(place.height)
        large = mask.resize(size, Image.Resampling.NEAREST)
        self._image.paste(channels(colour), (round(place.x), round(place.y)), large)

    def png(self) -> bytes:
        """Encodes the picture, with a palette if its colours fit into one."""
        image = self._image
        colours = image.getcolors(_COLOURS_MAX)
        if colours is not None:
            palette = Image.new("P", (1, 1))
            palette.putpalette([channel for _, colour in colours for channel in _rgb(colour)])
            image = image.quantize(palette=palette, dither=Image.Dither.NONE)
        file = BytesIO()
        image.save(file, "PNG", compress_level=_COMPRESS_LEVEL)
        return file.getvalue()

    def _from_left(self, box: Box) -> Box:
        return box._replace(x=self.width - box.end) if self._right_to_left else box

    def _side(self, align: Align) -> Align:
        if align == "middle" or not self._right_to_left:
            return align
        return "end" if align == "start" else "start"

    def _ink(self, at: tuple[float, float], shown: str, size: int, colour: str, *, bold: bool) -> Box:
        """Draws letters from this point of the baseline on; returns the box of what they fill."""
        letters = font(size, bold=bold)
        left, top, right, bottom = (round(each) for each in letters.getbbox(shown, anchor="ls"))
        x, y = round(at[0]), round(at[1])
        if right <= left or bottom <= top:
            return Box(x, y, 0, 0)
        mask = Image.new("L", (right - left, bottom - top))
        ImageDraw.Draw(mask).text((-left, -top), shown, fill=255, font=letters, anchor="ls")
        self._image.paste(channels(colour), (x + left, y + top), mask.point(_STEPPED))
        return Box(x + left, y + top, right - left, bottom - top)


def _aligned(place: Box, width: float, side: Align) -> float:
    """Returns where something of this width begins in the box, all from the left."""
    spare = place.width - width
    return place.x + {"start": 0.0, "middle": spare / 2, "end": spare}[side]


@lru_cache(maxsize=64)
def _corner(radius: int) -> Image.Image:
    """Returns the upper left quarter of a disc."""
    fine = Image.new("L", (radius * _OVERSAMPLING,) * 2)
    ImageDraw.Draw(fine).ellipse((0, 0, 2 * radius * _OVERSAMPLING - 1, 2 * radius * _OVERSAMPLING - 1), fill=255)
    return fine.resize((radius, radius), Image.Resampling.BOX).point(_STEPPED)


def _edge(width: int, corner: int, *, upper: bool) -> Image.Image:
    """Returns the mask of a rounded rectangle's upper or lower edge, as high as its corners."""
    mask = Image.new("L", (width, corner), 255)
    quarter = _corner(corner)
    mask.paste(quarter, (0, 0))
    mask.paste(quarter.transpose(Image.Transpose.FLIP_LEFT_RIGHT), (width - corner, 0))
    return mask if upper else mask.transpose(Image.Transpose.FLIP_TOP_BOTTOM)


def _rgb(colour: object) -> tuple[int, int, int]:
    assert isinstance(colour, tuple)  # of an image in RGB
    red, green, blue = colour
    return red, green, blue


_STEPPED: Final = [round(round(grey * _STEPS / 255) * 255 / _STEPS) for grey in range(256)]
