"""Reads a picture that the operator provides as a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.kit.brand import Brand


def read_picture(recipe: Mapping[str, Any], _brand: Brand) -> bytes:
    """Returns the content of {"path": an absolute path}, as it is. Raises OSError."""
    return Path(recipe["path"]).read_bytes()
