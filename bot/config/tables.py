"""What all tables of the configuration are made of."""

import re
from collections.abc import Sequence
from typing import Annotated, Protocol, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from engine.money import Currency

_ADDRESS = re.compile(r"https?://[^\s/]\S*")


class Table(BaseModel):
    """A table of the file: no key but its own, no type but the one asked for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Named(Protocol):
    """One of several tables, which are told apart by their ids."""

    @property
    def id(self) -> str:
        """The id that the file gives it."""


def at_most(characters: int) -> AfterValidator:
    """The validator of texts that are no longer; all of them count."""

    def check(text: str) -> str:
        if len(text) > characters:
            raise ValueError(f"at most {characters} characters")
        return text

    return AfterValidator(check)


def is_address(text: str) -> bool:
    """Whether this is an address of the web."""
    return _ADDRESS.fullmatch(text) is not None


def http_address(url: str) -> str:
    """ValueError for what is no address of the web."""
    if not is_address(url):
        raise ValueError("an address that begins with https:// or http://")
    return url


def _currency(code: str) -> str:
    return Currency.of(code).code


CurrencyCode = Annotated[str, AfterValidator(_currency)]


Several = TypeVar("Several", bound=Sequence[Named])


def no_id_twice(tables: Several) -> Several:
    """Raises ValueError for two tables of one id."""
    ids = [each.id for each in tables]
    if len(set(ids)) < len(ids):
        raise ValueError("an id of its own for each")
    return tables
