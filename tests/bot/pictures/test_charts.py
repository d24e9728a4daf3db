"""The charts of the chat, looked at by the labels that the canvas records: usual contents, and the worst there are."""

from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

import pytest
from PIL import Image

from bot.kit.brand import Brand
from bot.kit.colours import channels
from bot.kit.languages import Language
from bot.pictures.canvas import Canvas
from bot.pictures.funnel import funnel_of
from bot.pictures.lettering import SMALLEST
from bot.pictures.overview import overview_of
from bot.pictures.palette import palette_of
from bot.pictures.progress import progress_of
from bot.pictures.renderer import KINDS, ImageRenderer
from bot.pictures.shares import shares_of
from bot.pictures.team import team_of
from bot.pictures.weeks import chart_of
from charts import LONG, NAMES, TEN_DIGITS, Recipe, earnings, funnel, legs, overview, rank, shares, team
from posters import clipped_or_overlapping

PLAIN = Brand()
PALETTE = palette_of()
DRAWN: dict[str, Callable[[Recipe, Brand], Canvas]] = {
    "weeks": chart_of,
    "team": team_of,
    "progress": progress_of,
    "funnel": funnel_of,
    "shares": shares_of,
    "overview": overview_of,
}
DEEP = [1, 2, 3, 3, 2, 1, 2, 3, 1, 1, 2, 2, 3, 1, 1, 1]
UNDRAWABLE = "王小明"
FIVE_THOUSAND = 5_000

both_languages = pytest.mark.parametrize("language", ["en", "fa"])


def recipes(language: Language) -> dict[str, Recipe]:
    """Returns charts with usual contents, none, and the longest names and amounts."""
    names, long = NAMES[language], LONG[language]
    assert len(long) >= 40
    needs = [("sales", TEN_DIGITS - 1, TEN_DIGITS), ("earnings", 0, TEN_DIGITS), ("recruits", 4_999, FIVE_THOUSAND)]
    return {
        "a team": team(language, DEEP, names),
        "a team of nobody": team(language, [], names),
        "a team of one": team(language, [1], names, below=0),
        "a team of thousands with long names": team(language, DEEP, [long], below=FIVE_THOUSAND),
        "a team whose names cannot be drawn": team(language, [1, 2, 3], [UNDRAWABLE]),
        "legs": legs(language, 1_200_000, 3_400_000),
        "legs without volume": legs(language, 0, 0),
        "legs of ten digits": legs(language, TEN_DIGITS, 1),
        "a rank": rank(language, [("sales", 150_000, 300_000), ("recruits", 1, 2)], "Silver"),
        "a rank of ten digits": rank(language, needs, long),
        "links": funnel(language, [(names[0], [0, 12, 8, 3]), ("instagram", [5_120, 340, 120, 44])]),
        "links without anybody": funnel(language, [("instagram", [0, 0, 0, 0])]),
        "links with long names": funnel(language, [(long, [TEN_DIGITS, FIVE_THOUSAND, 1, 0])] * 5),
        "shares": shares(language, [(names[0], 13_000, "own"), (names[1], 27_000, "other"), ("", 160_000, "rest")]),
        "shares of a refunded order": shares(language, [(names[0], 0, "own"), (names[1], 0, "rest")]),
        "shares where more was paid than is left": shares(language, [(names[0], 10, "own"), (names[1], -4, "rest")]),
        "shares of many": shares(language, [(long, TEN_DIGITS, "other")] * 12 + [(long, 9 * TEN_DIGITS, "rest")]),
        "days": overview(language, [5, 0, 3, 9, 4, 1, 7], [(each, 10) for each in names]),
        "days without anything": overview(language, [0] * 7, []),
        "days of ten digits": overview(language, [TEN_DIGITS] * 7, [(long, TEN_DIGITS)] * 10),
        "days of refunds": overview(language, [-TEN_DIGITS, 0, 0, TEN_DIGITS, 0, -1, -TEN_DIGITS], [(long, 1)]),
        "earnings": earnings(language, [13_000, 0, 260_000, -120_000, 0, 45_000, 333_000]),
        "earnings of ten digits": earnings(language, [-TEN_DIGITS, TEN_DIGITS] * 4),
        "losses": earnings(language, [-TEN_DIGITS] * 8),
        "a first day": earnings(language, [0]),
    }


NAMED = list(recipes("en"))


