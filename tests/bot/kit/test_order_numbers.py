"""Order numbers: as people say them, and those that nobody may type."""

import pytest

from bot.kit.order_numbers import is_paid_here, prefix_of_shop, spoken


@pytest.mark.parametrize(
    "typed",
    ["S-104", "s-104", "S104", "s104", "S 104", "s-۱۰۴", "S-١٠٤", "#S-104", "S–104", "s_0104", "Ｓ-104"],
)
def test_a_number_is_read_however_it_is_said(typed: str) -> None:
    assert spoken(typed) == ["S-104"]


def test_digits_alone_may_be_either_kind() -> None:
    assert spoken("۱۰۴") == ["S-104", "B-104"]
    assert spoken("b104") == ["B-104"]


@pytest.mark.parametrize("typed", ["", "S", "S-", "-104", "S-0", "X-104", "S-104-2", "S-104a", "9" * 16, "woo:104"])
def test_anything_else_is_no_number_of_ours(typed: str) -> None:
    assert spoken(typed) == []


@pytest.mark.parametrize(
    ("order", "prefix"),
    [("B-104", "B-"), ("b-104", "B-"), ("Ｂ-１０４", "B-"), ("stars:x", "stars:"), ("WOO:7", "woo:")],
)
def test_numbers_of_payments_and_shops_are_typed_by_nobody(order: str, prefix: str) -> None:
    assert prefix_of_shop(order, {"woo"}) == prefix


def test_other_numbers_are_free() -> None:
    for order in ("S-104", "B104x", "o-17", "other:7", "104"):
        assert prefix_of_shop(order, {"woo"}) is None


def test_what_was_paid_in_the_chat_is_known_by_its_number() -> None:
    assert [is_paid_here(each) for each in ("B-104", "stars:x", "payment:y", "S-104", "m-x", "Bx")] == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]
