import pytest

from bot.kit.languages import language_for
from bot.kit.person import Person, clean_name


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        ("Nader", None, "Nader"),
        ("  Nader\n\tSeller ", "Of Shoes", "Nader Seller Of Shoes"),
        ("a\u202eb\u2066c\u2069\u200fd", None, "abcd"),
        ("می\u200cروم", None, "می\u200cروم"),
        ("👨\u200d👩\u200d👧", None, "👨\u200d👩\u200d👧"),
        ("\u3164\u2800", "\u200d", "nader"),
        ("", None, "nader"),
        (None, "   ", "nader"),
        ("<b>&", None, "<b>&"),
    ],
)
def test_a_name_is_one_visible_line_without_direction_marks(first: str | None, last: str | None, shown: str) -> None:
    assert clean_name(first, last, otherwise="nader") == shown


def test_a_name_of_four_thousand_characters_is_cut_to_sixty_four() -> None:
    assert clean_name("x" * 4000, otherwise="101") == "x" * 64


@pytest.mark.parametrize(
    ("code", "language"),
    [
        ("fa", "fa"),
        ("fa-IR", "fa"),
        ("FA_ir", "fa"),
        ("en-GB", "en"),
        ("xx", "en"),
        ("fab", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_a_client_s_language_is_spoken_where_we_can_and_english_elsewhere(code: str | None, language: str) -> None:
    assert language_for(code) == language


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("Sara K.", "Sara"),
        ("🎉 سارا کریمی", "سارا"),
        ("علی‌رضا", "علی‌رضا"),
        ("🎉 🎉", "🎉 🎉"),
        ("7", "7"),
        ("<b>A</b> B", "<b>A</b>"),
    ],
)
def test_the_first_name_is_the_first_word_with_a_letter(name: str, first: str) -> None:
    person = Person("A", 1, name, None, "en", is_admin=False, blocked=False)
    assert person.first_name == first
