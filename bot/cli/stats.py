"""`moaref stats`: prints the programme's figures today, this week, this month or last, beside a running bot."""

import asyncio
from dataclasses import asdict
from pathlib import Path
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
from engine.spans import SPANS, Span
from engine.store.driver import DriverError

if TYPE_CHECKING:
    from engine.queries.figures import Figures

TOP = 10
SpanArgument = Annotated[Span, typer.Argument(metavar="[SPAN]", help=f"One of {', '.join(SPANS)}.")]


def register(app: typer.Typer) -> None:
    """Adds the command."""
    app.command()(stats)


def stats(span: SpanArgument = "today", config: ConfigOption = DEFAULT_CONFIG, as_json: JsonOption = False) -> None:
    """Print who came, what was sold and what it cost, in minor units, and what waits now.

    Days, weeks and months are the programme's own. What was refunded, taken back or rejected since is of the orders and
    commissions of the span.
    """
    found = asyncio.run(_found(span, config))
    if as_json:
        print_json(found)
        return
    for line in _lines(found):
        typer.echo(line)


async def _found(span: Span, config: Path) -> dict[str, Any]:
    """Returns the figures as JSON, with times as ISO 8601. Raises CommandError."""
    from bot.referrals.figures import FiguresBook
    from bot.runtime.clock import SystemClock
    from bot.store.database import Database
    from engine.errors import StoreError
    from engine.queries.figures import bounds

    loaded, clock = load_config(config, token_needed=False), SystemClock()
    if not loaded.database.exists():
        raise CommandError(f"{loaded.database}: there is no store yet; `moaref run` makes it", status=UNREADABLE)
    try:
        async with Database.with_engine(loaded.database, clock) as (stores, engine):
            queries = FiguresBook(stores.figures)
            since, until = bounds(engine.programme.program, span, clock.now())
            return {
                "span": span,
                "currency": engine.programme.program.currency,
                **_sums(await queries.figures(since, until)),
                "top": [asdict(each) for each in await queries.top_members(since, until, TOP)],
                "shops": [asdict(each) for each in await queries.sales_by_shop(since, until, frozenset(loaded.shops))],
                "tags": [asdict(each) for each in await queries.sales_by_tag(since, until, TOP)],
                "waiting": {name: count for name, count in asdict(await engine.queue()).items() if name != "oldest"},
            }
    except (DriverError, StoreError) as error:
        raise CommandError(f"{loaded.database}: {error}", status=UNREADABLE) from None


def _sums(figures: "Figures") -> dict[str, Any]:
    from engine.events.codec import iso_time

    share = figures.cost_share
    times = {"since": iso_time(figures.since), "until": iso_time(figures.until)}
    return {**asdict(figures), **times, "cost_percent": None if share is None else str(share)}


def _lines(found: dict[str, Any]) -> list[str]:
    return (
        [f"{name}: {value}" for name, value in found.items() if not isinstance(value, list | dict)]
        + [
            f"{name}: {'  '.join(f'{key} {value}' for key, value in row.items())}"
            for name in ("top", "shops", "tags")
            for row in found[name]
        ]
        + [f"waiting: {'  '.join(f'{key} {value}' for key, value in found['waiting'].items())}"]
    )
