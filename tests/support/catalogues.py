"""The catalogues as tests read them: every text that a message can come out as, in each language."""

import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from fluent.syntax import FluentParser
from fluent.syntax import ast as ftl

import bot
from bot.kit.languages import FALLBACK, LANGUAGES, Language, named, own_names

LOCALE = Path(str(bot.__file__)).parent.parent / "locale"

SLOT = "\ufffc"

LANGUAGE_NAMES = ("language", "languages", "others")
"""Arguments that are shown as words of the text's own language."""


def parsed(language: Language) -> ftl.Resource:
    return FluentParser().parse((LOCALE / f"{language}.ftl").read_text(encoding="utf-8"))


class Catalogue:
    """One language's messages, and every text that each of them can come out as, with a mark for each placeholder."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.entries = [entry for entry in parsed(language).body if isinstance(entry, ftl.Message | ftl.Term)]
        self.messages = {entry.id.name: entry for entry in self.entries if isinstance(entry, ftl.Message)}
        self._terms = {entry.id.name: entry for entry in self.entries if isinstance(entry, ftl.Term)}

    def outcomes(self, message_id: str) -> set[str]:
        return set(self._pattern(self.messages[message_id].value))

    def lines(self) -> Iterator[tuple[str, str]]:
        for message_id in self.messages:
            for outcome in self.outcomes(message_id):
                yield from ((message_id, line) for line in outcome.split("\n"))

    def _pattern(self, pattern: Any) -> list[str]:
        parts = [self._element(element) for element in pattern.elements]
        return ["".join(chosen) for chosen in itertools.product(*parts)]

    def _element(self, element: Any) -> list[str]:
        match element:
            case ftl.TextElement():
                return [element.value]
            case ftl.Placeable():
                return self._element(element.expression)
            case ftl.SelectExpression():
                return [text for variant in element.variants for text in self._pattern(variant.value)]
            case ftl.StringLiteral():
                return [element.parse()["value"]]
            case ftl.MessageReference():
                return self._pattern(self.messages[element.id.name].value)
            case ftl.TermReference():
                return self._pattern(self._terms[element.id.name].value)
            case ftl.VariableReference(id=ftl.Identifier(name=name)):
                return [named((FALLBACK,), self._language) if name in LANGUAGE_NAMES else SLOT]
            case ftl.FunctionReference(id=ftl.Identifier(name="OWN_NAMES")):
                return [own_names()]
        raise AssertionError(f"catalogues do not use {element}")


CATALOGUES = {language: Catalogue(language) for language in LANGUAGES}
REFERENCE, PERSIAN = CATALOGUES[FALLBACK], CATALOGUES["fa"]
