from random import Random

import pytest

from engine.codes import (
    ALPHABET,
    LENGTH,
    LINK_LENGTH,
    TOKEN_LENGTH,
    clean,
    clean_link,
    clean_token,
    new_code,
    new_link_code,
    new_token,
)


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
