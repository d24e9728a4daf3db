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
from typing import NoReturn

IMPORTED_BEFORE = ["bot.app", "bot.cli.run", "bot.monitoring.store_marker", "bot.runtime.logging_setup"]


@cache
def _context() -> ForkServerContext:
    """Returns the context whose server is started with the first process, and ends with this one."""
    context = get_context("forkserver")
    context.set_forkserver_preload(IMPORTED_BEFORE)
    return context


class WarmProcess:
    """Runs `moaref ARGUMENTS`, which writes all that it says to the end of `log`."""

    def __init__(self, arguments: Sequence[str], log: Path) -> None:
        self._process: ForkServerProcess = _context().Process(
            target=_moaref, args=(arguments, log, dict(os.environ), Path.cwd())
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


def _moaref(arguments: Sequence[str], log: Path, environment: Mapping[str, str], folder: Path) -> NoReturn:
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    for standard in (1, 2):
        os.dup2(output, standard)
    os.close(output)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    sys.argv = ["moaref", *arguments]
    from bot.cli import main

    main()
