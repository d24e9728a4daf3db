"""`moaref verify`: verifies the ledger."""

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import DEFAULT_CONFIG, WRONG, CommandError, ConfigOption, JsonOption, load_config, print_json
from bot.cli.store import StoreOption, open_store
from engine.store.driver import Connection

if TYPE_CHECKING:
    from collections.abc import Callable

    from engine.vault import Vault
    from engine.verify.ledger import Verdict

SealOption = Annotated[
    bool,
    typer.Option(
        "--seal",
        help="Sign identities, destinations and notes anew with store.key, as they are now, and then verify: only"
        " after store.key was lost, or when you have mended such a row by hand and are sure that it is right.",
    ),
]


FastOption = Annotated[
    bool,
    typer.Option("--fast", help="At full speed: a running bot on the same machine may answer more slowly meanwhile."),
]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(verify)


def verify(
    config: ConfigOption = DEFAULT_CONFIG,
    store: StoreOption = None,
    as_json: JsonOption = False,
    seal: SealOption = False,
    fast: FastOption = False,
) -> None:
    """Replay the journal, and verify that every row follows from it and that the file is intact.

    It always proves everything, at a low priority and with pauses, and leaves no file beside the store.

    With the configuration's store.key, signatures are checked and each destination is decrypted. Exit status 0 when
    everything is consistent, 1 with a line for each problem.
    """
    from engine.verify.ledger import verify as prove

    vault = _vault(config, needed=seal or store is None)
    with open_store(config, store) as connection:
        if seal:
            _seal(connection, vault)
        verdict = prove(connection, vault, _pace(connection, fast=fast))
    if as_json:
        print_json({"holds": verdict.holds, **asdict(verdict)})
    else:
        _tell(verdict, vault)
    if not verdict.holds:
        raise typer.Exit(WRONG)


def _pace(connection: Connection, *, fast: bool) -> "Callable[[], None]":
    """Returns what rests between slices of work, also while SQLite is at work on the connection."""
    from engine.verify.pace import INSTRUCTIONS, Pace, at_full_speed, give_way

    if fast:
        return at_full_speed
    give_way()
    pace = Pace()
    connection.set_progress_handler(pace, INSTRUCTIONS)
    return pace


def _tell(verdict: "Verdict", vault: "Vault | None") -> None:
    for problem in verdict.problems:
        typer.echo(problem)
    said = "the books are right" if verdict.holds else "the books are NOT right"
    typer.echo(f"{said}: {verdict.events} events, {verdict.transfers} transfers, {verdict.members} members replayed")
    if vault is None:
        typer.echo("without store.key: signatures were not checked and destinations not opened", err=True)


def _vault(config: Path, *, needed: bool) -> "Vault | None":
    """Returns the vault with the configuration's key; a store named by its address may have no configuration."""
    from engine.vault import Vault

    try:
        key = load_config(config, token_needed=False).store.key.get_secret_value()
    except CommandError:
        if needed:
            raise
        key = ""
    return Vault([key]) if key else None


def _seal(connection: Connection, vault: "Vault | None") -> None:
    from engine.store.sealing import seal_again

    if vault is None:
        raise CommandError("store.key: expected the key to seal with")
    connection.execute("BEGIN IMMEDIATE")
    try:
        seal_again(connection, vault)
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
