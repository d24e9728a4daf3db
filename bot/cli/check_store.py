"""Checks the store's files for `moaref check`."""

import os
import stat
from contextlib import closing
from pathlib import Path

from engine.store.driver import DriverError, Row, connect_read_only

_ENDINGS = ("", "-wal", "-shm")


def store_warnings(database: Path) -> list[str]:
    """Returns a warning for each file of the store that other users of this machine may read or change."""
    files = [database.with_name(database.name + ending) for ending in _ENDINGS]
    return [
        f"{file}: others on this machine can read or change it, and it holds people's money and names; chmod 600 {file}"
        for file in files
        if is_open_to_others(file)
    ]


def clock_warnings(database: Path) -> list[str]:
    """Returns a warning where the system clock disagrees with the store's knowledge of time."""
    from bot.runtime.clock import SystemClock
    from bot.store.trusted_clock import trusted_clock_on

    if not database.exists():
        return []
    try:
        with closing(connect_read_only(database)) as connection:
            connection.row_factory = Row
            doubt = trusted_clock_on(connection, SystemClock()).doubt()
    except DriverError:
        return []  # the other commands report its problem
    return [f"clock: {doubt}"] if doubt is not None else []


def is_open_to_others(path: Path) -> bool:
    """Returns whether a file's mode gives access to anyone but its owner; False for a missing file."""
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
    except OSError:
        return False
    return os.name == "posix" and bool(mode & (stat.S_IRWXG | stat.S_IRWXO))
