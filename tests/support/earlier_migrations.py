"""Takes the migrations of a version that lacks the newest ones."""

from __future__ import annotations

from pathlib import Path
from shutil import copy


def migrations_before(pattern: str, migrations: Path, folder: Path) -> Path:
    """Copies the migrations before the one that the pattern names into a new folder below `folder`; returns it."""
    early = folder / "early"
    early.mkdir()
    (newer,) = migrations.glob(pattern)
    for path in migrations.glob("*.sql"):
        if path.name < newer.name:
            copy(path, early)
    return early
