"""`moaref shop`: asks a connected shop for what its webhooks did not bring."""

import asyncio
import sqlite3
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.frame import (
    DEFAULT_CONFIG,
    UNREADABLE,
    CommandError,
    ConfigOption,
    JsonOption,
    load_config,
    print_json,
)
from engine.errors import MoarefError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.shops.reconcile import Tally

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The shop's name in the configuration.")]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Ask for what has changed since then, such as 2026-03-21T00:00:00Z."),
]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Work with the shops that are connected.", no_args_is_help=True)
    group.callback()(_group)
    group.command("reconcile")(reconcile)
    app.add_typer(group, name="shop")


def _group() -> None:
    pass


def reconcile(
    name: NameArgument,
    config: ConfigOption = DEFAULT_CONFIG,
    since: SinceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ask a WooCommerce shop for the orders that have changed since the last time, and record what was missed.

    The running bot does the same every hour; both may at once. The shop needs url, consumer_key and consumer_secret.
    """
    from rich.console import Console

    from bot.logs import set_up_logs

    loaded = load_config(config, token_needed=False)
    shop = loaded.shops.get(name)
    if shop is None or not shop.polled:
        problem = "expected url, consumer_key and consumer_secret" if shop else "there is no such shop"
        raise CommandError(f"shops.{name}: {problem}")
    set_up_logs(level=loaded.log.level, style=loaded.log.format, secrets=loaded.secrets, stream=sys.stderr)
    begin = _moment(since)
    try:
        with Console(stderr=True).status(f"asking {name}"):
            tally = asyncio.run(_ask(loaded, name, begin))
    except MoarefError as problem:
        raise CommandError(str(problem)) from None
    except sqlite3.Error as problem:
        raise CommandError(f"{loaded.database}: {problem}", status=UNREADABLE) from None
    _tell(tally, as_json)


def _moment(since: str | None) -> int | None:
    from engine.event_json import BadEvent, milliseconds, parse_time

    try:
        return milliseconds(parse_time(since)) if since is not None else None
    except BadEvent as problem:
        raise CommandError(f"--since: {str(problem).removeprefix('at: ')}", status=UNREADABLE) from None


async def _ask(config: "Config", name: str, since: int | None) -> "Tally":
    from bot.assembly.shops import reconciler_of
    from bot.clock import SystemClock
    from bot.stores import Stores

    clock = SystemClock()
    async with Stores.with_engine(config.database, clock, config.programme_tables) as (stores, engine):
        return await reconciler_of(config, stores, engine, clock).ask(name, since)


def _tell(tally: "Tally", as_json: bool) -> None:
    if as_json:
        print_json({"looked_at": tally.looked_at, "changes": dict(tally.changes), "unreadable": tally.unreadable})
        return
    changes = tally.changes
    as_they_were = changes["nothing"] + changes["older"]
    typer.echo(
        f"{tally.looked_at} orders looked at: {changes['recorded']} recorded, {changes['refunded']} refunded,"
        f" {as_they_were} as they were, {changes['refused']} for an admin to look at, {tally.unreadable} unreadable"
    )
