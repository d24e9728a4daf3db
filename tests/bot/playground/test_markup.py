"""Telegram's HTML: what it makes of a text, and what it refuses."""

from __future__ import annotations

from typing import Any

import pytest

from bot.playground.markup import parse_html
from bot.playground.refusals import UnparsableText


def entity(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_each_plain_tag_becomes_its_entity(tag: str, kind: str) -> None:
    parsed = parse_html(f"a <{tag}>word</{tag}> z")
    assert (parsed.text, parsed.entities) == ("a word z", [entity(kind, 2, 4)])


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('<a href="https://t.me/x?start=a&amp;b">x</a>', entity("text_link", 0, 1, url="https://t.me/x?start=a&b")),
        ("<a href='tg://settings'>x</a>", entity("text_link", 0, 1, url="tg://settings")),
        ('<span class="tg-spoiler">x</span>', entity("spoiler", 0, 1)),
        ("<blockquote expandable>x</blockquote>", entity("expandable_blockquote", 0, 1)),
        ('<tg-emoji emoji-id="53">x</tg-emoji>', entity("custom_emoji", 0, 1, custom_emoji_id="53")),
        ('<pre><code class="language-python">x</code></pre>', entity("pre", 0, 1, language="python")),
        ('<code class="language-python">x</code>', entity("code", 0, 1)),
    ],
)
def test_tags_with_attributes_become_their_entity(source: str, expected: dict[str, Any]) -> None:
    parsed = parse_html(source)
    assert (parsed.text, parsed.entities) == ("x", [expected])


def test_offsets_count_utf16_code_units() -> None:
    assert parse_html("😀 سلام <b>نادر</b>").entities == [entity("bold", 8, 4)]


def test_entities_nest_and_come_in_order() -> None:
    parsed = parse_html("<i>a<b>b</b></i><u>c</u>")
    assert parsed.entities == [entity("italic", 0, 2), entity("bold", 1, 1), entity("underline", 2, 1)]


def test_escapes_become_characters() -> None:
    assert parse_html("&lt;b&gt; &amp; &quot;&#1587;&#x633;&#128512;").text == '<b> & "سس😀'


def test_an_unknown_name_stays_text_and_is_noted() -> None:
    parsed = parse_html("a&nbsp;b & c")
    assert (parsed.text, parsed.unescaped) == ("a&nbsp;b & c", ("&nbsp;",))


def test_a_link_that_leads_nowhere_is_plain_text() -> None:
    parsed = parse_html('<a href="nowhere">x</a>')
    assert (parsed.text, parsed.entities) == ("x", [])


def test_an_empty_tag_leaves_nothing() -> None:
    assert parse_html("<b></b>x").entities == []


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("x</b>", "Unexpected end tag at byte offset 1"),
        ("<b>x</i>", 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'),
        ("<h1>x</h1>", 'Unsupported start tag "h1" at byte offset 0'),
        ("س <br>", 'Unsupported start tag "br" at byte offset 3'),
        ("1 < 2", "Unclosed start tag at byte offset 2"),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>x</b", "Unclosed end tag at byte offset 4"),
        ("<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<a href>x</a>", 'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0'),
        ('<a =">">x</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
    ],
)
def test_what_cannot_be_parsed_is_refused_with_telegrams_reason(source: str, reason: str) -> None:
    with pytest.raises(UnparsableText) as refused:
        parse_html(source)
    assert refused.value.description == f"Bad Request: can't parse entities: {reason}"
