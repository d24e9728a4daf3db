"""Defines the configuration's errors."""

from pathlib import Path

from engine.errors import MoarefError
from engine.programme.model import ProgrammeProblem


class ConfigError(MoarefError):
    """Raised for a configuration that was read and is wrong; `problems` holds everything that was found."""

    def __init__(self, problems: tuple[ProgrammeProblem, ...]) -> None:
        super().__init__("; ".join(map(str, problems)))
        self.problems = problems


class ConfigUnreadable(MoarefError):
    """Raised when the file could not be read; `reason` is the system's."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"{path}: {reason}")
        self.path = path
        self.reason = reason
