"""`moaref verify`: proves the books."""

from dataclasses import asdict

import typer

from bot.cli.frame import DEFAULT_CONFIG, WRONG, ConfigOption, JsonOption, print_json
from bot.cli.store import StoreOption, open_store


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(verify)


def verify(config: ConfigOption = DEFAULT_CONFIG, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Replay the journal and prove that members, their network, commissions, transfers and balances follow from it.

    Exit status 0 when they do, 1 with a line for each thing that does not.
    """
    from engine.verify import verify as prove

    with open_store(config, store) as connection:
        verdict = prove(connection)
    if as_json:
        print_json({"holds": verdict.holds, **asdict(verdict)})
    else:
        for problem in verdict.problems:
            typer.echo(problem)
        said = "the books are right" if verdict.holds else "the books are NOT right"
        typer.echo(
            f"{said}: {verdict.events} events, {verdict.transfers} transfers, {verdict.members} members replayed"
        )
    if not verdict.holds:
        raise typer.Exit(WRONG)
