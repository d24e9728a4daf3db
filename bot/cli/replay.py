"""`moaref replay`: replays a history through a fresh engine."""

import tempfile
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.frame import UNREADABLE, WRONG, BadFile, CommandError, print_json
from bot.cli.store import path_of
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from bot.cli.traces import Explainable

ExplainOption = Annotated[
    str | None,
    typer.Option("--explain", metavar="SOURCE", help="Explain a source's commissions, e.g. order:17."),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(replay)


def replay(
    program: Annotated[Path, typer.Argument(metavar="PROGRAM.toml", help="The programme file.")],
    events: Annotated[Path, typer.Argument(metavar="EVENTS.jsonl", help="The history, one event a line.")],
    store: Annotated[
        str, typer.Option("--store", metavar="STORE", help="memory, or sqlite:///FILE for a new file.")
    ] = "memory",
    explain: ExplainOption = None,
) -> None:
    """Run a history through a fresh engine and print the result as one JSON object.

    With --explain, print instead how the commissions of one source were computed: order:ID, join:MEMBER, rank:ID or
    period:DATE. Exit status 2 for a programme file that is refused, or a line that is not an event; 1 for a source that
    is not in the history.
    """
    tables = _tables(program)
    with _in_memory(tables) if store == "memory" else _in_file(path_of(store), tables) as fresh:
        answer = _answer(fresh, _run(fresh, events), explain)
    if isinstance(answer, dict):
        print_json(answer)
    elif answer:
        typer.echo("\n".join(answer))
    else:
        raise CommandError(f"{explain}: nothing in this history has this source", status=WRONG)


def _answer(store: "Explainable", refused: list[dict[str, Any]], explain: str | None) -> dict[str, Any] | list[str]:
    """Returns the result, or the lines that explain a source; none for an unknown source."""
    if explain is None:
        from engine.replay import result

        return result(store, refused)
    from bot.cli.traces import explained

    return explained(store, explain)


def _tables(program: Path) -> dict[str, Any]:
    """Returns the file's programme tables. Raises BadFile for anything else."""
    from bot.config import ConfigError, programme_of
    from engine.programme.model import Programme, ProgrammeError

    try:
        own = programme_of(tomllib.loads(program.read_text(encoding="utf-8-sig")))
        Programme.from_tables(own)
    except OSError as error:
        raise BadFile(f"{program}: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadFile(f"{program}: {error}") from None
    except (ConfigError, ProgrammeError) as error:
        raise BadFile(*(f"{program}: {problem}" for problem in error.problems)) from None
    return own


def _run(store: "Explainable", events: Path) -> list[dict[str, Any]]:
    """Replays the events and returns the refused ones. Raises BadFile for a history that cannot be read."""
    from bot.cli.progress import watched
    from engine.replay import BadHistory, run_history

    try:
        with events.open("rb") as file, watched(file, "replaying") as lines:
            return run_history(lines, store)
    except OSError as error:
        raise BadFile(f"{events}: {error.strerror}") from None
    except BadHistory as error:
        raise BadFile(f"{events}:{error.line}: {error.expected}") from None


@contextmanager
def _in_memory(tables: dict[str, Any]) -> Iterator["Explainable"]:
    from engine.programme.model import Programme
    from engine.store.memory import MemoryStore

    yield MemoryStore(Programme.from_tables(tables))


@contextmanager
def _in_file(path: Path, tables: dict[str, Any]) -> Iterator["Explainable"]:
    """Yields a store in a new file, which is renamed into place when complete; an aborted run leaves none."""
    if path.exists():
        raise CommandError(f"{path}: a replay needs a file that does not exist yet", status=UNREADABLE)
    try:
        with tempfile.TemporaryDirectory(prefix=".replay-", dir=path.parent) as folder:
            unfinished = Path(folder) / path.name
            with _transaction(unfinished, tables) as store:
                yield store
            unfinished.rename(path)
    except (DriverError, OSError) as error:
        raise CommandError(f"{path}: {error}", status=UNREADABLE) from None


@contextmanager
def _transaction(path: Path, tables: dict[str, Any]) -> Iterator["Explainable"]:
    from engine.events.model import ProgrammeChanged
    from engine.store.connection import connect
    from engine.store.sqlite import SqliteStore

    connection = connect(path)
    try:
        SqliteStore.prepare(connection)
        connection.execute("BEGIN IMMEDIATE")
        store = SqliteStore(connection)
        store.take(ProgrammeChanged(tables), 0)
        yield store
        connection.execute("COMMIT")
    finally:
        connection.close()
