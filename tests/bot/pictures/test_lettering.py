"""Words as they are drawn: joined, ordered, fitted. What is expected is written from the left to the right."""

import subprocess
import sys

import pytest

from bot.kit.bidi import isolate
from bot.pictures.lettering import SMALLEST, drawable, fit, glyphs, measure, wrap


def forms(*codes: int) -> str:
    return "".join(map(chr, codes))


def test_persian_letters_are_joined_and_stand_from_the_right() -> None:
    assert glyphs("سلام", right_to_left=True) == forms(0xFEE1, 0xFEFC, 0xFEB3)  # meem, lam with alef, seen
    assert glyphs("کفش", right_to_left=True) == forms(0xFEB6, 0xFED4, 0xFB90)


def test_a_half_space_parts_letters_and_is_not_seen() -> None:
    assert glyphs("می‌شود", right_to_left=True) == glyphs("شود", right_to_left=True) + glyphs("می", right_to_left=True)


def test_ezafe_after_heh_is_one_letter_with_its_mark() -> None:
    assert glyphs("شمارهٔ", right_to_left=True)[0] == "\u06c0"
    assert glyphs("سه\u0654", right_to_left=True)[0] == "\ufba5"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("(کفش) ۱۲", "۱۲ ({})"),
        ("«کفش»", "«{}»"),
        ("((کفش))", "(({}))"),
        ("(a) کفش", "{} (a)"),
        ("کفش: ۲۰٪", "٪۲۰ :{}"),
        ("کفش ۱۲٬۳۰۰", "۱۲٬۳۰۰ {}"),
    ],
)
def test_brackets_and_numbers_among_persian_words(words: str, shown: str) -> None:
    assert glyphs(words, right_to_left=True) == shown.format(glyphs("کفش", right_to_left=True))


def test_an_isolated_address_keeps_its_at_sign_and_leaves_no_mark() -> None:
    assert glyphs(isolate("@moaref_bot"), right_to_left=True) == "@moaref_bot"
    assert glyphs("a \u202e\u200f\u2067b", right_to_left=False) == "a b"


def test_english_stays_as_it_is_and_lines_become_one() -> None:
    assert glyphs("Earned (in all)\n each\tweek", right_to_left=False) == "Earned (in all) each week"


def test_emoji_are_left_out_and_a_name_in_letters_the_font_lacks_is_none_at_all() -> None:
    assert drawable("Sara 🎉👩‍👩‍👧 K.") == "Sara K."
    assert drawable("🎉" * 64) == ""
    assert drawable("Иван K") == drawable("李") == ""
    assert drawable("<b>سارا</b> & Co.") == "<b>سارا</b> & Co."
    assert drawable("می‌شود") == "می‌شود"


def test_what_fits_stays_and_what_does_not_gets_smaller_then_shorter() -> None:
    assert fit("Nader", 60, 900) == ("Nader", 60)
    smaller = fit("Nader's very good shoes", 60, 500)
    assert smaller.words == "Nader's very good shoes"
    assert SMALLEST < smaller.size < 60
    shorter = fit("فروشگاه بزرگ کفش نادر و برادران " * 4, 60, 400, right_to_left=True)
    assert shorter.size == SMALLEST
    assert shorter.words.endswith("…")
    assert measure(shorter.words, shorter.size, right_to_left=True) <= 400


@pytest.mark.parametrize("words", ["", "x", "…", "\u200c", "🎉", "W" * 5_000, "ه\u0654" * 300])
@pytest.mark.parametrize("width", [1, 40, 400])
def test_any_words_fit_any_width_that_an_ellipsis_fits(words: str, width: int) -> None:
    fitted = fit(words, 90, width, right_to_left=True)
    assert fitted.size >= SMALLEST
    assert measure(fitted.words, fitted.size, right_to_left=True) <= max(width, SMALLEST)


def test_long_words_go_over_several_lines_and_the_rest_stands_on_the_last() -> None:
    lines = wrap("one two three four five six", 40, 200, 2)
    assert len(lines) == 2
    assert measure(lines[0], 40) <= 200
    assert " ".join(lines) == "one two three four five six"
    assert wrap("", 40, 200, 2) == [""]


def test_nothing_of_the_machine_is_needed_to_join_letters() -> None:
    """Pillow would take libfribidi from the machine; a process that has none draws the same."""
    code = "from bot.pictures.lettering import font; import sys; sys.exit(font(40, bold=False).layout_engine != 0)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
