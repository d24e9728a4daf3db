"""Detects that a store's files were deleted, moved or replaced while they are open.

SQLite goes on writing to a file without a name, and that data is lost when the process ends.
"""

import os
import sqlite3
from pathlib import Path

from engine.errors import StoreError

_BESIDE = ("-wal", "-shm")  # opened with the file, kept as long as any connection is open


class StoreAway(sqlite3.OperationalError, StoreError):
    """Raised when the store's file is not the one that was opened: nothing counts as durable until it is back.

    Also an error of SQLite, so that callers who wait for an unavailable store wait for this as well.
    """


class StoreHeld(sqlite3.OperationalError, StoreError):
    """Raised when the store exists, but is not to be served until an operator confirms that it is the right one."""


class FileIdentity:
    """Holds the inodes of an opened store: of its file, its write-ahead log and their index. Its file never shrinks."""

    def __init__(self, path: Path | str) -> None:
        """Records the files of a connection that has read or written at least once; an in-memory database has none."""
        real = os.path.realpath(path)  # SQLite keeps its log beside the file that a symbolic link leads to
        self.held: str | None = None
        self._path, self._size = Path(path), 0
        files = [self._path, *(Path(f"{real}{ending}") for ending in _BESIDE)]
        self._inodes = {file: inode for file in files if (inode := inode_of(file)) is not None}

    def check(self) -> None:
        """Raises StoreAway where a file is not the one that was opened, StoreHeld while the store is on hold.

        Costs three calls of stat.
        """
        for file, inode in self._inodes.items():
            found = _stat_of(file)
            if found is None:
                raise StoreAway(f"{file}: the file has been deleted or moved")
            if (found.st_dev, found.st_ino) != inode:
                raise StoreAway(f"{file}: the file has been replaced by another")
            if file is self._path:
                self._check_size(found.st_size)
        if self.held is not None:
            raise StoreHeld(self.held)

    def _check_size(self, size: int) -> None:
        """Raises StoreAway if the file shrank: it is never vacuumed, so it was truncated, or overwritten by an older
        copy.
        """
        if size < self._size:
            raise StoreAway(f"{self._path}: the file has been cut short, from {self._size} bytes to {size}")
        self._size = size


def inode_of(file: Path) -> tuple[int, int] | None:
    """Returns device and inode of the file at a path; None where there is none."""
    found = _stat_of(file)
    return None if found is None else (found.st_dev, found.st_ino)


def _stat_of(file: Path) -> os.stat_result | None:
    try:
        return os.stat(file)  # noqa: PTH116  a Path costs twice as much, and this is asked with every read and write
    except OSError:
        return None
