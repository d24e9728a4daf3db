"""`moaref programme`: shows the programme in force and its history, and changes it while the bot runs."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.actor import shell_actor
from bot.cli.frame import (
    DEFAULT_CONFIG,
    UNREADABLE,
    CommandError,
    ConfigOption,
    JsonOption,
    load_config,
    print_json,
)
from bot.cli.store import StoreOption, open_store
from engine.store.driver import Connection

if TYPE_CHECKING:
    from engine.errors import Refusal
    from engine.programme.diff import Change
    from engine.programme.history import Edition

YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask for confirmation.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Try it, report the result, and change nothing.")]

# Reasons of refused keys, in the file's terms.
_REASONS = {
    "program.currency": "the currency cannot change, as every balance is kept in it",
    "plan.kind": "another kind of plan needs another network than the existing one",
    "plan.width": "members are placed already, so the number of places under a member cannot change",
    "plan.pairs": "members are placed already, so the number of places under a member cannot change",
    "ranks": "a removed rank is still held by a member",
}


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Show the programme in force, or change it while the bot runs.", no_args_is_help=True)
    group.command("show")(show)
    group.command("history")(history)
    group.command("apply")(apply)
    app.add_typer(group, name="programme")


def show(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Print the programme in force, as TOML or as JSON."""
    from bot.cli.toml_text import toml_of
    from engine.events.codec import iso_time

    with open_store(config, store) as connection:
        edition = _in_force(connection)
    if as_json:
        print_json(edition.tables)
    else:
        typer.echo(f"# In force since {iso_time(edition.at)} (row {edition.seq} of the journal).\n")
        typer.echo(toml_of(edition.tables), nl=False)


def history(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Print when the programme was changed and each change, including refused ones."""
    from engine.events.codec import iso_time
    from engine.programme.history import editions

    with open_store(config, store) as connection:
        found = list(editions(connection))
    if as_json:
        print_json([_plain(edition) for edition in found])
        return
    for number, edition in enumerate(found):
        said = f"refused ({edition.refusal})" if edition.refusal else "applied" if number else "the first programme"
        typer.echo(f"{iso_time(edition.at)}  {said}")
        _print_changes(edition.changes)


def apply(
    config: ConfigOption = DEFAULT_CONFIG,
    store: StoreOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
) -> None:
    """Put a changed programme file in force from now on; the bot may run meanwhile.

    Shows the changes, key by key, and asks. Exit status 1 when the existing network does not allow them or you say no,
    2 for a file that is not a programme.
    """
    from engine.programme.proposal import propose

    tables = _tables_of(config)
    with open_store(config, store) as connection:
        before = _in_force(connection)
        proposal = propose(before.tables, tables)
        if not proposal.changes:
            typer.echo("this programme is in force already; there is nothing to change")
            return
        _print_changes(proposal.changes)
        for caution in proposal.warnings:
            typer.echo(f"warning: {caution}", err=True)
        if not (yes or dry_run) and not typer.confirm("Put this in force now?", err=True):
            raise CommandError("nothing was changed")
        refusal = _submit(connection, tables, before.seq, keep=not dry_run)
    if refusal is not None:
        raise CommandError(_reason(refusal))
    typer.echo("it could be put in force; nothing was changed" if dry_run else "it is in force from now on")


def _tables_of(config: Path) -> dict[str, Any]:
    """Returns the programme of a configuration, or of a file with nothing else. Raises CommandError, status 2."""
    try:
        return dict(load_config(config, token_needed=False).programme_tables)
    except CommandError as error:
        raise CommandError(*error.lines, status=UNREADABLE) from None


def _in_force(connection: Connection) -> "Edition":
    from engine.programme.history import edition_in_force

    edition = edition_in_force(connection)
    if edition is None:
        raise CommandError("the store holds no programme yet; `moaref run` takes the first one", status=UNREADABLE)
    return edition


def _submit(connection: Connection, tables: dict[str, Any], seen: int, *, keep: bool) -> "Refusal | None":
    """Submits the programme to the engine in one transaction, which is rolled back unless `keep` is set.

    `seen` is the journal row of the programme that the changes were shown against. Raises CommandError when another one
    has come into force meanwhile.
    """
    from bot.cli.clock import believed_now
    from engine.events.model import ProgrammeChanged
    from engine.store.sqlite import SqliteStore
    from engine.submission import Submission

    with _transaction(connection, keep=keep):
        if _in_force(connection).seq != seen:
            raise CommandError("the programme was changed meanwhile; look at the changes again")
        submission = Submission(ProgrammeChanged(tables), actor=shell_actor())
        return SqliteStore(connection).submit(submission, believed_now(connection)).refusal


@contextmanager
def _transaction(connection: Connection, *, keep: bool) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT" if keep else "ROLLBACK")


def _reason(refusal: "Refusal") -> str:
    key = getattr(refusal, "key", None)
    return f"{key}: {_REASONS.get(key, 'the existing network does not allow this change')}" if key else str(refusal)


def _print_changes(changes: Sequence["Change"]) -> None:
    for change in changes:
        typer.echo(f"  {change.key}: {_told(change.before)} -> {_told(change.after)}")


def _told(value: Any) -> str:
    from bot.cli.toml_text import value_of

    return "(none)" if value is None else value_of(value)


def _plain(edition: "Edition") -> dict[str, Any]:
    from engine.events.codec import iso_time

    return {
        "row": edition.seq,
        "at": iso_time(edition.at),
        "refused": edition.refusal,
        "changes": [{"key": change.key, "before": change.before, "after": change.after} for change in edition.changes],
        "tables": edition.tables,
    }
