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
    """The inodes of an opened store: of its file, its write-ahead log and their index. Its file never gets smaller."""

    def __init__(self, path: Path | str) -> None:
        """Records the files of a connection that has read or written at least once; an in-memory database has none."""
        real = os.path.realpath(path)  # SQLite keeps its log beside the file that a symbolic link leads to
        self.held: str | None = None
        files = [Path(path), *(Path(f"{real}{ending}") for ending in _BESIDE)]
        self._inodes = {file: inode for file in files if (inode := inode_of(file)) is not None}
        self._path, self._size = Path(path), 0

    def check(self) -> None:
        """Raises StoreAway where a file is not the one that was opened, StoreHeld while the store is on hold.

        Costs four calls of stat.
        """
        for file, inode in self._inodes.items():
            found = inode_of(file)
            if found is None:
                raise StoreAway(f"{file}: the file has been deleted or moved")
            if found != inode:
                raise StoreAway(f"{file}: the file has been replaced by another")
        self._check_size()
        if self.held is not None:
            raise StoreHeld(self.held)

    def _check_size(self) -> None:
        """Nobody here vacuums the file: one that has become smaller was cut short, or written over by an older copy."""
        if self._path not in self._inodes:
            return
        size = _size_of(self._path)
        if size < self._size:
            raise StoreAway(f"{self._path}: the file has been cut short, from {self._size} bytes to {size}")
        self._size = size


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0


def inode_of(file: Path) -> tuple[int, int] | None:
    """Returns device and inode of the file at a path; None where there is none."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
