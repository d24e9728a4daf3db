"""The page's texts: the same keys in both languages, the same holes in each text, Persian written as Persian is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from bot.playground.page.assets import STATIC

PARTS = sorted({path.name.removesuffix(".en.json") for path in STATIC.glob("strings*.en.json")})
# The button to the other language is in that language.
NAMED_ELSEWHERE = {"tool.language": "English", "tool.language.short": "EN"}


def texts(part: str, lang: str) -> dict[str, str]:
    pairs = json.loads((STATIC / f"{part}.{lang}.json").read_text(encoding="utf-8"), object_pairs_hook=list)
    keys = [key for key, _ in pairs]
    assert len(keys) == len(set(keys)), "a key stands twice"
    return dict(pairs)


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_there_are_texts() -> None:
    assert "strings" in PARTS
    assert len(texts("strings", "en")) > 50


@pytest.mark.parametrize("part", PARTS)
def test_both_languages_have_the_same_keys_and_holes(part: str) -> None:
    english, persian = texts(part, "en"), texts(part, "fa")
    assert english.keys() == persian.keys()
    assert {key: holes(text) for key, text in english.items()} == {key: holes(text) for key, text in persian.items()}
    assert [key for key, text in {**english, **persian}.items() if not text.strip()] == []


@pytest.mark.parametrize("part", PARTS)
def test_persian_has_persian_letters_digits_and_punctuation(part: str) -> None:
    for key, text in texts(part, "fa").items():
        prose = re.sub(r"\{\w+\}|/\w+|<[^>]+>|[+\w-]*\.\w+", "", text)
        assert not re.search(r"[يكى٠-٩]", prose), f"{key}: an Arabic letter or digit"
        assert not re.search(r"[,;?]", prose), f"{key}: Latin punctuation"
        if NAMED_ELSEWHERE.get(key) != text:
            assert re.search(r"[\u0600-\u06ff]", prose) or not re.search(r"\w", prose), f"{key}: not Persian"
            assert not re.search(r"(?<![A-Za-z])[0-9]", prose), f"{key}: a Latin digit"


def test_every_text_that_is_asked_for_is_there() -> None:
    known = {key for part in PARTS for key in texts(part, "en")}
    asked: set[str] = set()
    for path in (path for path in STATIC.iterdir() if path.suffix in {".js", ".html"}):
        source = path.read_text(encoding="utf-8")
        asked |= set(re.findall(r"\bt\(\s*\"([\w.]+)\"", source))
        asked |= set(re.findall(r"data-t(?:-label)?=\"([\w.]+)\"", source))
    assert len(asked) > 40
    assert asked - known == set()


def test_no_text_is_there_that_nobody_asks_for() -> None:
    sources = [path.read_text(encoding="utf-8") for path in STATIC.iterdir() if path.suffix in {".js", ".html"}]
    source = "\n".join(sources)
    begun = set(re.findall(r"`([\w.]+\.)\$\{", source))
    unasked = {
        key
        for key in texts("strings", "en")
        if not re.search(rf"[\"`]{re.escape(key)}[\"`]", source) and not key.startswith(tuple(begun))
    }
    assert unasked == set()


def test_the_files_of_texts_come_in_pairs() -> None:
    files = {path.name for path in Path(STATIC).glob("strings*.json")}
    assert files == {f"{part}.{lang}.json" for part in PARTS for lang in ("en", "fa")}
