"""What was copied with marks, quotation marks and in other widths is what it was."""

import pytest

from bot.kit.amounts import parse_amount
from bot.kit.bank import parse_destination
from bot.kit.bidi import without_leading_marks
from bot.kit.digits import identifier, normalised, whole_number
from engine.money import Currency

MARKS = "\u2066\u2067\u2068\u2069\u200e\u200f\u202a\u202b\u202c\u061c\ufeff\u2060\u00ad\u200b"
CARD = "6037991000000004"


@pytest.mark.parametrize("mark", MARKS)
def test_an_amount_a_card_and_a_number_are_read_through_marks(mark: str) -> None:
    assert parse_amount(f"{mark}480{mark},000 تومان{mark}", Currency.of("IRT")) == 480_000
    assert parse_destination(f"{mark}6037 9910{mark} 0000 0004{mark}").value == CARD
    assert whole_number(f"{mark}#۱۷{mark}") == 17
    assert identifier(f"{mark}«o-17»{mark}") == "o-17"


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("４８０，０００", 480_000),
        ("`480000`", 480_000),
        ("«۴۸۰ هـــزار تومان»", 480_000),
        ("480\u202f000", 480_000),
        ("ﻫﺰﺍﺭ", None),
    ],
)
def test_an_amount_may_be_wide_quoted_and_stretched(text: str, amount: int | None) -> None:
    if amount is None:
        assert normalised(text) == "هزار"
    else:
        assert parse_amount(text, Currency.of("IRT")) == amount


def test_small_raised_figures_are_no_digits_of_an_amount() -> None:
    assert normalised("10²") == "10²"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("17", 17),
        ("#17", 17),
        ("«۱۷»", 17),
        ("№ ۱۷", 17),
        ("1,234", 1234),
        ("17.", 17),
        ("-17", None),
        ("1.7", None),
        ("o-17", None),
    ],
)
def test_a_number_is_read_as_people_write_it(text: str, number: int | None) -> None:
    assert whole_number(text) == number


def test_a_persian_word_keeps_its_joiners_and_a_command_begins_with_its_slash() -> None:
    assert normalised("پیاده\u200cروی") == "پیاده\u200cروی"
    assert without_leading_marks("\u200f\u2066/code X\u2069") == "/code X\u2069"
    assert without_leading_marks(None) is None
