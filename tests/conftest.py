"""What every test begins with."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import structlog
from hypothesis import settings

from examples import FEW, LONG, QUICK

# Containers often forbid byte code. pytest would then rewrite all test files in each worker at each start, and each
# process that a test starts would compile the whole project.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile(QUICK, max_examples=FEW)
settings.register_profile(LONG)

MEMORY_DISK = Path("/dev/shm")  # noqa: S108  pytest makes a folder of its own in it
MEMORY_DISK_FREE_MIN = 3 * 2**30

# Thousands of stores are made, each with a dozen commits that a disk would confirm one by one. Tests kill processes,
# not machines: what a process has written outlives it in memory as well.
if MEMORY_DISK.is_dir() and shutil.disk_usage(MEMORY_DISK).free > MEMORY_DISK_FREE_MIN:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY_DISK))


@pytest.fixture(autouse=True)
def logs_as_they_were() -> Iterator[None]:
    """A command that sets the process's logs up must not change what the next test sees of them."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {
        name: logger.level for name, logger in root.manager.loggerDict.items() if isinstance(logger, logging.Logger)
    }
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, logger in root.manager.loggerDict.items():
        if isinstance(logger, logging.Logger):
            logger.setLevel(levels.get(name, logging.NOTSET))
            logger.disabled = False  # what a library's own set-up does to all there were
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()


@pytest.fixture(autouse=True)
def umask_as_it_was() -> Iterator[None]:
    """A command sets the process's mask for new files."""
    before = os.umask(0o022)
    os.umask(before)
    yield
    os.umask(before)


@pytest.fixture(autouse=True)
def priority_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """A command lowers the process's priority, and nobody may raise it again."""
    monkeypatch.setattr(os, "nice", lambda _: 0)
