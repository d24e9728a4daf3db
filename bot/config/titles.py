"""Reads titles: what people read for the ids of ranks, offers, products and categories.

Those of ranks and offers stand beside their ids and are taken out before the programme is built, so that another title
is no other programme. Products and categories have no table of their own there; their titles are in `titles`.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Final

from pydantic import AfterValidator, Field

from bot.config.products import ProductTable
from bot.config.tables import at_most
from bot.kit.config_tables import ConfigTable
from bot.kit.languages import LANGUAGES, Language
from bot.kit.titles import TitledKind, TitleWords, clean_title
from engine.programme.errors import ProgrammeProblem

TITLED_TABLES: Final[Mapping[str, TitledKind]] = {"ranks": "rank", "offers": "offer"}
TITLES_MAX: Final = 10_000
Found = dict[TitledKind, dict[str, TitleWords]]


def checked_title(value: Any) -> dict[Language, str]:
    """Returns the titles of one thing, by language. Raises ValueError with what was expected."""
    if not isinstance(value, Mapping) or not value:
        raise ValueError('a title for each language, such as { en = "Gold", fa = "طلایی" }')
    words = {}
    for language, text in value.items():
        if language not in LANGUAGES:
            raise ValueError(f"titles in {', '.join(LANGUAGES)}; {language} is not one of them")
        if not isinstance(text, str):
            raise ValueError(f"a text for {language}")
        try:
            words[language] = clean_title(text)
        except ValueError as error:
            raise ValueError(f"{error} for {language}") from None
    return words


Id = Annotated[str, Field(min_length=1), at_most(64)]
ByLanguage = Annotated[dict[str, str], AfterValidator(checked_title)]
ById = Annotated[dict[Id, ByLanguage], Field(max_length=TITLES_MAX)]


class TitleTable(ConfigTable):
    """Holds the titles of products and categories, by their ids and by language."""

    products: ById = Field(default_factory=dict)
    categories: ById = Field(default_factory=dict)


def without_titles(tables: Mapping[str, Any]) -> dict[str, Any]:
    """Returns the programme's tables without the titles in them; whatever is no table stays."""
    return {name: _bare(value) if name in TITLED_TABLES else value for name, value in tables.items()}


def _bare(rows: Any) -> Any:
    if not isinstance(rows, list):
        return rows
    return [{key: each[key] for key in each if key != "title"} if isinstance(each, Mapping) else each for each in rows]


def programme_titles(tables: Mapping[str, Any]) -> tuple[Found, list[ProgrammeProblem]]:
    """Returns the titles in the programme's tables, and what is wrong with them."""
    found: Found = {"rank": {}, "offer": {}}
    problems = []
    for key, kind, row in _titled(tables):
        try:
            found[kind][str(row.get("id"))] = checked_title(row["title"])
        except ValueError as error:
            problems.append(ProgrammeProblem(f"{key}.title", str(error)))
    return found, problems


def _titled(tables: Mapping[str, Any]) -> Iterator[tuple[str, TitledKind, Mapping[str, Any]]]:
    for name, kind in TITLED_TABLES.items():
        rows = tables.get(name)
        for place, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping) and "title" in row:
                yield f"{name}[{place}]", kind, row


def title_problems(
    table: TitleTable, products: Iterable[ProductTable], programme: Mapping[str, Any], *, with_shops: bool
) -> Iterator[ProgrammeProblem]:
    """Yields titles of what has its title elsewhere, and of ids that are named nowhere.

    A connected shop has products and categories that no table names, so any id may be one of its own.
    """
    sold = {each.id for each in products}
    for id in table.products:
        if id in sold:
            yield ProgrammeProblem(f"titles.products.{id}", "no title here; it is sold by [[products]], which has one")
        elif not with_shops and id not in _named(programme, "product", "products"):
            yield ProgrammeProblem(f"titles.products.{id}", "the id of a product that a rate or an offer names")
    categories = {each.category for each in products} | _named(programme, "category", "categories")
    for id in table.categories:
        if not with_shops and id not in categories:
            yield ProgrammeProblem(f"titles.categories.{id}", "the id of a category that a rate or an offer names")


def _named(programme: Mapping[str, Any], one: str, several: str) -> set[str]:
    """Returns the ids that the programme's tables name under either key."""
    rows: list[Any] = [row for name in ("rates", "offers") for row in _rows(programme.get(name))]
    program = programme.get("program")
    rows += [program["join"]] if isinstance(program, Mapping) and isinstance(program.get("join"), Mapping) else []
    ids = [row.get(one) for row in rows]
    for row in rows:
        ids += row[several] if isinstance(row.get(several), list) else []
    return {each for each in ids if isinstance(each, str)}


def _rows(table: Any) -> list[Any]:
    return [each for each in table if isinstance(each, Mapping)] if isinstance(table, list) else []


def titles_of(given: Found, table: TitleTable, products: Iterable[ProductTable]) -> Found:
    """Returns all titles of a configuration, by kind and id; a product that the bot sells has that of its invoice."""
    sold = {each.id: {lang: words.title for lang, words in each.words.items() if words.title} for each in products}
    return {**given, "product": {**table.products, **sold}, "category": dict(table.categories)}
