"""Notices that a store's files were deleted, moved or replaced while they are open.

SQLite goes on writing to a file that has lost its name, and whatever it says is durable is lost when the process ends.
"""

import os
import sqlite3
from pathlib import Path

from engine.errors import StoreError

_BESIDE = ("-wal", "-shm")  # opened with the file, kept as long as anybody has it open


class StoreAway(sqlite3.OperationalError, StoreError):
    """The store's file is not the one that was opened: nothing may be believed to be kept until it is back.

    It is an error of SQLite's, too: whoever waits while a store cannot be written waits for this as well.
    """


class StoreHeld(sqlite3.OperationalError, StoreError):
    """The store is there, but nobody is to be served from it until somebody has said that it is the right one."""


class FileIdentity:
    """The inodes of an opened store: of its file, its write-ahead log and their index. Its file never gets smaller."""

    def __init__(self, path: Path | str) -> None:
        """Takes the files of a connection that has read or written at least once; a database in memory has none."""
        real = os.path.realpath(path)  # SQLite keeps its log beside the file that a symbolic link leads to
        self.held: str | None = None
        files = [Path(path), *(Path(f"{real}{ending}") for ending in _BESIDE)]
        self._inodes = {file: inode for file in files if (inode := inode_of(file)) is not None}
        self._path, self._size = Path(path), 0

    def check(self) -> None:
        """Raises StoreAway where a file is not the one that was opened, StoreHeld while somebody has said why.

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
    """Returns device and inode of what a path leads to; None where it leads nowhere."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
