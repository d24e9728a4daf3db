"""`moaref export`: what the programme keeps, as files others can read."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot.cli.frame import DEFAULT_CONFIG, ConfigOption
from bot.cli.store import StoreOption, open_store


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Write what the programme keeps as files that others can read.", no_args_is_help=True)
    group.command("events")(events)
    # A callback keeps the group a group while it has one command.
    group.callback()(_group)
    app.add_typer(group, name="export")


def _group() -> None:
    """Write what the programme keeps as files that others can read."""


def events(
    config: ConfigOption = DEFAULT_CONFIG,
    store: StoreOption = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; else standard output.")] = None,
) -> None:
    """Write the journal as JSON Lines, one event a line, as `moaref replay` reads it; refused events too."""
    from engine.event_json import iso_time

    with open_store(config, store) as connection:
        lines = (
            json.dumps({"at": iso_time(row["at"]), **json.loads(row["content"])}, ensure_ascii=False)
            for row in connection.execute("SELECT at, content FROM journal ORDER BY seq")
        )
        if out is None:
            for line in lines:
                typer.echo(line)
        else:
            with out.open("w", encoding="utf-8") as file:
                file.writelines(line + "\n" for line in lines)
