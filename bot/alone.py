"""One bot on a store: two would each send what is in the outbox, and everybody would hear everything twice."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from engine.errors import StoreError


@contextmanager
def alone_on(database: Path) -> Iterator[None]:
    """Nobody else serves this store meanwhile. Raises StoreError where somebody does.

    A lock on a file beside it, which the system lets go however the process ends. It is no lock on the store itself:
    the other commands work while the bot runs.
    """
    beside = database.with_name(f"{database.name}-run")
    try:
        file = beside.open("a")
    except OSError as problem:
        raise StoreError(f"{beside}: {problem.strerror}") from None
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{database}: another `moaref run` serves this store") from None
        yield
