"""Defines the command `moaref`: parses, calls, prints. One file for each command, one line for each in `COMMANDS`.

A command's module has a function `register(app)` which adds it to the application, and imports heavy modules inside the
command, so that `moaref --help` is quick. Exit status: 0 for success, 1 when the request was wrong or failed, 2 when it
could not be read or understood.
"""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Annotated, NoReturn

import typer

from bot.cli.frame import BadFile, CommandError

COMMANDS = (
    "init",
    "check",
    "run",
    "demo",
    "programme",
    "member",
    "stats",
    "admins",
    "verify",
    "clock",
    "jobs",
    "replay",
    "import_orders",
    "export",
    "shop",
    "outbox",
    "bench",
)


OWNERS_UMASK = 0o077
"""File mode mask: the files a command creates (a store, its log, exports) are private to the current user."""


def build_app() -> typer.Typer:
    """Returns the application with every command of the registry, in its order."""
    app = typer.Typer(
        name="moaref",
        help="A referral programme in a Telegram bot.",
        no_args_is_help=True,
        add_completion=False,
        # A traceback with local variables could show a token.
        pretty_exceptions_enable=False,
    )
    app.callback()(_options_of_the_whole)
    for name in COMMANDS:
        import_module(f"bot.cli.{name}").register(app)
    return app


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs the command line and exits; `arguments` replaces the process's own."""
    try:
        build_app()(args=arguments, prog_name="moaref")
    except CommandError as error:
        speaker = "" if isinstance(error, BadFile) else "moaref: "
        for line in error.lines:
            typer.echo(f"{speaker}{line}", err=True)
        sys.exit(error.status)
    sys.exit(0)


def _version_of_the_package() -> str:
    try:
        return version("moaref")
    except PackageNotFoundError:
        return "(not installed)"


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"moaref {_version_of_the_package()}")
        raise typer.Exit


def _options_of_the_whole(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    os.umask(OWNERS_UMASK)
