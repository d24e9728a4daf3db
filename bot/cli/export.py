"""`moaref export`: writes the programme's data as files for other tools."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.cli.frame import DEFAULT_CONFIG, UNREADABLE, CommandError, ConfigOption
from bot.cli.store import StoreOption, open_store
from bot.cli.tables import TABLES, ExportTable, write

if TYPE_CHECKING:
    from engine.money import Currency
    from engine.store.driver import Connection

OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help="The file to write; default: stdout.")]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Write the programme's data as files for other tools.", no_args_is_help=True)
    group.command("events")(events)
    for table in TABLES:
        group.command(table.title, help=table.help)(_command_for(table))
    app.add_typer(group, name="export")


def events(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None, out: OutOption = None) -> None:
    """Write the journal as JSON Lines, one event a line, as `moaref replay` reads it; refused events too."""
    from engine.events.codec import iso_time

    with open_store(config, store) as connection, _output(out, "utf-8") as file:
        for row in connection.execute("SELECT at, content FROM journal ORDER BY seq"):
            file.write(json.dumps({"at": iso_time(row["at"]), **json.loads(row["content"])}, ensure_ascii=False) + "\n")


def _command_for(table: ExportTable) -> Callable[..., None]:
    def command(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None, out: OutOption = None) -> None:
        # A byte order mark tells spreadsheets the file's encoding; a pipe gets none.
        with open_store(config, store) as connection, _output(out, "utf-8-sig") as file:
            write(table, connection, _currency(connection), file)

    return command


def _currency(connection: "Connection") -> "Currency":
    from engine.money import Currency
    from engine.programme.history import edition_in_force

    edition = edition_in_force(connection)
    if edition is None:
        raise CommandError("the store holds no programme yet", status=UNREADABLE)
    return Currency.of(edition.tables["program"]["currency"])


@contextmanager
def _output(out: Path | None, encoding: str) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    try:
        with out.open("w", encoding=encoding, newline="") as file:
            yield file
    except OSError as error:
        raise CommandError(f"{out}: {error.strerror}", status=UNREADABLE) from None
