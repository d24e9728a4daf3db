"""Loads the books' SQL, once for the process."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import aiosql

_FOLDER = Path(__file__).parent / "queries"


@cache
def load_statements() -> Mapping[str, str]:
    """Returns every statement by its name. Only the text: calling through aiosql takes longer than SQLite itself."""
    queries: Any = aiosql.from_path(_FOLDER, "sqlite3")
    return {name: getattr(queries, name).sql for name in queries.available_queries}
