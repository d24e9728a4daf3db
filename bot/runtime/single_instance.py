"""Allows one bot on a store: two would each send the outbox's messages, and everyone would get everything twice."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import StoreError
from engine.store.connection import OWNER_ONLY


@contextmanager
def alone_on(database: Path) -> Iterator[None]:
    """Locks the store while it is served. Creates an empty file where there is none. Raises StoreError.

    The lock is on the store's own inode, so that other names of the file do not bypass it, and the system releases it
    however the process ends. It is not one of SQLite's locks: the other commands work while the bot runs. Closing any
    descriptor of a file releases all locks that SQLite holds on it in this process; so this one is opened before SQLite
    opens the file, and closed after it.
    """
    try:
        descriptor = os.open(database, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, OWNER_ONLY)
    except OSError as problem:
        raise StoreError(f"{database}: {problem.strerror}") from None
    try:
        _lock(descriptor, database)
        yield
    finally:
        os.close(descriptor)


def _lock(descriptor: int, database: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise StoreError(f"{database}: another `moaref run` serves this store") from None
    except OSError as problem:
        raise StoreError(f"{database}: it cannot be locked: {problem.strerror}") from None
    if not _leads_to(database, descriptor):
        raise StoreError(f"{database}: the file was replaced while it was opened")


def _leads_to(database: Path, descriptor: int) -> bool:
    try:
        return os.path.samestat(database.stat(), os.fstat(descriptor))
    except OSError:
        return False