@both_languages
@pytest.mark.parametrize("name", NAMED)
def test_nothing_is_clipped_or_overlaps_and_all_can_be_read(language: Language, name: str) -> None:
    recipe = recipes(language)[name]
    canvas = DRAWN[recipe["kind"]](recipe, PLAIN)
    assert clipped_or_overlapping(canvas) == []
    assert min(each.size for each in canvas.labels) >= SMALLEST
    cut = {each.wanted for each in canvas.labels if each.words != each.wanted}
    assert all(LONG[language] in each for each in cut)  # long names may end in an ellipsis, nothing else


@both_languages
@pytest.mark.parametrize("name", NAMED)
def test_a_chart_is_drawn_in_a_part_of_half_a_second(language: Language, name: str) -> None:
    recipe = recipes(language)[name]
    renderer = ImageRenderer()
    renderer.draw(recipe)
    begun = process_time()
    renderer.draw(recipe)
    assert process_time() - begun < 0.5


def test_every_kind_is_drawn_here_or_with_its_own_tests() -> None:
    assert set(KINDS) == {*DRAWN, "poster", "qr", "file"}


def words(canvas: Canvas) -> list[str]:
    return [each.words for each in canvas.labels]


def box_of(canvas: Canvas, text: str) -> Any:
    return next(each.ink for each in canvas.labels if text in each.words)


def widest(canvas: Canvas, colour: str) -> int:
    """Returns the length of the longest run of this colour along a line, px."""
    image = Image.open(BytesIO(canvas.png())).convert("RGB")
    wanted, longest = channels(colour), 0
    for y in range(0, image.height, 4):
        run = 0
        for pixel in image.crop((0, y, image.width, y + 1)).get_flattened_data():
            run = run + 1 if pixel == wanted else 0
            longest = max(longest, run)
    return longest


@both_languages
def test_a_tree_is_indented_from_where_the_language_begins(language: Language) -> None:
    canvas = team_of(team(language, [1, 2, 3], ["Aaaa", "Bbbb", "Cccc"], below=0), PLAIN)
    inks = [box_of(canvas, each) for each in ("Aaaa", "Bbbb", "Cccc")]
    starts = [each.x if language == "en" else 1080 - each.end for each in inks]
    assert starts == sorted(starts)
    assert starts[2] - starts[0] > 64


def test_who_sold_is_lit_up() -> None:
    lit, dark = (team_of(team("en", [1] * count, NAMES["en"]), PLAIN) for count in (2, 1))
    assert widest(lit, PALETTE.accent) > 300
    assert widest(dark, PALETTE.accent) == 0


@both_languages
def test_a_name_that_cannot_be_drawn_gives_way_to_words_for_somebody(language: Language) -> None:
    recipe = team(language, [1], [UNDRAWABLE])
    assert any(recipe["unnamed"] in each for each in words(team_of(recipe, PLAIN)))


def test_what_is_matched_is_darker_than_the_rest_of_a_leg() -> None:
    canvas = progress_of(legs("en", 500_000, 1_000_000), PLAIN)
    assert widest(canvas, PALETTE.accent) == pytest.approx(928 / 2, abs=30)
    assert widest(canvas, PALETTE.soft) == pytest.approx(928 / 2, abs=30)


def test_an_unmet_requirement_fills_its_part_of_the_bar() -> None:
    canvas = progress_of(rank("en", [("recruits", 1, 4)], "Silver"), PLAIN)
    assert widest(canvas, PALETTE.accent) == pytest.approx(928 / 4, abs=24)
    assert "1 of 4" in words(canvas)


def test_an_orders_shares_are_as_wide_as_their_amounts() -> None:
    canvas = shares_of(shares("en", [("You", 25_000, "own"), ("The shop", 75_000, "rest")]), PLAIN)
    assert widest(canvas, PALETTE.accent) == pytest.approx(928 / 4, abs=24)
    assert widest(canvas, PALETTE.faint) == pytest.approx(3 * 928 / 4, abs=24)


def test_links_are_each_measured_by_themselves() -> None:
    canvas = funnel_of(funnel("en", [("web", [5_000, 0, 0, 0]), ("friends", [0, 4, 2, 0])]), PLAIN)
    assert words(canvas).count("0") == 5
    assert widest(canvas, PALETTE.accent) > 400


def test_a_loss_hangs_from_the_line_in_a_colour_of_its_own() -> None:
    canvas = chart_of(earnings("en", [100_000, -50_000]), PLAIN)
    assert widest(canvas, PALETTE.bad) > 90
    assert box_of(canvas, "50K").y > box_of(canvas, "100K").y
