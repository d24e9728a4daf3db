"""Names are found however they are typed."""

import pytest

from bot.kit.name_search import NEEDLE_LENGTH_MAX, folded_name, is_in, needle_of


@pytest.mark.parametrize(
    "typed",
    [
        "علی رضا",
        "علی\u200cرضا",
        "علیرضا",
        "عليرضا",
        "علیرضا".replace("ی", "ى"),
        "عَلی رِضا",
        "علـــی رضا",
        "  علی   رضا  ",
        "\u2067علی رضا\u2069",
        "ﻋﻠﯽ رضا",
    ],
)
def test_a_persian_name_is_the_same_in_all_its_writings(typed: str) -> None:
    assert folded_name(typed) == folded_name("علیرضا")
    needle = needle_of(typed)
    assert needle is not None
    assert is_in(needle, folded_name("علی‌رضا کریمی"))


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("كريمي", "کریمی"),
        ("آرش", "ارش"),
        ("فاطمة", "فاطمه"),
        ("مسئول", "مسیول"),
        ("élodie", "ELODIE"),
        ("STRASSE", "Straße"),
        ("ＳＡＲＡ", "sara"),
        ("سارا ۲", "سارا 2"),
    ],
)
def test_letters_are_alike_in_every_shape(typed: str, name: str) -> None:
    assert folded_name(typed) == folded_name(name)


def test_words_may_stand_in_any_order_and_the_username_is_found_too() -> None:
    folded = folded_name("Sara Ahmadi", "Shop_Sara")
    assert folded == "saraahmadi@shop_sara"
    for typed in ("ahmadi sara", "sar", "s", "@shop", "shop_s", "hmad", "a a a a"):
        needle = needle_of(typed)
        assert needle is not None
        assert is_in(needle, folded), typed
    needle = needle_of("sara karimi")
    assert needle is not None
    assert not is_in(needle, folded)


@pytest.mark.parametrize("typed", ["", "   ", "\u200c\u200c", "\u064b", "\u2067\u2069", "x" * 4096, "a " * 2048])
def test_what_no_name_can_hold_is_not_looked_for(typed: str) -> None:
    assert needle_of(typed) is None


def test_parts_of_three_letters_and_more_are_quoted_for_the_index() -> None:
    needle = needle_of('a"b* OR NEAR(')
    assert needle is not None
    assert needle.words == ('a"b*', "or", "near(")
    assert needle.match == '"a""b*" AND "near("'
    shortest = needle_of("سا")
    assert shortest is not None
    assert shortest.match == ""
    assert needle_of("x" * NEEDLE_LENGTH_MAX) is not None
