"""What every test begins with."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator

import pytest
import structlog


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
