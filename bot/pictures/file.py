"""Reads a picture that the operator provides as a file."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def read_picture(recipe: Mapping[str, Any]) -> bytes:
    """Returns the content of {"path": an absolute path}. Raises OSError."""
    return Path(recipe["path"]).read_bytes()
