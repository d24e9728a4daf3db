from hypothesis import given
from hypothesis import strategies as st

from bot.kit.truncate import cut_html, cut_plain
from bot.playground.markup import parse_html


def test_what_fits_is_left_alone() -> None:
    assert cut_html("<b>short</b> &amp; sweet", 13) == "<b>short</b> &amp; sweet"
    assert cut_plain("a" * 200, 200) == "a" * 200


def test_what_does_not_fit_ends_at_a_word_with_an_ellipsis() -> None:
    assert cut_plain("one two three", 10) == "one two…"
    assert cut_plain("x" * 300, 200) == "x" * 199 + "…"


def test_open_tags_and_isolates_are_closed() -> None:
    assert cut_html("<b>bold <i>both \u2068name\u2069</i></b>", 13) == "<b>bold <i>both…</i></b>"
    assert cut_html("<b>\u2068abcdefghij\u2069</b>", 8) == "<b>\u2068abcde…\u2069</b>"


def test_no_entity_and_no_surrogate_pair_is_halved() -> None:
    assert cut_html("&lt;&lt;&lt;&lt;", 3) == "&lt;&lt;…"
    assert cut_plain("😀😀😀", 4) == "😀…"
    assert cut_plain("a & b < c & d", 9) == "a & b <…"


piece = st.sampled_from(["<b>", "word ", "&amp;", "😀", "\u2068", "نام", "x" * 9, "\n"])


@given(st.lists(piece, max_size=30), st.integers(10, 40))
def test_whatever_is_cut_is_valid_and_short_enough(pieces: list[str], limit: int) -> None:
    source = "".join(pieces)
    closed = source + "\u2069" * source.count("\u2068") + "</b>" * source.count("<b>")
    cut = cut_html(closed, limit)
    assert len(parse_html(cut).text.encode("utf-16-le")) // 2 <= limit
    assert cut.count("\u2068") == cut.count("\u2069")


@given(st.text(max_size=300), st.integers(10, 40))
def test_plain_text_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    assert len(cut_plain(text, limit).encode("utf-16-le")) // 2 <= limit
