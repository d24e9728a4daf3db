"""A picture that the operator has made: a file, as it is."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def read_picture(recipe: Mapping[str, Any]) -> bytes:
    """The content of {"path": an absolute path}. Raises OSError."""
    return Path(recipe["path"]).read_bytes()
