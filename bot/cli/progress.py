"""How far a long file has been read, for whoever watches: on standard error, and only where that is a terminal."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

LONG_BYTES = 100_000
LINES_A_STEP = 200


@contextmanager
def watched(file: BinaryIO, doing: str) -> Iterator[Iterable[bytes]]:
    """The file's lines; a bar shows how far they have been read where the file is long and somebody can see it."""
    size = os.fstat(file.fileno()).st_size
    if size < LONG_BYTES or not sys.stderr.isatty():
        yield file
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=size)
        yield _counted(file, lambda done: progress.update(task, completed=done))


def _counted(file: BinaryIO, told: Callable[[int], None]) -> Iterator[bytes]:
    done = 0
    for number, line in enumerate(file):
        done += len(line)
        if number % LINES_A_STEP == 0:
            told(done)
        yield line
    told(done)
