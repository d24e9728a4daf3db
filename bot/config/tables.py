"""Defines what several tables of the configuration validate alike."""

from collections.abc import Sequence
from typing import Annotated, Protocol, TypeVar

from pydantic import AfterValidator

from engine.money import Currency


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


def _currency(code: str) -> str:
    return Currency.of(code).code


CurrencyCode = Annotated[str, AfterValidator(_currency)]


Several = TypeVar("Several", bound=Sequence[HasId])


def no_id_twice(tables: Several) -> Several:
    """Validates that ids are unique. Raises ValueError."""
    ids = [each.id for each in tables]
    if len(set(ids)) < len(ids):
        raise ValueError("a different id for each")
    return tables
