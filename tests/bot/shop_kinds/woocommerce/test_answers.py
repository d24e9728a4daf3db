"""Answers of a shop: JSON whatever it is called, counts of pages where they can be used, and words for the rest."""

from __future__ import annotations

import pytest

from bot.shop_kinds.woocommerce.answers import Answer, NoJson


@pytest.mark.parametrize("body", [b"[1]", b"\xef\xbb\xbf[1]", b" [1]\n"])
def test_json_is_read_with_a_mark_of_its_encoding_and_blanks_around_it(body: bytes) -> None:
    assert Answer(200, body, {"content-type": "text/html"}).json() == [1]


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "with nothing"),
        (b"<html></html>", "with a web page"),
        (b"<title>\x1b[31mMaintenance</title>", "a web page “[31mMaintenance”"),
        (b'[{"id": 1', "breaks off"),
        (b"[" * 100_000, "RecursionError"),
        (b"\xff\xfe", "with a text"),
        (b"Fatal error: Allowed memory size", "with a text"),
    ],
)
def test_what_is_no_json_is_told_in_words(body: bytes, words: str) -> None:
    with pytest.raises(NoJson, match=words.replace("[", r"\[")):
        Answer(200, body).json()


@pytest.mark.parametrize(
    ("text", "pages"), [("2", 2), (" 2 ", 2), ("0", 0), ("", None), ("-1", None), ("two", None), ("9" * 30, None)]
)
def test_a_count_of_pages_is_a_whole_number_or_says_nothing(text: str, pages: int | None) -> None:
    assert Answer(200, b"", {"x-wp-totalpages": text}).pages == pages


@pytest.mark.parametrize(
    ("pages", "total", "needed"),
    [("2", "199", 2), ("1", "199", 2), ("4", "199", 4), ("0", "0", 0), ("", "101", 2), ("3", "many", 3), ("", "", 0)],
)
def test_of_two_counts_that_differ_the_one_that_needs_more_pages_holds(pages: str, total: str, needed: int) -> None:
    assert Answer(200, b"", {"x-wp-totalpages": pages, "x-wp-total": total}).pages_of(100) == needed


@pytest.mark.parametrize(("status", "words"), [(401, "keys"), (301, "another address"), (404, "permalinks"), (500, "")])
def test_a_status_comes_with_what_can_be_done(status: int, words: str) -> None:
    said = Answer(status, b"").status_in_words()
    assert said.startswith(f"status {status}")
    assert words in said
