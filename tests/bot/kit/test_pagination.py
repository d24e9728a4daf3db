from dataclasses import dataclass

import pytest

from bot.kit.buttons import Button
from bot.kit.pagination import Pagination, in_rows, paginate


@dataclass(frozen=True)
class Leaf(Button, prefix="leaf"):
    page: int


@pytest.mark.parametrize(
    ("total", "wanted", "number", "pages"),
    [
        (0, 1, 1, 1),
        (0, 9, 1, 1),
        (1, 0, 1, 1),
        (6, 1, 1, 1),
        (7, 2, 2, 2),
        (7, 3, 2, 2),
        (7, -5, 1, 2),
        (18, 10**17, 3, 3),
    ],
)
def test_the_page_that_is_shown_is_the_wanted_one_or_the_nearest(
    total: int, wanted: int, number: int, pages: int
) -> None:
    assert paginate(total, wanted, 6) == Pagination(number, pages, 6)


def test_all_pages_together_show_each_entry_once() -> None:
    entries = list(range(20))
    shown = [each for number in range(1, 5) for each in paginate(20, number, 6).of(entries)]
    assert shown == entries
    assert paginate(20, 4, 6).skip == 18


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (1, [("button-next", "leaf:2")]),
        (2, [("button-previous", "leaf:1"), ("button-next", "leaf:3")]),
        (3, [("button-previous", "leaf:2")]),
    ],
)
def test_a_page_leads_to_the_pages_beside_it(number: int, expected: list[tuple[str, str]]) -> None:
    row = Pagination(number, 3, 6).turning(Leaf)
    assert [(each.label_id, each.button.pack()) for each in row] == expected


def test_a_list_of_one_page_turns_nowhere_and_a_list_may_have_labels_of_its_own() -> None:
    assert paginate(6, 1, 6).turning(Leaf) == []
    row = Pagination(2, 3, 6).turning(Leaf, back="button-newer", on="button-older")
    assert [each.label_id for each in row] == ["button-newer", "button-older"]


def test_buttons_stand_in_rows_and_the_last_row_may_be_shorter() -> None:
    assert in_rows([1, 2, 3, 4, 5], 2) == [[1, 2], [3, 4], [5]]
    assert in_rows([], 3) == []
