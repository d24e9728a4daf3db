"""Defines the base of all tables of the configuration."""

import re

from pydantic import BaseModel, ConfigDict

_ADDRESS = re.compile(r"https?://[^\s/]\S*")


class ConfigTable(BaseModel):
    """Base of the file's tables: refuses unknown keys and values of other types."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


def is_address(text: str) -> bool:
    """Returns whether the text is a web address."""
    return _ADDRESS.fullmatch(text) is not None


def http_address(url: str) -> str:
    """Validates a web address. Raises ValueError."""
    if not is_address(url):
        raise ValueError("an address that begins with https:// or http://")
    return url
