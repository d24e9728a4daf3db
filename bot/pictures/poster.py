"""Draws the poster that a member passes on: the shop, what a friend gets, the QR code, the code as letters.

There are two sizes: a post (1080x1350), and a story (1080x1920), whose top and bottom hold nothing, because apps lay
their own buttons there. The code is dark on paper with its quiet zone, so that any phone reads it from a screen.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.kit.bidi import isolate
from bot.kit.brand import Brand
from bot.kit.languages import FALLBACK, HABITS
from bot.pictures.canvas import WIDTH, Box, Canvas
from bot.pictures.lettering import drawable, measure, wrap
from bot.pictures.logo import Logo, read_logo
from bot.pictures.palette import palette_of
from bot.pictures.qr import module_size, modules

_MARGIN: Final = 72
_INSIDE: Final = WIDTH - 2 * _MARGIN
_LOGO: Final = 124
_LOGO_WIDTH_MAX: Final = 320
_LOGO_INSET: Final = 16
_SHOP: Final = 58
_SHOP_LINE: Final = 88
_BENEFIT: Final = 76
_BENEFIT_LINE: Final = 92
_BENEFIT_LINES: Final = 2
_INVITATION: Final = 42
_INVITATION_LINE: Final = 62
_GAP: Final = 22
_QR: Final = 660
_CARD_WIDTH: Final = 740
_CODE: Final = 64
_CODE_LINE: Final = 84
_SPACED: Final = "\u2009"  # between the letters of the code, to prevent misreading
_HINT: Final = 38
_HINT_LINE: Final = 54
_BOT: Final = 46
_BOT_LINE: Final = 64


@dataclass(frozen=True, slots=True)
class _Form:
    """Holds a size, and how much of its top and bottom stays empty, px."""

    height: int
    top: int
    bottom: int


FORMS: Final = {"post": _Form(1350, 36, 40), "story": _Form(1920, 250, 250)}


def draw_poster(recipe: Mapping[str, Any], brand: Brand) -> bytes:
    """Returns a PNG of {"language", "form": a key of FORMS, "link": in the QR code, "code", "shop", "benefit",
    "name": the member's, "invitation": a sentence with it, "hint", "bot": "@username"}.

    All but link and code may lack: recipes that wait since an earlier version have nothing else.
    """
    return poster_of(recipe, brand).png()


def poster_of(recipe: Mapping[str, Any], brand: Brand) -> Canvas:
    """Returns the drawn poster."""
    form = FORMS[recipe.get("form", "post")]
    canvas = Canvas(form.height, HABITS[recipe.get("language", FALLBACK)], palette_of(brand.colour))
    heading = _Heading.of(recipe, brand)
    card_height = _QR + _CODE_LINE
    spare = form.height - form.top - form.bottom - heading.height - card_height - _HINT_LINE - _BOT_LINE - 2 * _GAP
    part = max(0, spare) / 4
    top = form.top + part
    card = Box((WIDTH - _CARD_WIDTH) / 2, top + heading.height + _GAP + part, _CARD_WIDTH, card_height)
    canvas.rectangle(Box(0, 0, WIDTH, card.y + card_height / 3), canvas.palette.accent)
    heading.draw(canvas, top)
    _card(canvas, card, recipe)
    _foot(canvas, card.bottom + _GAP + part, recipe)
    return canvas


@dataclass(frozen=True, slots=True)
class _Heading:
    """Holds what stands above the QR code."""

    shop: str
    logo: Logo | None
    benefit: list[str]
    invitation: str

    @classmethod
    def of(cls, recipe: Mapping[str, Any], brand: Brand) -> "_Heading":
        """Chooses what can be drawn: a name in letters that the font lacks is left out with its sentence."""
        invitation = recipe.get("invitation", "") if drawable(recipe.get("name", "")) else ""
        rtl = HABITS[recipe.get("language", FALLBACK)].right_to_left
        benefit = drawable(recipe.get("benefit", ""))
        lines = wrap(benefit, _BENEFIT, _INSIDE, _BENEFIT_LINES, bold=True, right_to_left=rtl) if benefit else []
        return cls(drawable(recipe.get("shop", "")), read_logo(brand.logo), lines, invitation)

    @property
    def height(self) -> float:
        """Returns its height in px."""
        shop = _LOGO + _GAP if self.logo is not None else _SHOP_LINE if self.shop else 0
        return shop + _BENEFIT_LINE * len(self.benefit) + (_INVITATION_LINE if self.invitation else 0)

    def draw(self, canvas: Canvas, top: float) -> None:
        """Draws it from `top` downwards."""
        colour, y = canvas.palette.on_accent, top
        if self.logo is not None:
            _draw_shop(canvas, self.logo, self.shop, y)
            y += _LOGO + _GAP
        elif self.shop:
            canvas.text(
                Box(_MARGIN, y, _INSIDE, _SHOP_LINE), self.shop, _SHOP, colour=colour, align="middle", bold=True
            )
            y += _SHOP_LINE
        for line in self.benefit:
            box = Box(_MARGIN, y, _INSIDE, _BENEFIT_LINE)
            canvas.text(box, line, _BENEFIT, colour=colour, align="middle", bold=True)
            y += _BENEFIT_LINE
        if self.invitation:
            box = Box(_MARGIN, y, _INSIDE, _INVITATION_LINE)
            canvas.text(box, self.invitation, _INVITATION, colour=colour, align="middle")


def _draw_shop(canvas: Canvas, logo: Logo, shop: str, top: float) -> None:
    """Draws the logo and beside it the shop's name, together in the middle.

    The logo stands on paper where that shows it better.
    """
    on_paper = logo.needs_paper(canvas.palette.accent, canvas.palette.paper)
    inset = _LOGO_INSET if on_paper else 0
    high = _LOGO - 2 * inset
    wide = min(_LOGO_WIDTH_MAX, high * logo.picture.width / logo.picture.height) + 2 * inset
    gap = _GAP if shop else 0
    room = _INSIDE - wide - gap
    name = min(room, measure(shop, _SHOP, bold=True))
    box = Box((WIDTH - wide - gap - name) / 2, top, wide, _LOGO)
    if on_paper:
        canvas.rectangle(box, canvas.palette.paper, 28)
    canvas.image(box.inset(inset, inset), logo.picture)
    words = Box(box.end + gap, top, name + 1, _LOGO)
    canvas.text(words, shop, _SHOP, colour=canvas.palette.on_accent, bold=True)


def _card(canvas: Canvas, card: Box, recipe: Mapping[str, Any]) -> None:
    """Draws the QR code on paper, and the code below it."""
    canvas.rectangle(card, canvas.palette.paper, 44)
    bare = modules(recipe["link"])
    size = bare.width * module_size(bare.width, _QR)
    box = Box((WIDTH - size) / 2, card.y + (_QR - size) / 2, size, size)
    canvas.stencil(box, bare, canvas.palette.ink)
    below = box.bottom + (_QR - size) / 4
    room = Box(card.x, below, card.width, card.bottom - below).inset(40, 0)
    canvas.text(room, isolate(_SPACED.join(recipe["code"])), _CODE, align="middle", bold=True)


def _foot(canvas: Canvas, top: float, recipe: Mapping[str, Any]) -> None:
    box = Box(_MARGIN, top, _INSIDE, _HINT_LINE)
    canvas.text(box, recipe.get("hint", ""), _HINT, colour=canvas.palette.muted, align="middle")
    box = Box(_MARGIN, top + _HINT_LINE, _INSIDE, _BOT_LINE)
    canvas.text(box, isolate(recipe.get("bot", "")), _BOT, align="middle", bold=True)
