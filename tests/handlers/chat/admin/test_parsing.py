from pathlib import Path

import pytest

from bot.kit.amounts import NotAnAmount, WrongUnit
from engine.money import Currency
from handlers.chat.admin.parsing import (
    NobodyFound,
    NotANumber,
    NothingWritten,
    SeveralFit,
    TooLong,
    leading_amount,
    number_of,
    person_of,
    short,
    who_and_the_rest,
)
from office import open_office

TOMAN = Currency.of("IRT")


@pytest.mark.parametrize("typed", ["17", "#17", "№17", "۱۷", "#۱۷", "١٧"])
def test_a_number_may_be_written_in_any_digits(typed: str) -> None:
    assert number_of(typed) == 17


@pytest.mark.parametrize("shown", ["1,017", "۱٬۰۱۷"])
def test_a_number_is_read_as_it_was_shown(shown: str) -> None:
    assert number_of(shown) == 1017


@pytest.mark.parametrize("typed", ["", "#", "x", "-1", "1.5", "²", "1" * 16])
def test_anything_else_is_no_number(typed: str) -> None:
    with pytest.raises(NotANumber):
        number_of(typed)


@pytest.mark.parametrize(
    ("typed", "amount", "rest"),
    [
        ("100000 phone o-17", 100_000, ["phone", "o-17"]),
        ("100 000 phone", 100_000, ["phone"]),
        ("۲ میلیون و ۵۰۰ هزار تومان گوشی", 2_500_000, ["گوشی"]),
        ("100000 17", 100_000, ["17"]),
        ("- 5000 a mistake", -5_000, ["a", "mistake"]),
        ("5000 3 days late", 5_000, ["3", "days", "late"]),
        ("۴۸۰ هزار ۳ کفش", 480_000, ["۳", "کفش"]),
        ("۴۸۰هزار ۳ کفش", 480_000, ["۳", "کفش"]),
        ("480k 3 shoes", 480_000, ["3", "shoes"]),
        ("480 هزار #12 کفش", 480_000, ["#12", "کفش"]),
        ("2 million 500 thousand shoes", 2_500_000, ["shoes"]),
        ("۲ میلیون و ۵۰۰ کفش", 2_000_500, ["کفش"]),
        ("۴۸۰ هزار ۵۰۰", 480_500, []),
        ("۴۸۰ هزار ۵۰۰ تومان کفش", 480_500, ["کفش"]),
        ("5000", 5_000, []),
    ],
)
def test_as_many_words_as_can_be_read_are_the_amount(typed: str, amount: int, rest: list[str]) -> None:
    assert leading_amount(typed.split(), TOMAN, signed=True) == (amount, rest)


def test_another_currency_is_not_taken_for_a_product() -> None:
    with pytest.raises(WrongUnit):
        leading_amount(["1000", "ریال"], TOMAN)


@pytest.mark.parametrize("typed", ["", "phone 100000"])
def test_words_that_begin_with_no_amount_are_refused(typed: str) -> None:
    with pytest.raises(NotAnAmount):
        leading_amount(typed.split(), TOMAN)


def test_a_name_is_kept_on_one_line_without_marks_of_direction() -> None:
    assert short(" \u202eT\u200f-۱۲\n 34 ", 64) == "T-12 34"


def test_a_name_over_the_limit_is_refused_not_cut() -> None:
    assert short("x" * 64, 64) == "x" * 64
    with pytest.raises(TooLong) as refused:
        short("x" * 65, 64)
    assert refused.value.limit == 64


@pytest.mark.parametrize("typed", ["", " \n", "\u200f\u202e"])
def test_what_shows_nothing_is_no_name(typed: str) -> None:
    with pytest.raises(NothingWritten):
        short(typed, 64)


async def test_where_nothing_can_be_asked_a_name_must_be_somebodys_alone(tmp_path: Path) -> None:
    async with open_office(tmp_path) as office:
        assert (await person_of("ari", office.chat.people)).id == office.karim.id
        assert (await person_of(office.sara.id, office.chat.people)).id == office.sara.id
        with pytest.raises(SeveralFit):
            await person_of("ar", office.chat.people)
        for word in ("nobody", "", "☃" * 4096):
            with pytest.raises(NobodyFound):
                await person_of(word, office.chat.people)


@pytest.mark.parametrize(
    ("typed", "who", "rest"),
    [
        ("@sara 1000 shoes", "@sara", ["1000", "shoes"]),
        ("@sara much", "@sara", ["much"]),
        ("123456 1000", "123456", ["1000"]),
        ("علی رضا ۱۵ هزار تومان کفش", "علی رضا", ["۱۵", "هزار", "تومان", "کفش"]),
        ("Sara Ahmadi", "Sara Ahmadi", []),
        ("Sara Ahmadi 0", "Sara Ahmadi", ["0"]),
        ("Sara", "Sara", []),
        ("one two three four five", "one", ["two", "three", "four", "five"]),
        ("K7MX2QF much", "K7MX2QF", ["much"]),
    ],
)
def test_a_name_ends_where_the_amount_begins(typed: str, who: str, rest: list[str]) -> None:
    assert who_and_the_rest(typed.split(), TOMAN) == (who, rest)
