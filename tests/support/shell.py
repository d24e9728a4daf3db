"""Runs the command line as a shell does: arguments in, exit status out."""

from __future__ import annotations

import pytest

from bot.cli import main


def shell(*arguments: object) -> int:
    """Returns the exit status of a command line, run in this process."""
    with pytest.raises(SystemExit) as caught:
        main([str(argument) for argument in arguments])
    assert isinstance(caught.value.code, int)
    return caught.value.code
