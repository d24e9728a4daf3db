"""Starts `moaref` as a process of its own from one that has imported the bot already: a fork, not 1.5 s of imports.

It has a process id, a memory and files of its own, is killed and ends as any other. What differs is that nothing is
imported anew: tests/chat/test_run.py starts `python -m bot` itself.
"""

from __future__ import annotations

import atexit
import os
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from subprocess import CompletedProcess
from tempfile import TemporaryDirectory
from typing import NoReturn

IMPORTED_BEFORE = ["bot.app", "bot.cli.run", "bot.monitoring.store_marker", "bot.runtime.logging_setup"]


@cache
def _context() -> ForkServerContext:
    """Returns the context whose server is started with the first process, and ends with this one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(IMPORTED_BEFORE)
    return context


class WarmProcess:
    """Runs `moaref ARGUMENTS`, which writes what it says to the end of `output`; its errors to `errors`, if given."""

    def __init__(self, arguments: Sequence[str], output: Path, errors: Path | None = None) -> None:
        self._process: ForkServerProcess = _context().Process(
            target=_moaref, args=(arguments, (output, errors or output), dict(os.environ), Path.cwd())
        )
        self._process.start()
        atexit.register(self._process.kill)  # one that a failed test has left would be waited for, for ever

    def send_signal(self, number: int) -> None:
        """Sends a signal, if the process has not ended."""
        if self._process.is_alive() and self._process.pid is not None:
            os.kill(self._process.pid, number)

    def wait(self, timeout: float) -> int:
        """Returns the exit status, negative for a signal. Raises TimeoutError."""
        self._process.join(timeout)
        status = self._process.exitcode
        if status is None:
            raise TimeoutError(f"the process did not end within {timeout} s")
        atexit.unregister(self._process.kill)
        self._process.close()
        return status


def moaref(*arguments: str, timeout: float = 60) -> CompletedProcess[str]:
    """Runs `moaref ARGUMENTS` to its end; `timeout` in seconds. Raises TimeoutError."""
    with TemporaryDirectory(prefix="moaref-said-") as folder:
        output, errors = Path(folder) / "output", Path(folder) / "errors"
        status = WarmProcess(arguments, output, errors).wait(timeout)
        said = [file.read_text(encoding="utf-8") for file in (output, errors)]
    return CompletedProcess(arguments, status, *said)


def _moaref(
    arguments: Sequence[str], outputs: tuple[Path, Path], environment: Mapping[str, str], folder: Path
) -> NoReturn:
    for standard, file in enumerate(outputs, start=1):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        os.dup2(opened, standard)
        os.close(opened)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["moaref", *arguments]
    from bot.cli import main

    main()
