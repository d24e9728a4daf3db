"""Defines titles: what people read in place of the ids of ranks, offers, products and categories.

They belong to the configuration and to no programme: the engine knows ids alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from bot.kit.bidi import strip_controls
from bot.kit.digits import normalised
from bot.kit.formatting import Term, Text, Title
from bot.kit.languages import Language, by_preference

TitledKind = Literal["rank", "offer", "product", "category"]
"""What has a title: the kinds of rules in a commission's calculation that are named by an id."""

TITLE_LENGTH_MAX: Final = 40
TITLED_KINDS: Final[tuple[TitledKind, ...]] = ("rank", "offer", "product", "category")

TitleWords = Mapping[Language, str]
_RULES: Final[Mapping[str, TitledKind]] = {"offer-product": "offer", "offer-category": "offer"}


@dataclass(frozen=True, slots=True)
class Titles:
    """Holds the titles by kind and id."""

    words: Mapping[TitledKind, Mapping[str, TitleWords]] = field(default_factory=dict)

    def of(self, kind: TitledKind, id: str) -> Title:
        """Returns the title as members read it: in their language, else in another one, else the id."""
        return Title(id, self._words(kind, id))

    def with_id(self, kind: TitledKind, id: str) -> Term | Text:
        """Returns the title as admins read it, with the id behind it; the id alone where there is no title."""
        words = self._words(kind, id)
        return Term("title-and-id", title=Title(id, words), id=Text(id)) if words else Text(id)

    def plain(self, kind: TitledKind, id: str, language: Language) -> str:
        """Returns the title as plain text in a language."""
        words = self._words(kind, id)
        return next((words[each] for each in by_preference(language) if each in words), id)

    def named(self, kind: TitledKind, word: str) -> str | None:
        """Returns the id of the one thing that somebody calls by its id or by its title, in any language."""
        wanted = normalised(word).casefold()
        known = self.words.get(kind, {})
        if word in known:
            return word
        found = {id for id, words in known.items() for each in words.values() if normalised(each).casefold() == wanted}
        return found.pop() if len(found) == 1 else None

    def _words(self, kind: TitledKind, id: str) -> TitleWords:
        return self.words.get(kind, {}).get(id, {})


def kind_of_rule(kind: str) -> TitledKind | None:
    """Returns what names a rule of this kind; None for one without a title of its own, such as a link."""
    return _RULES.get(kind) or next((each for each in TITLED_KINDS if each == kind), None)


def clean_title(text: str) -> str:
    """Returns a title in one line. Raises ValueError with what was expected."""
    title = " ".join(strip_controls(text).split())
    if not 1 <= len(title) <= TITLE_LENGTH_MAX:
        raise ValueError(f"1 to {TITLE_LENGTH_MAX} characters")
    return title


class TitleBook:
    """Holds the titles in force; an offer that is made in the chat brings its own."""

    def __init__(self, titles: Titles) -> None:
        self.current = titles

    def put(self, kind: TitledKind, id: str, words: TitleWords) -> None:
        """Adds a title, or replaces it."""
        of_kind = {**self.current.words.get(kind, {}), id: words}
        self.current = Titles({**self.current.words, kind: of_kind})
