"""Defines what several tables of the configuration validate alike."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Generic, Protocol, TypeVar

from pydantic import AfterValidator, ConfigDict
from pydantic_core import PydanticKnownError

from bot.kit.config_tables import ConfigTable
from bot.kit.languages import LANGUAGES, Language
from engine.money import Currency


def _language(key: str) -> Language:
    if key not in LANGUAGES:
        raise PydanticKnownError("extra_forbidden")
    return key


InOneLanguage = TypeVar("InOneLanguage", bound=ConfigTable)


class TableByLanguage(ConfigTable, Generic[InOneLanguage]):
    """Base of tables that hold texts: besides its own keys, one table of texts for each language."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[Annotated[Language, AfterValidator(_language)], InOneLanguage]

    @property
    def words(self) -> dict[Language, InOneLanguage]:
        """Returns the texts that the file has, by language."""
        return self.__pydantic_extra__

    @classmethod
    def texts_model(cls) -> type[ConfigTable]:
        """Returns the model of the texts in one language."""
        generic = (getattr(each, "__pydantic_generic_metadata__", {}).get("args") for each in cls.__mro__)
        model: type[ConfigTable] = next(filter(None, generic))[0]
        return model


class HasId(Protocol):
    """A table of several, identified by its id."""

    @property
    def id(self) -> str:
        """Returns the id that the file gives it."""


def at_most(characters: int) -> AfterValidator:
    """Returns the validator of a text's maximum length, in characters."""

    def check(text: str) -> str:
        if len(text) > characters:
            raise ValueError(f"at most {characters} characters")
        return text

    return AfterValidator(check)


def at_most_units(units: int) -> AfterValidator:
    """Returns the validator of a text's maximum length as Telegram counts it: an emoji may count as two."""

    def check(text: str) -> str:
        if len(text.encode("utf-16-le", "replace")) > 2 * units:
            raise ValueError(f"at most {units} characters, of which an emoji may count as two")
        return text

    return AfterValidator(check)


def _currency(code: str) -> str:
    return Currency.of(code).code


CurrencyCode = Annotated[str, AfterValidator(_currency)]


def file_within(folder: Path, path: str) -> Path | None:
    """Returns the file if it lies in the folder once symbolic links and ".." are followed: it may be sent to anyone."""
    try:
        home, file = folder.resolve(), (folder / path).resolve(strict=True)
        return file if file.is_file() and file.is_relative_to(home) else None
    except (OSError, ValueError, RuntimeError):  # missing, a NUL byte in its name, a cycle of links
        return None


Several = TypeVar("Several", bound=Sequence[HasId])


def no_id_twice(tables: Several) -> Several:
    """Validates that ids are unique. Raises ValueError."""
    ids = [each.id for each in tables]
    if len(set(ids)) < len(ids):
        raise ValueError("a different id for each")
    return tables
