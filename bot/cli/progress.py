"""Shows the progress of reading a long file: on standard error, and only on a terminal."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO

LONG_BYTES = 100_000
LINES_A_STEP = 200
STEP = 0.005


@contextmanager
def watched(file: BinaryIO, doing: str) -> Iterator[Iterable[bytes]]:
    """Yields the file's lines; shows a progress bar for a long file on a terminal."""
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


@contextmanager
def share_shown(doing: str) -> Iterator[Callable[[float], None]]:
    """Yields a function that takes the progress, from 0 to 1; shows a bar on a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(doing, total=1.0)
        shown = 0.0

        def show(share: float) -> None:
            nonlocal shown
            if share - shown >= STEP or share == 1.0:
                shown = share
                progress.update(task, completed=share)

        yield show
