"""`moaref shop`: polls connected shops for changes missed by their webhooks, and lists problems."""

import asyncio
import sys
from typing import TYPE_CHECKING, Annotated, Any

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
from bot.cli.shop_problems import problems
from engine.errors import MoarefError
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from bot.config import Config
    from bot.shops.reconcile import Tally

NameArgument = Annotated[
    str | None,
    typer.Argument(metavar="NAME", help="The shop's name in the configuration; without it every connected shop."),
]
SinceOption = Annotated[
    str | None,
    typer.Option(metavar="TIME", help="Ask for what has changed since then, such as 2026-03-21T00:00:00Z."),
]


def register(app: typer.Typer) -> None:
    """Adds the group of commands."""
    group = typer.Typer(help="Work with the connected shops.", no_args_is_help=True)
    group.callback()(_group)
    group.command("reconcile")(reconcile)
    group.command("problems")(problems)
    app.add_typer(group, name="shop")


def _group() -> None:
    pass


def reconcile(
    name: NameArgument = None,
    config: ConfigOption = DEFAULT_CONFIG,
    since: SinceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Poll shops for orders changed since the last time, and record missed ones.

    The running bot does the same every hour; both may at once. A WooCommerce shop needs url, consumer_key and
    consumer_secret.
    """
    from rich.console import Console

    from bot.runtime.logging_setup import set_up_logs

    loaded = load_config(config, token_needed=False)
    names = _named(loaded, name)
    set_up_logs(level=loaded.log.level, style=loaded.log.format, secrets=loaded.secrets, stream=sys.stderr)
    begin = _moment(since)
    try:
        with Console(stderr=True).status(f"asking {', '.join(names)}"):
            tallies, unanswered = asyncio.run(_ask(loaded, names, begin))
    except MoarefError as problem:
        raise CommandError(str(problem)) from None
    except DriverError as problem:
        raise CommandError(f"{loaded.database}: {problem}", status=UNREADABLE) from None
    _tell(tallies, named=name is not None, as_json=as_json)
    if unanswered:
        raise CommandError(*unanswered)


def _named(config: "Config", name: str | None) -> list[str]:
    """Returns the shop of that name, or all that can be polled. Raises CommandError."""
    from bot.shop_kinds import needed_for_polling

    if name is None:
        names = [each for each, shop in config.shops.items() if shop.polled]
        if not names:
            raise CommandError(f"shops: none has {needed_for_polling()}")
        return names
    shop = config.shops.get(name)
    if shop is None or not shop.polled:
        problem = f"expected {needed_for_polling()}" if shop else "there is no such shop"
        raise CommandError(f"shops.{name}: {problem}")
    return [name]


def _moment(since: str | None) -> int | None:
    from engine.events.codec import BadEvent, parse_time
    from engine.timestamps import milliseconds

    try:
        return milliseconds(parse_time(since)) if since is not None else None
    except BadEvent as problem:
        raise CommandError(f"--since: {str(problem).removeprefix('at: ')}", status=UNREADABLE) from None


async def _ask(config: "Config", names: list[str], since: int | None) -> "tuple[dict[str, Tally], list[str]]":
    """Returns the result of each shop that answered, and the problems of the others."""
    from bot.assembly.shops import reconciler_of
    from bot.kit.shop_kind import ShopUnreachable
    from bot.runtime.clock import SystemClock
    from bot.store.database import Database

    clock = SystemClock()
    tallies: dict[str, Tally] = {}
    unanswered = []
    key = config.store.key.get_secret_value()
    async with Database.with_engine(config.database, clock, config.programme_tables, key=key) as (stores, engine):
        reconciler = reconciler_of(config, stores, engine, clock)
        for name in names:
            try:
                tallies[name] = await reconciler.ask(name, since)
            except ShopUnreachable as problem:
                unanswered.append(str(problem))
    return tallies, unanswered


def _as_json(tally: "Tally") -> dict[str, Any]:
    return {"looked_at": tally.looked_at, "changes": dict(tally.changes), "unreadable": tally.unreadable}


def _tell(tallies: "dict[str, Tally]", *, named: bool, as_json: bool) -> None:
    """Prints the results. A shop requested by name is printed without its name."""
    if as_json:
        found = {name: _as_json(tally) for name, tally in tallies.items()}
        for result in found.values() if named else [found]:
            print_json(result)
        return
    for name, tally in tallies.items():
        typer.echo(_said(tally) if named else f"{name}: {_said(tally)}")


def _said(tally: "Tally") -> str:
    changes = tally.changes
    as_they_were = changes["nothing"] + changes["older"]
    return (
        f"{tally.looked_at} orders looked at: {changes['recorded']} recorded, {changes['refunded']} refunded,"
        f" {as_they_were} as they were, {changes['refused']} for an admin to look at, {tally.unreadable} unreadable"
    )
