import pytest

from bot.kit.colours import INK, WHITE, contrast, mixed, parse_colour, readable_on


def test_contrast_is_wcags_whichever_stands_first() -> None:
    assert contrast("#000000", "#ffffff") == contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # WCAG's own example of just too little
    assert contrast("#2f6fbf", "#2f6fbf") == 1


@pytest.mark.parametrize("text", ["", "red", "#fff", "#12345g", "2f6fbf", "#2f6fbf00", "#۱۲۳۴۵۶", "rgb(1,2,3)"])
def test_what_is_no_colour_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="a colour such as"):
        parse_colour(text)


def test_capitals_and_blanks_around_a_colour_do_not_matter() -> None:
    assert parse_colour(" #2F6FBF ") == "#2f6fbf"


def test_a_mixture_lies_between() -> None:
    assert mixed("#000000", "#ffffff", 1) == "#000000"
    assert mixed("#000000", "#ffffff", 0) == "#ffffff"
    assert mixed("#102030", "#305070", 0.5) == "#203850"


def test_letters_on_a_dark_ground_are_white_and_on_a_light_one_ink() -> None:
    assert readable_on("#7a1020") == WHITE
    assert readable_on("#ffe08a") == INK
