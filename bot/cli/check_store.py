"""What `moaref check` says of the store's files."""

import os
import stat
from pathlib import Path

_ENDINGS = ("", "-wal", "-shm")


def store_warnings(database: Path) -> list[str]:
    """Returns a warning for each file of the store that other users of this machine may read or change."""
    files = [database.with_name(database.name + ending) for ending in _ENDINGS]
    return [
        f"{file}: others on this machine can read or change it, and it holds people's money and names; chmod 600 {file}"
        for file in files
        if is_open_to_others(file)
    ]


def is_open_to_others(path: Path) -> bool:
    """Returns whether a file's mode lets anybody but its owner at it; False for a missing file."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return False
    return os.name == "posix" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
