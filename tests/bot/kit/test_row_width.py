import pytest

from bot.kit.row_width import broken, fits


def rows(*labels: str) -> list[list[str]]:
    return broken(labels, labels)


def test_what_fits_stays_in_one_row() -> None:
    assert rows("Copy link", "Copy code") == [["Copy link", "Copy code"]]
    assert rows("1", "2", "3", "4", "5", "6") == [["1", "2", "3", "4", "5", "6"]]
    assert rows("۰۶:۰۰", "۰۷:۰۰", "۰۸:۰۰", "۰۹:۰۰") == [["۰۶:۰۰", "۰۷:۰۰", "۰۸:۰۰", "۰۹:۰۰"]]


def test_six_questions_in_a_row_become_two_rows_of_three() -> None:
    assert rows(*(f"Why {n}?" for n in range(1, 7))) == [
        ["Why 1?", "Why 2?", "Why 3?"],
        ["Why 4?", "Why 5?", "Why 6?"],
    ]


def test_one_long_label_breaks_the_row_for_all_of_it() -> None:
    assert rows("Home", "Commissions awaiting approval") == [["Home"], ["Commissions awaiting approval"]]


def test_a_label_longer_than_a_row_stands_alone() -> None:
    assert rows("x" * 60) == [["x" * 60]]
    assert rows("x" * 60, "y") == [["x" * 60], ["y"]]


@pytest.mark.parametrize(
    ("label", "room"), [("abcd", True), ("ab😀😀", False), ("ن\u200cشـ", True), ("\u2068ab\u2069", True)]
)
def test_emoji_count_twice_and_marks_nothing(label: str, room: bool) -> None:
    assert fits([label] * 6) is room
