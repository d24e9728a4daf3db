"""`moaref replay`: a history through a fresh engine."""

import sqlite3
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.frame import UNREADABLE, CommandError, print_json
from bot.cli.store import path_of

if TYPE_CHECKING:
    from engine.replay import Replayable


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(replay)


def replay(
    program: Annotated[Path, typer.Argument(metavar="PROGRAM.toml", help="The programme file.")],
    events: Annotated[Path, typer.Argument(metavar="EVENTS.jsonl", help="The history, one event a line.")],
    store: Annotated[
        str, typer.Option("--store", metavar="STORE", help="memory, or sqlite:///FILE for a new file.")
    ] = "memory",
) -> None:
    """Run a history through a fresh engine and print what it comes to as one JSON object.

    Exit status 2 for a programme file that is refused, or a line that is no event.
    """
    tables = _tables(program)
    if store == "memory":
        from engine.programme import Programme
        from engine.store.memory import MemoryStore

        print_json(_run(MemoryStore(Programme.from_tables(tables)), events))
    else:
        print_json(_run_in_file(path_of(store), tables, events))


def _tables(program: Path) -> dict[str, Any]:
    from engine.programme import PROGRAMME_TABLES, Programme, ProgrammeError

    try:
        tables = tomllib.loads(program.read_text(encoding="utf-8"))
        own = {name: tables[name] for name in PROGRAMME_TABLES if name in tables}
        Programme.from_tables(own)
    except OSError as error:
        raise CommandError(f"{program}: {error.strerror}", status=UNREADABLE) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CommandError(f"{program}: {error}", status=UNREADABLE) from None
    except ProgrammeError as error:
        raise CommandError(*(f"{program}: {problem}" for problem in error.problems), status=UNREADABLE) from None
    return own


def _run(store: "Replayable", events: Path) -> dict[str, Any]:
    from engine.replay import BadHistory, result, run_history

    try:
        with events.open(encoding="utf-8") as lines:
            refused = run_history(lines, store)
    except OSError as error:
        raise CommandError(f"{events}: {error.strerror}", status=UNREADABLE) from None
    except UnicodeDecodeError as error:
        raise CommandError(f"{events}: {error}", status=UNREADABLE) from None
    except BadHistory as error:
        raise CommandError(f"{events}:{error.line}: {error.expected}", status=UNREADABLE) from None
    return result(store, refused)


def _run_in_file(path: Path, tables: dict[str, Any], events: Path) -> dict[str, Any]:
    from engine.events import ProgrammeChanged
    from engine.store.sqlite import SqliteStore
    from engine.store.sqlite_file import connect

    if path.exists():
        raise CommandError(f"{path}: a replay needs a file that does not exist yet", status=UNREADABLE)
    try:
        connection = connect(path)
    except sqlite3.Error as error:
        raise CommandError(f"{path}: {error}", status=UNREADABLE) from None
    try:
        SqliteStore.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        store = SqliteStore(connection)
        store.take(ProgrammeChanged(tables), 0)
        outcome = _run(store, events)
        connection.execute("COMMIT")
    finally:
        connection.close()
    return outcome
