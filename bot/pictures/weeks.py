"""Draws a member's last weeks as bars: a small chart beside the balance digest.

matplotlib is slow to import and not thread-safe: it is loaded when the first chart is drawn, without pyplot, which
would retain figures, and ImageRenderer draws one chart at a time.
"""

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.kit.formatting import grouped
from bot.kit.languages import HABITS, Habits

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.font_manager import FontProperties

FONT: Final = Path(__file__).parent / "fonts" / "Vazirmatn-Regular.ttf"

_INCHES: Final = (8.0, 4.5)
_DPI: Final = 100
_AREA_FROM_LEFT: Final = (0.15, 0.14, 0.82, 0.70)
_AREA_FROM_RIGHT: Final = (0.03, 0.14, 0.82, 0.70)
_STEPS_MAX: Final = 5

_PAPER: Final = "#ffffff"
_INK: Final = "#0d1f3c"
_FAINT: Final = "#d5deea"
_BAR: Final = "#8fb2dd"
_LAST_BAR: Final = "#2f6fbf"

_RIGHT_TO_LEFT_ISOLATE: Final = "\u2067"
_END_ISOLATE: Final = "\u2069"


def draw_weeks(recipe: Mapping[str, Any]) -> bytes:
    """Returns a PNG of {"language", "title", "days": labels below the bars, "amounts": minor units, "exponent"}.

    The oldest week comes first in the language's direction: in Persian time runs to the left, with money on the right.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

    habits, font = HABITS[recipe["language"]], FontProperties(fname=FONT)
    figure = Figure(figsize=_INCHES, dpi=_DPI, facecolor=_PAPER)
    canvas = FigureCanvasAgg(figure)
    axes = figure.add_axes(_AREA_FROM_RIGHT if habits.right_to_left else _AREA_FROM_LEFT)
    _bars(axes, recipe["amounts"], habits)
    _days(axes, recipe["days"], habits, font)
    _money(axes, recipe["amounts"], recipe["exponent"], habits, font)
    axes.set_title(_whole(recipe["title"], habits), fontproperties=font, fontsize=16, color=_INK, pad=14)
    file = BytesIO()
    canvas.print_png(file, pil_kwargs={"compress_level": 4})  # type: ignore[no-untyped-call]  # matplotlib
    return file.getvalue()


def _bars(axes: "Axes", amounts: Sequence[int], habits: Habits) -> None:
    places = range(len(amounts))
    colours = [_BAR] * (len(amounts) - 1) + [_LAST_BAR]
    axes.bar(places, amounts, width=0.62, color=colours, zorder=2)
    axes.set_facecolor(_PAPER)
    axes.tick_params(length=0, pad=6)
    for side in ("top", "left", "right"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(_FAINT)
    if habits.right_to_left:
        axes.invert_xaxis()
        axes.yaxis.tick_right()


def _days(axes: "Axes", days: Sequence[str], habits: Habits, font: "FontProperties") -> None:
    axes.set_xticks(range(len(days)), [_whole(day, habits) for day in days])
    for label in axes.get_xticklabels():
        label.set(fontproperties=font, fontsize=10, color=_INK)


def _money(axes: "Axes", amounts: Sequence[int], exponent: int, habits: Habits, font: "FontProperties") -> None:
    """Draws the money axis in whole major units, in round steps."""
    step = _step(max(1, *amounts), 10**exponent)
    ticks = range(0, max(amounts) + step, step)
    axes.set_ylim(0, max(ticks[-1], step))
    labels = [_whole(grouped(tick // 10**exponent, habits), habits) for tick in ticks]
    axes.set_yticks(list(ticks), labels)
    axes.grid(axis="y", color=_FAINT, linewidth=0.8, zorder=0)
    for label in axes.get_yticklabels():
        label.set(fontproperties=font, fontsize=11, color=_INK)


def _step(most: int, unit: int) -> int:
    """Returns a round step: 1, 2 or 5 times a power of ten of the major unit, a few of which reach the top."""
    step = unit
    while True:
        for times in (1, 2, 5):
            if step * times * _STEPS_MAX >= most:
                return step * times
        step *= 10


def _whole(text: str, habits: Habits) -> str:
    """Isolates the text in its direction: a leading digit or Latin letter would be laid out from the left."""
    return f"{_RIGHT_TO_LEFT_ISOLATE}{text}{_END_ISOLATE}" if habits.right_to_left else text
