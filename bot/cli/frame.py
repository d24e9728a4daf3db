"""Defines the parts that commands share: options, configuration, output and errors."""

import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.errors import MoarefError

if TYPE_CHECKING:
    from bot.config import Config

WRONG = 1
UNREADABLE = 2

ConfigOption = Annotated[Path, typer.Option("--config", metavar="FILE", help="The configuration file.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]
DEFAULT_CONFIG = Path("config.toml")


class CommandError(MoarefError):
    """Ends a command: prints each of `lines` on standard error and exits with the status, without a traceback."""

    def __init__(self, *lines: str, status: int = WRONG) -> None:
        super().__init__("; ".join(lines))
        self.lines = lines
        self.status = status


class BadFile(CommandError):
    """Reports a wrong input file. Each line begins with the file's name, so no prefix is added."""

    def __init__(self, *lines: str) -> None:
        super().__init__(*lines, status=UNREADABLE)


def need_demo_package(module: str, command: str) -> None:
    """Raises CommandError where the command's module, which is in the package moaref-demo, is not installed."""
    if find_spec(module) is None:
        how = "pip install --no-index --find-links FOLDER_OF_WHEELS 'moaref[demo]'"
        raise CommandError(f"`{command}` is in a package of its own: {how}")


def load_config(path: Path, *, token_needed: bool = True) -> "Config":
    """Returns the configuration: the file, overridden by the process's environment.

    Raises CommandError: status 2 when the file cannot be read, 1 with a line for each wrong key.
    """
    from bot.config import ConfigError, ConfigUnreadable, load

    try:
        return load(path, os.environ, token_needed=token_needed)
    except ConfigUnreadable as error:
        hint = "; `moaref init` writes one" if not path.exists() else ""
        raise CommandError(f"{error}{hint}", status=UNREADABLE) from None
    except ConfigError as error:
        raise CommandError(*map(str, error.problems)) from None


def print_json(result: Any) -> None:
    """Prints the result as indented JSON; Persian letters are not escaped."""
    typer.echo(json.dumps(result, ensure_ascii=False, indent=2))
