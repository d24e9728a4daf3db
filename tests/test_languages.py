"""Languages are rows of one table: nothing else in the source knows a language by its code."""

import ast
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl
from fluent.syntax.visitor import Visitor

from bot.kit.languages import FALLBACK, HABITS, LANGUAGES, by_preference, fallback_first, named, own_names
from bot.kit.texts import LOCALE

ROOT = Path(__file__).parents[1]
TABLE = "bot/kit/languages.py"
OWN_DATA = ("bot/playground/", "bot/cli/demo", "bot/cli/benchmarks/")
"""The demo and the benchmarks have people, goods and a story in languages of their own choice."""


def named_languages(source: str) -> Iterator[str]:
    """Texts, attributes and keywords that are a language's code."""
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Constant(value=str(name)) | ast.Attribute(attr=name) | ast.keyword(arg=str(name)):
                if name in LANGUAGES:
                    yield f"line {node.lineno}: {name}"


def sources() -> Iterator[tuple[str, str]]:
    for folder in ("bot", "handlers", "engine"):
        for file in sorted((ROOT / folder).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            if name != TABLE and not name.startswith(OWN_DATA):
                yield name, file.read_text(encoding="utf-8")


def test_no_other_file_knows_a_language_by_its_code() -> None:
    found = {name: list(named_languages(source)) for name, source in sources()}
    assert len(found) > 300
    assert {name: lines for name, lines in found.items() if lines} == {}


@pytest.mark.parametrize(
    "line", ['language == "fa"', 'name in ("fa", "x")', "texts.fa", "dict(en=1)", '{"en": 1}["x"]']
)
def test_a_line_that_knows_a_language_would_be_seen(line: str) -> None:
    assert len(list(named_languages(line))) == 1


class VariantKeys(Visitor):
    def __init__(self) -> None:
        self.keys: set[str] = set()

    def visit_Variant(self, node: ftl.Variant) -> None:  # noqa: N802  # fluent's naming
        if isinstance(node.key, ftl.Identifier):
            self.keys.add(node.key.name)
        self.generic_visit(node)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_chooses_by_a_language_s_code(language: str) -> None:
    catalogue = FluentParser().parse((LOCALE / f"{language}.ftl").read_text(encoding="utf-8"))
    visitor = VariantKeys()
    visitor.visit(catalogue)
    assert "one" in visitor.keys
    assert visitor.keys & set(LANGUAGES) == set()
    ids = [each.id.name for each in catalogue.body if isinstance(each, ftl.Message)]
    assert [each for each in ids if each.rpartition("-")[2] in LANGUAGES] == []


def test_each_catalogue_has_its_row_and_each_row_its_catalogue() -> None:
    assert {file.stem for file in LOCALE.glob("*.ftl")} == set(LANGUAGES)


def test_a_row_has_ten_digits_and_a_fallback_of_the_table() -> None:
    for habits in HABITS.values():
        assert len(set(habits.numbers.digits)) == 10
        assert [int(digit) for digit in habits.numbers.digits] == list(range(10))
        assert habits.fallback in LANGUAGES


def test_a_new_row_comes_last_where_places_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    before, names = fallback_first(), own_names()
    monkeypatch.setitem(HABITS, "ckb", HABITS["fa"])
    assert fallback_first() == (*before, "ckb")
    assert before[0] == FALLBACK
    assert own_names() == f"{names} / {HABITS['fa'].own_name}"


def test_a_text_that_lacks_is_read_in_the_row_s_fallback_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HABITS, "ckb", replace(HABITS["fa"], fallback="fa"))
    assert list(by_preference("ckb"))[:3] == ["ckb", "fa", "en"]
    assert list(by_preference("fa"))[:2] == ["fa", "en"]
    assert all(sorted(by_preference(each)) == sorted(LANGUAGES) for each in LANGUAGES)


@pytest.mark.parametrize(
    ("languages", "reader", "names"),
    [
        (["fa", "en"], "en", "English and Persian"),
        (["en", "fa"], "fa", "فارسی و انگلیسی"),
        (["en", "fa", "ar"], "fa", "فارسی، انگلیسی، و عربی"),
        (["fa"], "en", "Persian"),
        (["xx"], "en", "xx"),
        ([], "en", ""),
    ],
)
def test_languages_are_named_in_the_reader_s(languages: list[str], reader: str, names: str) -> None:
    assert named(languages, reader) == names
