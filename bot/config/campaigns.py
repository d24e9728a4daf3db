"""Defines the tables `[[campaigns]]` of the configuration: texts and pictures that members pass on with their link."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from bot.config.tables import TableByLanguage, at_most, file_within, no_id_twice
from bot.kit.campaigns import CODE, LINK, Campaign, CampaignWords, in_each_language
from bot.kit.config_tables import ConfigTable, is_address
from engine.programme.model import ProgrammeProblem

CAMPAIGNS_MAX = 40
TEXT_LENGTH_MAX = 700
"""With a link in it a caption may have 1,024."""


def _with_link(text: str) -> str:
    if text and (LINK not in text or re.search("[{}]", text.replace(LINK, "").replace(CODE, ""))):
        raise ValueError("a text with {link} in it, perhaps {code}, and no other braces")
    return text


class CampaignTexts(ConfigTable):
    """Holds a campaign in one language. Empty: another language's."""

    title: Annotated[str, at_most(32)] = ""
    text: Annotated[str, at_most(TEXT_LENGTH_MAX), AfterValidator(_with_link)] = ""


class CampaignTable(TableByLanguage[CampaignTexts]):
    """Holds words for members to pass on. `picture` is an address, or a file's path from the configuration's folder."""

    id: Annotated[str, Field(min_length=1, max_length=32, pattern=r"^[a-z0-9_-]+$")]
    products: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=64)], ...], Field(strict=False)] = ()
    picture: str = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not any(each.text for each in self.words.values()):
            raise ValueError("a text in one language at least")
        return self


def picture_problems(tables: Iterable[CampaignTable], folder: Path) -> Iterator[ProgrammeProblem]:
    """Yields pictures that are neither an address nor a file, or a file outside the configuration's folder."""
    for place, table in enumerate(tables):
        if table.picture and not is_address(table.picture) and file_within(folder, table.picture) is None:
            yield ProgrammeProblem(f"campaigns[{place}].picture", "an address, or a file in the configuration's folder")


def campaigns_of(tables: Iterable[CampaignTable], folder: Path) -> dict[str, Campaign]:
    """Returns the campaigns for handlers, by id, in the configuration's order; relative paths begin at `folder`."""
    return {each.id: _campaign(each, folder) for each in tables}


def _campaign(table: CampaignTable, folder: Path) -> Campaign:
    words = {language: CampaignWords(each.title or table.id, each.text) for language, each in table.words.items()}
    is_file = table.picture and not is_address(table.picture)
    picture = str((folder / table.picture).resolve()) if is_file else table.picture
    return Campaign(table.id, table.products, picture, in_each_language(words))


Campaigns = Annotated[
    tuple[CampaignTable, ...], Field(strict=False, max_length=CAMPAIGNS_MAX), AfterValidator(no_id_twice)
]
