from random import Random
from string import ascii_letters, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disguises import disguised, linked
from engine.codes import (
    ALPHABET,
    LENGTH,
    LINK_LENGTH,
    TOKEN_LENGTH,
    clean,
    clean_link,
    clean_reward,
    clean_token,
    new_code,
    new_link_code,
    new_token,
    new_word,
)
from engine.typed_text import code_candidates


def test_a_new_code_is_one_that_clean_takes() -> None:
    random = Random(1)
    codes = {new_code(random) for _ in range(200)}
    assert len(codes) == 200
    assert all(clean(code) == code for code in codes)


@pytest.mark.parametrize("typed", ["23ab-cde", " 23AB CDE ", "۲۳abcde", "٢٣AbCdE", "23ab\u200ccde"])
def test_a_code_is_read_in_any_case_with_blanks_and_digits_of_any_script(typed: str) -> None:
    assert clean(typed) == "23ABCDE"


@pytest.mark.parametrize(
    "typed", ["", "23ABCD", "23ABCDEF", "20ABCDE", "OIL2345", "23ABCD!", "/start", "٪٪٪٪٪٪٪", "ß" * 7]
)
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert clean(typed) is None


def test_no_letter_of_the_alphabet_is_misread_for_another() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET) == 30
    assert not set("01ILOU") & set(ALPHABET)
    assert LENGTH == 7


def test_a_token_is_read_like_a_code_and_never_taken_for_one() -> None:
    token = new_token(Random(1))
    assert len(token) == TOKEN_LENGTH
    assert clean_token(f" {token[:5].lower()}-{token[5:]} ") == token
    assert clean(token) is None
    assert clean_token(new_code(Random(1))) is None


def test_a_link_s_code_is_told_from_a_person_s_by_its_length_and_read_alike() -> None:
    code, link = new_code(Random(1)), new_link_code(Random(1))
    assert len(link) == LINK_LENGTH
    assert clean_link(f"{link[:3].lower()}-{link[3:]}") == link
    assert clean_link(code.lower()) == code
    assert clean(link) is None
    assert clean_token(link) is None
    assert clean_link(new_token(Random(1))) is None


@pytest.mark.parametrize(
    "typed",
    [
        "\u206623ABCDE\u2069",
        "\u200e\u202a23ABCDE\u202c\u200f",
        "\ufeff23\u2060AB\u00adCDE\u061c",
        "２３ａｂｃｄｅ",
        "«23ABCDE»",
        "`23ABCDE`",
        "**23ABCDE**",
        "(23 AB\u00a0CDE).",
        "2️⃣3️⃣ABCDE",
        "کد دعوت: \u206623ABCDE\u2069",
        "https://t.me/nader_bot?start=23ABCDE",
        "بیا اینجا https://ble.ir/nader_bot?start=23abcde عالیه",
        "tg://resolve?domain=nader_bot&start=23ABCDE",
        "https://shop.example/r/23ABCDE?tag=insta",
        "https://shop.example/r/%E2%81%A623ABCDE%E2%81%A9",
        "https://shop.example/?utm_source=x&ref=23ABCDE#top",
        "shop.example/23ABCDE/",
    ],
)
def test_a_code_is_read_with_the_marks_around_it_and_out_of_its_link(typed: str) -> None:
    assert clean(typed) == clean_link(typed) == "23ABCDE"
    assert clean_token(typed) is None


@pytest.mark.parametrize("typed", ["@23ABCDE", "23ABCDE@", "کد", "https://shop.example/", "23 ABCDE 9 is the number"])
def test_a_username_an_address_or_a_sentence_is_no_code(typed: str) -> None:
    assert clean(typed) is None


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" moaref-a2b3 ", "MOAREF-A2B3"),
        ("«\u2066gift\u2011۲۳\u2069»", "GIFT-23"),
        ("ｇｉｆｔ－２３", "GIFT-23"),
        ("-own_word-", "-OWN_WORD-"),
        ("`spring 10`", "SPRING10"),
    ],
)
def test_a_reward_s_code_keeps_its_own_dashes_and_letters(typed: str, kept: str) -> None:
    assert clean_reward(typed) == kept
    assert clean_reward(kept) == kept


def test_a_code_in_five_hundred_disguises_is_the_code() -> None:
    random = Random(38)
    for _ in range(500):
        code, link, token = new_code(random), new_link_code(random), new_token(random)
        for kept, read in ((code, clean), (code, clean_link), (link, clean_link), (token, clean_token)):
            typed = disguised(kept, random)
            assert read(typed) == kept, ascii(typed)
        typed = linked(code, random)
        assert clean(typed) == clean_link(typed) == code, ascii(typed)
        reward = f"GIFT-{new_word(random)}"
        typed = disguised(reward, random, dashes=False)
        assert clean_reward(typed) == reward, ascii(typed)


@pytest.mark.timeout(5)
@pytest.mark.parametrize("part", ["a", "a.", ": ", "://", "a-", "?start=", "%E2%81%A6", ":=", "a.b/"])
def test_a_long_message_is_gone_through_once(part: str) -> None:
    for _ in range(20):
        assert clean_link(part * 4_096) is None


@given(st.text(ascii_letters + digits, min_size=1, max_size=24))
def test_one_word_of_latin_letters_and_digits_is_the_only_candidate_for_a_code(word: str) -> None:
    assert {*code_candidates(word)} == {word}
